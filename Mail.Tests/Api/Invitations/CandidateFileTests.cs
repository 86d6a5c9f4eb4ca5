using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Invitations;

/// <summary>Candidates out of and into CSV files as people have them (JOB-5).</summary>
public sealed class CandidateFileTests(PostgresFixture postgres)
{
    private const string Accents = "application_id;email;nom\nA-1;rené@example.com;\"René, \"\"le\"\" Grand\nà Genève\"\n";

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("windows-1252", false)]
    public async Task A_file_is_read_in_the_encoding_in_which_it_was_written(string name, bool hasMark)
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync();
        Encoding encoding = name switch
        {
            "utf-8" => new UTF8Encoding(hasMark),
            "utf-16" => new UnicodeEncoding(bigEndian: false, hasMark),
            "utf-16BE" => new UnicodeEncoding(bigEndian: true, hasMark),
            _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        };

        JsonElement report = await BulkInviteTests.ImportAsync(scene.Client, campaign, Accents.Replace("rené@", "rene@", StringComparison.Ordinal).Replace("\nà", " à", StringComparison.Ordinal), encoding: encoding);

        Assert.Equal((1, 1, 0), (report.GetProperty("rows").GetInt32(), report.GetProperty("added").GetInt32(), report.GetProperty("refused").GetInt32()));
        Assert.Equal("René, \"le\" Grand à Genève", await scene.ScalarAsync<string>("SELECT name FROM candidates"));
    }

    [Fact]
    public async Task Wrong_rows_are_told_with_row_and_column_and_the_others_are_taken()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync(), other = await scene.CampaignAsync();
        await BulkInviteTests.ImportAsync(scene.Client, other, "application_id,email\nX-1,x@example.com\n");
        const string File = "application_id,email,name,locale,time_zone\nA-1,a@example.com,\"two\nlines\",fr,Europe/Paris\nA-2,nobody,,,\n,b@example.com,,,\nA-4,d@example.com,,!!,\nA-5,e@example.com,,,Mars/Base\nA-6,f@example.com,F,fr,\nA-6,g@example.com,,,\nX-1,x@example.com,,,\nA-9,,,,\nA-10,h@example.com,\"open,,\n";

        JsonElement dry = await BulkInviteTests.ImportAsync(scene.Client, campaign, File, query: "?dry_run=true");
        Assert.Equal(1, await scene.Api.CountAsync("candidates"));
        JsonElement report = await BulkInviteTests.ImportAsync(scene.Client, campaign, File);

        Assert.Equal(["2:name", "3:email", "4:application_id", "5:locale", "6:time_zone", "8:application_id", "9:application_id", "10:email", "11:"],
            report.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("row").GetInt32()}:{error.GetProperty("column").GetString()}"));
        Assert.Equal((10, 1, 9), (report.GetProperty("rows").GetInt32(), report.GetProperty("added").GetInt32(), report.GetProperty("refused").GetInt32()));
        Assert.Equal(dry.GetProperty("errors").GetRawText(), report.GetProperty("errors").GetRawText());
        Assert.True(dry.GetProperty("dry_run").GetBoolean());
        Assert.Equal(2, await scene.Api.CountAsync("candidates"));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_another_one_what_it_says()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync();
        string file = BulkInviteTests.Many(50);
        Assert.Equal(50, (await BulkInviteTests.ImportAsync(scene.Client, campaign, file)).GetProperty("added").GetInt32());

        JsonElement again = await BulkInviteTests.ImportAsync(scene.Client, campaign, file), changed = await BulkInviteTests.ImportAsync(scene.Client, campaign, file.Replace("candidate7@", "new7@", StringComparison.Ordinal));

        Assert.Equal((0, 0, 50), (again.GetProperty("added").GetInt32(), again.GetProperty("changed").GetInt32(), again.GetProperty("unchanged").GetInt32()));
        Assert.Equal((0, 1, 49), (changed.GetProperty("added").GetInt32(), changed.GetProperty("changed").GetInt32(), changed.GetProperty("unchanged").GetInt32()));
        Assert.Equal((50, 51), (await scene.Api.CountAsync("candidates"), await scene.Api.CountAsync("candidate_events")));
    }

    [Fact]
    public async Task More_than_ten_thousand_rows_no_names_of_columns_and_what_is_no_text_are_refused_as_a_whole()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync();

        foreach ((string file, string says) in ((string, string)[])[(BulkInviteTests.Many(10_001), "10000"), ("a@example.com,A-1\n", "application_id"), ("", "empty"), ("application_id,email\nA\0,b@example.com\n", "NUL")])
            Assert.Contains(says, (await BulkInviteTests.ImportAsync(scene.Client, campaign, file, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);

        Assert.Equal(0, await scene.Api.CountAsync("candidates"));
        Assert.Equal(10_000, (await BulkInviteTests.ImportAsync(scene.Client, campaign, BulkInviteTests.Many(10_000))).GetProperty("added").GetInt32());
    }

    [Fact]
    public async Task An_export_has_no_formulas_and_comes_back_as_it_was()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync();
        await BulkInviteTests.ImportAsync(scene.Client, campaign, "application_id,email,name\n=1+1,a@example.com,\"=HYPERLINK(\"\"https://evil.example\"\")\"\n@x,b@example.com,+41 22\n-3,c@example.com,\"Grand, René\"\n");

        string export = await scene.Client.GetStringAsync(new Uri($"/campaigns/{campaign}/candidates/export", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(export.Split('\n').Skip(1).SelectMany(line => line.Split(',')), cell => cell.Trim('"') is ['=' or '+' or '-' or '@', ..]);
        JsonElement again = await BulkInviteTests.ImportAsync(scene.Client, campaign, export);
        Assert.Equal((3, 3, 0), (again.GetProperty("rows").GetInt32(), again.GetProperty("unchanged").GetInt32(), again.GetProperty("refused").GetInt32()));
    }
}

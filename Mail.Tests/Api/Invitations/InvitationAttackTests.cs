using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Tests.Support;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Mail.Tests.Api.Invitations;

/// <summary>Invitations in the hands of people who mean harm, and of programs that do it by accident.</summary>
public sealed class InvitationAttackTests(PostgresFixture postgres)
{
    /// <summary>JOB-5: an import, or anything else, holds a candidate while all are invited.</summary>
    [Fact]
    public async Task A_run_waits_for_a_candidate_whom_somebody_holds_and_ends_when_all_are_invited()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync();
        await BulkInviteTests.ImportAsync(scene.Client, campaign, BulkInviteTests.Many(3));
        await scene.Client.PostAsync($"/campaigns/{campaign}/invite", "", HttpStatusCode.Accepted);
        using IHost worker = Mail.Api.Workers.WorkerInApi.Build(scene.Api.Services);
        await using (NpgsqlConnection holder = await scene.Api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using NpgsqlTransaction held = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using NpgsqlCommand hold = new("SELECT 1 FROM candidates WHERE application_id = 'A-1' FOR NO KEY UPDATE", holder);
            await hold.ExecuteScalarAsync(TestContext.Current.CancellationToken);
            await worker.StartAsync(TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(async () => await scene.Api.CountAsync("candidates WHERE sends = 1") == 2);
            await Task.Delay(1500, TestContext.Current.CancellationToken); // another look finds them held
        }

        await BulkInviteTests.FinishedAsync(scene, campaign);
        await worker.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal((3, 3), (await scene.Api.CountAsync("candidates WHERE sends = 1"), await scene.Api.CountAsync("messages")));
        Assert.Equal(3, (await scene.Client.GetAsync($"/campaigns/{campaign}/invite", HttpStatusCode.OK)).GetProperty("accepted").GetInt32());
    }

    /// <summary>JOB-3: the candidate is led there by a header, which holds ASCII alone.</summary>
    [Theory]
    [InlineData("https://bücher.example/entretien/été?poste=développeur#début", "https://xn--bcher-kva.example")]
    [InlineData("https://例え.jp", "https://xn--r8jz45g.jp")]
    [InlineData("https://[2001:db8::1]:8443/i", "https://[2001:db8::1]:8443")]
    [InlineData("https://JOBS.example.com:443/", "https://jobs.example.com")]
    public async Task A_target_in_any_alphabet_leads_there_with_a_ticket_for_its_origin(string target, string origin)
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        JsonElement link = await scene.Client.PostAsync("/interviews/campaign-links/", $$"""{"application_id":"A-1","candidate_email":"a@example.com","title":"T","target_url":"{{target}}"}""", HttpStatusCode.Created);
        JsonElement again = await scene.Client.PostAsync("/interviews/campaign-links/", $$"""{"application_id":"A-1","title":"T","target_url":"{{target}}"}""", HttpStatusCode.OK);

        (HttpStatusCode shown, _, _) = await scene.OpenAsync(link.GetProperty("start_url").GetString()!);
        (HttpStatusCode status, _, Uri? location) = await scene.OpenAsync(link.GetProperty("start_url").GetString()!, press: true);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (shown, status));
        Assert.StartsWith(origin + "/", location!.OriginalString, StringComparison.Ordinal);
        Assert.True(location.OriginalString.All(char.IsAscii), location.OriginalString);
        string claims = location.Query.Split("ticket=")[1].Split('.')[1];
        Assert.Equal(origin, JsonElement.Parse(Convert.FromBase64String(claims.Replace('-', '+').Replace('_', '/').PadRight((claims.Length + 3) / 4 * 4, '='))).GetProperty("aud").GetString());
        Assert.False(again.GetProperty("created").GetBoolean());
    }

    /// <summary>JOB-3: what browsers and scanners do before a person looks.</summary>
    [Fact]
    public async Task Scanners_that_look_prefetch_or_post_what_is_no_form_start_nothing_or_no_more_than_the_button_does()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        JsonElement link = await scene.LinkAsync("A-1");
        string path = new Uri(link.GetProperty("start_url").GetString()!).AbsolutePath;
        foreach ((HttpMethod method, string header) in ((HttpMethod, string)[])[(HttpMethod.Get, "prefetch"), (HttpMethod.Head, "prefetch"), (HttpMethod.Get, "prefetch;prerender"), (HttpMethod.Options, ""), (HttpMethod.Put, ""), (HttpMethod.Delete, "")])
        {
            using HttpRequestMessage request = new(method, path);
            if (header.Length > 0) request.Headers.TryAddWithoutValidation("Sec-Purpose", header);
            using HttpResponseMessage response = await scene.Candidate.SendAsync(request);
            Assert.True((int)response.StatusCode is 200 or 405, $"{method}: {response.StatusCode}");
            if (response.StatusCode is HttpStatusCode.OK) Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        }

        Assert.Equal("created", await scene.StateAsync(link.GetProperty("id").GetString()!));
    }

    /// <summary>What is typed by others stands in pages, mails, headers and files as text.</summary>
    [Fact]
    public async Task Script_and_line_breaks_in_titles_and_names_stay_text_in_page_mail_and_header()
    {
        const string Evil = "<script>alert(1)</script>\\\"><img src=x onerror=alert(1)> {{7*7}} ${7*7}";
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres);
        string campaign = (await scene.Client.PostAsync("/campaigns", $$"""{"title":"{{Evil}}","company":"{{Evil}}","message":"{{Evil}}","target_url":"https://jobs.example.com/'onload=alert(1)//;script-src *"}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;
        await scene.Client.PostAsync($"/campaigns/{campaign}/candidates", $$"""{"application_id":"{{Evil}}","email":"camille@example.com","name":"{{Evil}}"}""", HttpStatusCode.Created);
        JsonElement link = await scene.Client.PostAsync("/interviews/campaign-links/", $$"""{"application_id":"{{Evil}}"}""", HttpStatusCode.Created);
        await scene.SendAsync(link.GetProperty("id").GetString()!);

        (_, string page, _) = await scene.OpenAsync(link.GetProperty("start_url").GetString()!);
        (_, _, Uri? location) = await scene.OpenAsync(link.GetProperty("start_url").GetString()!, press: true);
        SmtpSinkMessage mail = (await scene.Inbox.WaitForAsync(1))[0];
        JsonElement shown = Assert.Single(await scene.MailsAsync("interview-invitation"));

        foreach (string html in (string[])[page, shown.GetProperty("html").GetString()!])
        {
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        }

        Assert.Contains("{{7*7}} ${7*7}", shown.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Equal("jobs.example.com", location!.Host);
        string head = mail.Text.ReplaceLineEndings("\n").Split("\n\n")[0];
        Assert.All(head.Split('\n'), line => Assert.Matches("^([A-Za-z0-9-]+:|[ \t])", line));
    }

    /// <summary>JOB-5: what a spreadsheet would run, in every spelling that one takes for the beginning of a formula.</summary>
    [Theory]
    [InlineData("=1+1"), InlineData("+1"), InlineData("-1"), InlineData("@SUM(1)"), InlineData("\uFF1D1+1"), InlineData("\uFF0B1"), InlineData("\uFF0D1"), InlineData("\uFF201"), InlineData("'=1"), InlineData("''=1"), InlineData("'Abd")]
    public async Task A_name_that_is_a_formula_is_exported_as_text_and_comes_back_as_it_was(string name)
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync();
        await scene.Client.PostAsync($"/campaigns/{campaign}/candidates", JsonSerializer.Serialize(new { application_id = "A-1", email = "a@example.com", name }), HttpStatusCode.Created);

        string export = await scene.Client.GetStringAsync(new Uri($"/campaigns/{campaign}/candidates/export", UriKind.Relative), TestContext.Current.CancellationToken);

        string cell = export.Split('\n')[1].Split(',')[2];
        Assert.StartsWith("'", cell, StringComparison.Ordinal);
        Assert.Equal(1, (await BulkInviteTests.ImportAsync(scene.Client, campaign, export)).GetProperty("unchanged").GetInt32());
    }

    [Fact]
    public async Task A_hundred_thousand_rows_and_bytes_of_no_encoding_are_refused_in_words_and_quickly()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync();

        Assert.Contains("10000", (await BulkInviteTests.ImportAsync(scene.Client, campaign, BulkInviteTests.Many(100_000), HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
        JsonElement broken = await BulkInviteTests.ImportAsync(scene.Client, campaign, "application_id,email\nA,\"" + new string('"', 40_001) + "\nB,b@example.com\n");
        Assert.Equal((1, 1), (broken.GetProperty("added").GetInt32(), broken.GetProperty("refused").GetInt32()));
        using ByteArrayContent noise = new([.. Encoding.ASCII.GetBytes("application_id,email,name\nC,c@example.com,"), 0x81, 0x8D, 0xFF, 0xFE, (byte)'\n']);
        using HttpResponseMessage taken = await scene.Client.PostAsync(new Uri($"/campaigns/{campaign}/candidates/import", UriKind.Relative), noise);
        Assert.True((int)taken.StatusCode < 500, $"{taken.StatusCode}");
        using ByteArrayContent large = new(new byte[16 * 1024 * 1024 + 1]);
        using HttpResponseMessage tooLarge = await scene.Client.PostAsync(new Uri($"/campaigns/{campaign}/candidates/import", UriKind.Relative), large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
    }
}

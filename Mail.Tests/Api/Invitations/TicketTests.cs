using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Invitations;

/// <summary>Tickets of the start page in the hands of the guide's samples (JOB-3).</summary>
public sealed partial class TicketTests(PostgresFixture postgres)
{
    private const string Audience = "https://jobs.example.com";

    private static string Guide => File.ReadAllText(Repository.Path("docs", "guides", "invitations.md"));

    [Fact]
    public void The_guides_sample_in_CSharp_is_the_one_that_is_tested()
    {
        string file = File.ReadAllText(Repository.Path("Mail.Tests", "Api", "Invitations", "TicketVerifier.cs"));

        Assert.Equal(file[(file.IndexOf("// begin sample\n", StringComparison.Ordinal) + "// begin sample\n".Length)..file.IndexOf("// end sample", StringComparison.Ordinal)], Block("csharp"));
    }

    [Fact]
    public async Task The_sample_in_CSharp_takes_a_ticket_once_and_none_that_is_altered_late_or_for_another()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string url = (await scene.LinkAsync("A-1")).GetProperty("start_url").GetString()!, project = await ProjectAsync(scene);
        scene.Clock.Advance(-TimeSpan.FromMinutes(6));
        string late = await TicketAsync(scene, url);
        scene.Clock.Advance(TimeSpan.FromMinutes(6));
        string ticket = await TicketAsync(scene, url);
        using HttpClient mail = Routed(scene);
        TicketVerifier verifier = new(mail, InvitationScene.Home, project, Audience);

        Assert.Null(await verifier.VerifyAsync(late));
        JsonElement claims = (await verifier.VerifyAsync(ticket))!.Value;
        Assert.Equal(("A-1", 2, false), (claims.GetProperty("sub").GetString(), claims.GetProperty("start").GetInt32(), claims.GetProperty("test").GetBoolean()));
        Assert.InRange(claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64(), 300, 300);
        Assert.Null(await verifier.VerifyAsync(ticket));
        string second = await TicketAsync(scene, url);
        foreach (string forged in Altered(second)) Assert.Null(await verifier.VerifyAsync(forged));
        Assert.Null(await new TicketVerifier(mail, InvitationScene.Home, project, "https://other.example").VerifyAsync(second));
        Assert.Null(await new TicketVerifier(mail, "https://mail.other.example", project, Audience).VerifyAsync(second));
        Assert.NotNull(await verifier.VerifyAsync(second));
    }

    [Fact]
    public async Task After_a_rotation_both_keys_verify_for_a_day_and_then_the_new_one_alone()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string url = (await scene.LinkAsync("A-1")).GetProperty("start_url").GetString()!, project = await ProjectAsync(scene);
        string before = await TicketAsync(scene, url);
        await scene.Client.PostAsync("/campaigns/ticket-keys/rotate", "", HttpStatusCode.OK);
        string after = await TicketAsync(scene, url);
        using HttpClient mail = Routed(scene);

        TicketVerifier verifier = new(mail, InvitationScene.Home, project, Audience);
        Assert.NotNull(await verifier.VerifyAsync(before));
        Assert.NotNull(await verifier.VerifyAsync(after));
        scene.Clock.Advance(TimeSpan.FromHours(25));

        JsonElement keys = await scene.Candidate.GetAsync($"/interview/keys/{project}", HttpStatusCode.OK);
        Assert.Equal("ES256", Assert.Single(keys.GetProperty("keys").EnumerateArray()).GetProperty("alg").GetString());
        Assert.DoesNotContain("\"d\"", keys.GetRawText(), StringComparison.Ordinal);
        await scene.Candidate.GetAsync("/interview/keys/00000000-0000-7000-8000-000000000001", HttpStatusCode.NotFound);
        await scene.Candidate.GetAsync("/interview/keys/x", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_sample_in_JavaScript_takes_a_ticket_once_and_none_that_is_altered_or_for_another()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string url = (await scene.LinkAsync("A-1")).GetProperty("start_url").GetString()!, project = await ProjectAsync(scene);
        string[] tickets = [await TicketAsync(scene, url), await TicketAsync(scene, url)];
        JsonElement keys = await scene.Candidate.GetAsync($"/interview/keys/{project}", HttpStatusCode.OK);
        string driver = $$"""

            globalThis.fetch = async (url) => ({ json: async () => url === '{{InvitationScene.Home}}/interview/keys/{{project}}' ? {{keys.GetRawText()}} : {} });
            const ours = { issuer: '{{InvitationScene.Home}}', project: '{{project}}', audience: '{{Audience}}' };
            const [good, second, ...bad] = {{JsonSerializer.Serialize((string[])[.. tickets, .. Altered(tickets[1])])}};
            const answers = [await verifyTicket(good, ours), await verifyTicket(good, ours), await verifyTicket(second, { ...ours, audience: 'https://other.example' })];
            for (const ticket of [...bad, undefined]) answers.push(await verifyTicket(ticket, ours));
            answers.push(await verifyTicket(second, ours));
            console.log(JSON.stringify(answers.map((claims) => claims?.sub ?? null)));
            """;
        using Process node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-e", Block("js") + driver]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), error = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, error);
        string?[] answers = [.. JsonDocument.Parse(output).RootElement.EnumerateArray().Select(answer => answer.GetString())];

        Assert.Equal(("A-1", "A-1"), (answers[0], answers[^1]));
        Assert.All(answers[1..^1], Assert.Null);
        Assert.Equal(Altered(tickets[1]).Length + 5, answers.Length);
    }

    /// <summary>Another body under the same signature, none, another algorithm, another key, garbage.</summary>
    private static string[] Altered(string ticket)
    {
        string[] parts = ticket.Split('.');
        string Part(string json) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return
        [
            $"{parts[0]}.{Part("""{"sub":"A-2"}""")}.{parts[2]}", $"{parts[0]}.{parts[1]}.", $"{Part("""{"alg":"none"}""")}.{parts[1]}.", $"{Part("""{"alg":"HS256","kid":"x"}""")}.{parts[1]}.{parts[2]}",
            $"{Part("""{"alg":"ES256","kid":"x"}""")}.{parts[1]}.{parts[2]}", "a.b.c", "", $"{ticket}.x",
        ];
    }

    private static async Task<string> TicketAsync(InvitationScene scene, string url) => HttpUtility.ParseQueryString((await scene.OpenAsync(url, press: true)).Location!.Query)["ticket"]!;

    private static async Task<string> ProjectAsync(InvitationScene scene) => (await scene.ScalarAsync<Guid>("SELECT id FROM projects")).ToString();

    /// <summary>What is asked of the public address reaches the host under test.</summary>
    private static HttpClient Routed(InvitationScene scene) => new(scene.Api.Server.CreateHandler());

    private static string Block(string language) => Blocks().Matches(Guide).Single(block => block.Groups["language"].Value == language).Groups["code"].Value;

    [GeneratedRegex("```(?<language>js|csharp)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}

using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Smtp;

public sealed class SmtpSettingsTests(ApiFixture api, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task An_installation_without_submission_says_so()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement settings = await client.GetAsync("/smtp-settings", HttpStatusCode.OK);

        Assert.False(settings.GetProperty("enabled").GetBoolean());
        Assert.Equal(JsonValueKind.Null, settings.GetProperty("starttls_port").ValueKind);
    }

    /// <summary>By it the console says that it saw the first connection.</summary>
    [Fact]
    public async Task Signing_in_and_mails_by_smtp_are_logged_as_calls_of_their_key()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres);
        string id = SubmissionCase.IdIn(await mail.SendAsync("From: a@example.com\nTo: b@example.com\nSubject: S\n\nB\n", "b@example.com"));
        using HttpClient client = mail.Api.ClientWith(ApiFixture.LiveKey);

        JsonElement logs = default;
        for (int tries = 0; tries < 200 && (tries == 0 || logs.GetArrayLength() < 2); tries++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            logs = (await client.GetAsync("/logs?method=smtp", HttpStatusCode.OK)).GetProperty("data");
        }

        Assert.Equal([("MAIL", 250), ("AUTH", 235)], logs.EnumerateArray().Select(log => (log.GetProperty("path").GetString(), log.GetProperty("status").GetInt32())));
        Assert.Equal(id, logs[0].GetProperty("email_ids")[0].GetString());
        JsonElement settings = await client.GetAsync("/smtp-settings", HttpStatusCode.OK);
        Assert.Equal((true, mail.TlsPort), (settings.GetProperty("enabled").GetBoolean(), settings.GetProperty("tls_port").GetInt32()));
    }
}

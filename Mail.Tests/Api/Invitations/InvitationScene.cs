using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Tests.Api.Accounts;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Invitations;

/// <summary>API and worker in the test's process, on PostgreSQL, with an SMTP server that takes the mails and a clock that tests move.</summary>
internal sealed partial class InvitationScene : IAsyncDisposable
{
    public const string Home = "https://mail.example.org", Target = "https://jobs.example.com/interview?from=mail";

    private InvitationScene(ApiFixture api, SmtpSink inbox, MovedClock clock)
    {
        (Api, Inbox, Clock) = (api, inbox, clock);
        Client = api.ClientWith(ApiFixture.LiveKey);
        Candidate = api.CreateClient(new() { AllowAutoRedirect = false });
    }

    public ApiFixture Api { get; }

    public SmtpSink Inbox { get; }

    public MovedClock Clock { get; }

    public HttpClient Client { get; }

    /// <summary>A browser without a key.</summary>
    public HttpClient Candidate { get; }

    /// <param name="works">Whether a worker runs.</param>
    public static async Task<InvitationScene> StartAsync(PostgresFixture postgres, bool works = true, params (string Name, string Value)[] settings)
    {
        MovedClock clock = new();
        SmtpSink inbox = SmtpSink.Start();
        ApiFixture api = new(postgres) { Replace = services => services.AddSingleton<TimeProvider>(clock) };
        (string, string)[] all =
        [
            ("Delivery:InProcess", works ? "always" : "never"), ("SMTP_HOST", SmtpSink.Host), ("SMTP_PORT", $"{inbox.Port}"), ("EMAIL_FROM", "Talents <talents@example.org>"), ("BASE_URL", Home + "/"),
            ("Bus:PollInterval", "00:00:00.05"), ("Delivery:PollInterval", "00:00:00.1"), .. settings,
        ];
        foreach ((string name, string value) in all) api.Settings[name] = value;
        await api.InitializeAsync();
        return new InvitationScene(api, inbox, clock);
    }

    public async Task<string> CampaignAsync(string more = "", HttpClient? client = null) => (await (client ?? Client).PostAsync(
        "/campaigns", $$"""{"title":"Développeur .NET","company":"Helvia","target_url":"{{Target}}","locales":["fr","en"],"time_zone":"Europe/Zurich"{{more}}}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

    /// <summary>A candidate with a link, by the old path.</summary>
    public Task<JsonElement> LinkAsync(string application, string email = "camille@example.com", HttpStatusCode expected = HttpStatusCode.Created, string more = "") => Client.PostAsync(
        "/interviews/campaign-links/",
        $$"""{"application_id":"{{application}}","candidate_email":"{{email}}","candidate_name":"Camille Martin","title":"Développeur .NET","target_url":"{{Target}}","locale":"fr","time_zone":"Europe/Paris"{{more}}}""", expected);

    public Task<JsonElement> SendAsync(string id, HttpStatusCode expected = HttpStatusCode.OK) => Client.PostAsync($"/interviews/campaign-links/{id}/send_invite/", "", expected);

    public async Task<JsonElement> ShowAsync(string id) => await Client.GetAsync($"/campaigns/{await ScalarAsync<Guid>($"SELECT campaign_id FROM candidates WHERE id = '{id}'")}/candidates/{id}", HttpStatusCode.OK);

    public async Task<string> PathAsync(string id) => $"/campaigns/{await ScalarAsync<Guid>($"SELECT campaign_id FROM candidates WHERE id = '{id}'")}/candidates/{id}";

    public Task<string> StateAsync(string id) => ScalarAsync<string>($"SELECT state FROM candidates WHERE id = '{id}'");

    public Task UntilAsync(string id, string state) => Eventually.TrueAsync(async () => await StateAsync(id) == state, what: $"the state {state}");

    public async Task<string[]> TimelineAsync(string id) => [.. (await ShowAsync(id)).GetProperty("timeline").EnumerateArray().Select(one => one.GetProperty("type").GetString()!)];

    /// <summary>The start page as a browser gets it.</summary>
    public async Task<(HttpStatusCode Status, string Page, Uri? Location)> OpenAsync(string url, bool press = false)
    {
        Uri path = new(new Uri(url, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } whole ? whole.AbsolutePath : url, UriKind.Relative);
        using StringContent form = new("", Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = press ? await Candidate.PostAsync(path, form) : await Candidate.GetAsync(path);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location);
    }

    /// <summary>The mails of a template to an address, as the API shows them, in order.</summary>
    public async Task<List<JsonElement>> MailsAsync(string template, string? to = null)
    {
        List<Guid> ids = [];
#pragma warning disable CA2100 // a test's own text
        await using (NpgsqlCommand command = Api.Database.CreateCommand($"SELECT id FROM messages m WHERE content->'template'->>'id' = '{template}' {(to is null ? "" : $"AND envelope->>'to' LIKE '%{to}%'")} ORDER BY id"))
#pragma warning restore CA2100
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) ids.Add(reader.GetGuid(0));
        List<JsonElement> mails = [];
        foreach (Guid id in ids) mails.Add(await Client.GetAsync($"/emails/{id}", HttpStatusCode.OK));
        return mails;
    }

    public static string LinkIn(JsonElement mail) => StartLink().Match(mail.GetProperty("text").GetString()!).Value;

    public async Task<T> ScalarAsync<T>(string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = Api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Candidate.Dispose();
        await Api.DisposeAsync();
        await Inbox.DisposeAsync();
    }

    [GeneratedRegex("https://mail\\.example\\.org/interview/start/[A-Za-z0-9_-]+")]
    private static partial Regex StartLink();
}

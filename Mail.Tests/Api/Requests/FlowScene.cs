using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Api.Smtp;
using Mail.Core.Appointments;
using Mail.Core.Messaging;
using Mail.Core.Requests;
using Mail.Core.Webhooks;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Requests;

/// <summary>An API and a worker with its timers, by one clock that a test moves, and the server that the worker sends to. Mail comes back to it, at bounce.test.</summary>
internal sealed partial class FlowScene : IAsyncDisposable
{
    public const string Home = "https://mail.example";
    public const string ReturnDomain = "bounce.test";

    private readonly bool _hasReturnDomain;
    private TestWorker? _worker;

    private FlowScene(ApiFixture api, ManualClock clock, bool hasReturnDomain)
    {
        (Api, Clock, _hasReturnDomain, Client, Reader) = (api, clock, hasReturnDomain, api.ClientWith(ApiFixture.LiveKey), api.ClientWith(null));
        Reader.DefaultRequestHeaders.UserAgent.ParseAdd("Reader/1.0");
    }

    public ApiFixture Api { get; }

    public ManualClock Clock { get; }

    public SmtpSink Sink { get; } = SmtpSink.Start();

    public HttpClient Client { get; }

    /// <summary>Without a key.</summary>
    public HttpClient Reader { get; }

    public int ReceptionPort => Api.Services.GetRequiredService<SmtpHost>().ReceptionPort!.Value;

    /// <param name="work">Whether the worker runs from the start.</param>
    public static async Task<FlowScene> StartAsync(PostgresFixture postgres, DateTimeOffset? now = null, bool work = true, bool hasReturnDomain = true)
    {
        ManualClock clock = new(now ?? DateTimeOffset.UtcNow);
        ApiFixture api = new(postgres) { Replace = services => services.AddSingleton<TimeProvider>(clock) };
        await api.InitializeAsync();
        (api.Settings["EMAIL_FROM"], api.Settings["BASE_URL"]) = ("Mail <no-reply@example.com>", Home);
        if (hasReturnDomain) (api.Settings["Reception:Port"], api.Settings["RETURN_PATH_DOMAIN"]) = ("0", ReturnDomain);
        FlowScene scene = new(api, clock, hasReturnDomain);
        await scene.Client.PostAsync("/webhooks", """{"endpoint":"http://127.0.0.1:9/","events":["request.decided","request.expired","request.canceled","appointment.replied"]}""", HttpStatusCode.Created);
        if (work) await scene.WorkAsync();
        return scene;
    }

    public async Task WorkAsync()
    {
        Dictionary<string, string?> settings = new()
        {
            ["SMTP_HOST"] = SmtpSink.Host, ["SMTP_PORT"] = $"{Sink.Port}", ["SMTP_TLS"] = "none", ["EMAIL_FROM"] = "Mail <no-reply@example.com>", ["BASE_URL"] = Home, ["Bus:PollInterval"] = "00:00:00.05",
            ["RETURN_PATH_DOMAIN"] = _hasReturnDomain ? ReturnDomain : null,
        };
        _worker = TestWorker.Create(Api.ConnectionString, settings, services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton<WebhookPublisher>();
            services.AddRequests().AddAppointments().AddBusWorker();
        });
        await _worker.StartAsync();
    }

    public async Task StopWorkAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        _worker = null;
    }

    /// <summary>The mails that have come, when there are so many.</summary>
    public async Task<List<ParsedMessage>> MailsAsync(int count) => [.. (await Sink.WaitForAsync(count)).Select(message => ParsedMessage.Parse(message.Raw))];

    /// <summary>Everything that is due has been done, and its mails have left.</summary>
    public Task SettledAsync() => Eventually.TrueAsync(async () =>
        await Api.CountAsync($"bus_messages WHERE due_at <= '{Clock.GetUtcNow():O}'") == 0 && await Api.CountAsync("deliveries") == 0);

    /// <summary>The links of a mail's text, below the public address.</summary>
    public static List<string> LinksIn(ParsedMessage mail) => [.. Links().Matches(mail.TextBody!.ReplaceLineEndings("")).Select(link => link.Value[Home.Length..])];

    public async Task<(HttpStatusCode Status, string Page)> PageAsync(string path, string? form = null)
    {
        using HttpRequestMessage request = new(form is null ? HttpMethod.Get : HttpMethod.Post, path);
        if (form is not null) request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await Reader.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<List<JsonElement>> ToldAsync(string type)
    {
        await using NpgsqlCommand command = Api.Database.CreateCommand("SELECT payload::text FROM webhook_queue WHERE type = $1 ORDER BY seq");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = type });
        List<JsonElement> told = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) told.Add(JsonElement.Parse(reader.GetString(0)));
        return told;
    }

    public static List<string> HistoryOf(JsonElement flow) => [.. flow.GetProperty("history").EnumerateArray().Select(line => line.GetProperty("what").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        await StopWorkAsync();
        Client.Dispose();
        Reader.Dispose();
        await Api.DisposeAsync();
        await Sink.DisposeAsync();
    }

    [GeneratedRegex(@"https://mail\.example/a/[A-Za-z0-9_-]{46}(\?choice=[a-z]+)?")]
    private static partial Regex Links();
}

using System.Globalization;
using System.Text.Json;
using Mail.Api.Smtp;
using Mail.Core.Common;
using Mail.Core.Feedback;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Feedback;

/// <summary>An API with a mail exchanger for return paths at bounce.test, and messages that count as sent.</summary>
internal sealed class FeedbackCase : IAsyncDisposable
{
    public const string Domain = "bounce.test";

    private readonly ApiFixture _api;

    private FeedbackCase(ApiFixture api) => _api = api;

    public ApiFixture Api => _api;

    public HttpClient Client { get; private set; } = null!;

    public int Port => _api.Services.GetRequiredService<SmtpHost>().ReceptionPort ?? throw new InvalidOperationException("There is no reception.");

    public static async Task<FeedbackCase> StartAsync(PostgresFixture postgres, params (string Name, string Value)[] settings)
    {
        ApiFixture api = new(postgres);
        (api.Settings["Reception:Port"], api.Settings["RETURN_PATH_DOMAIN"], api.Settings["Feedback:WaitForOutcome"]) = ("0", Domain, "00:00:00");
        foreach ((string name, string value) in settings) api.Settings[name] = value;
        await api.InitializeAsync();
        return new FeedbackCase(api) { Client = api.ClientWith(ApiFixture.LiveKey) };
    }

    /// <summary>A message that a relay took for these recipients.</summary>
    /// <returns>Its id, and the return path of each.</returns>
    public async Task<(string Id, string[] ReturnPaths)> SentAsync(string[] to, string state = "sent", HttpClient? client = null)
    {
        string list = string.Join(',', to.Select(address => $"\"{address}\""));
        JsonElement sent = await (client ?? Client).PostAsync("/emails", $$"""{"from":"Shop <shop@example.com>","to":[{{list}}],"subject":"Your order","text":"Hello"}""", System.Net.HttpStatusCode.OK);
        Guid id = sent.GetProperty("id").GetGuid();
        if (state == "sent") await FinishAsync(id);
        else await ExecuteAsync($"UPDATE deliveries SET state = '{state}'{(state == "sending" ? ", lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute'" : "")} WHERE message_id = '{id}'");
        return (id.ToString(), [.. (await ReturnPathsAsync(id)).OrderBy(path => Array.IndexOf(to, path.Recipient)).Select(path => path.Path)]);
    }

    public Task FinishAsync(Guid id) => ExecuteAsync($"""
        WITH done AS (DELETE FROM deliveries WHERE message_id = '{id}' RETURNING *)
        INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, code, reply, finished_at)
        SELECT project_id, message_id, id, recipient, kind, 'sent', 1, 'default', 250, 'Ok', now() FROM done
        """);

    public async Task<List<(string Recipient, string Path)>> ReturnPathsAsync(Guid messageId)
    {
        Func<ProjectId, DeliveryId, Mail.Protocol.Mime.EmailAddress> writer = (await _api.Services.GetRequiredService<ReturnPaths>().WriterAsync(default, Mail.Protocol.Mime.EmailAddress.Parse("shop@example.com"), CancellationToken.None))!;
        await using NpgsqlCommand command = _api.Database.CreateCommand("SELECT project_id, id, recipient FROM recipients WHERE message_id = $1");
        command.Parameters.AddTyped(messageId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<(string, string)> paths = [];
        while (await reader.ReadAsync()) paths.Add((reader.GetString(2), writer(new ProjectId(reader.GetGuid(0)), new DeliveryId(reader.GetGuid(1))).Address));
        return paths;
    }

    public async Task<JsonElement> RecipientAsync(string id, string email) =>
        (await Client.GetAsync($"/emails/{id}", System.Net.HttpStatusCode.OK)).GetProperty("recipients").EnumerateArray().Single(recipient => recipient.GetProperty("email").GetString() == email);

    public async Task<string> StateAsync(string id, string email) => (await RecipientAsync(id, email)).GetProperty("state").GetString()!;

    public async Task<List<string>> EventsAsync(string id)
    {
        await using NpgsqlCommand command = _api.Database.CreateCommand("SELECT type || coalesce(' ' || detail::text, '') FROM events WHERE message_id = $1 AND type LIKE 'email.%' ORDER BY id");
        command.Parameters.AddTyped(Guid.Parse(id, CultureInfo.InvariantCulture));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> events = [];
        while (await reader.ReadAsync()) events.Add(reader.GetString(0));
        return events;
    }

    /// <summary>A mail that comes from a server, as it does: with the empty return path.</summary>
    public async Task<string> ReceiveAsync(string to, string mail)
    {
        using SmtpTalk talk = await SmtpTalk.StartAsync(Port);
        return await talk.SendAsync("", [to], mail);
    }

    /// <summary>A delivery report.</summary>
    public static string Bounce(string recipient, string action = "failed", string status = "5.1.1", string diagnostic = "smtp; 550 5.1.1 No such user", string messageId = "none@example.com") => $"""
        From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
        To: somebody@bounce.test
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="=b="

        --=b=
        Content-Type: text/plain

        See below.
        --=b=
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; {recipient}
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mail.example.org
        Diagnostic-Code: {diagnostic}

        --=b=
        Content-Type: text/rfc822-headers

        From: shop@example.com
        To: {recipient}
        Subject: Your order
        Message-ID: <{messageId}>

        --=b=--
        """;

    /// <summary>A complaint of a feedback loop.</summary>
    public static string Complaint(string fields, string messageId, string type = "abuse", string to = "hidden@example.org") => $"""
        From: feedback@isp.example
        To: abuse@bounce.test
        Subject: complaint
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="=b="

        --=b=
        Content-Type: text/plain

        This is a complaint.
        --=b=
        Content-Type: message/feedback-report

        Feedback-Type: {type}
        User-Agent: Loop/1.0
        Version: 1
        {fields}

        --=b=
        Content-Type: message/rfc822

        From: shop@example.com
        To: {to}
        Subject: Your order
        Message-ID: <{messageId}>

        Hello
        --=b=--
        """;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _api.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = _api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Protocol.Calendar;
using Mail.Protocol.Mime;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Messages;

/// <summary>Mails that a flow stores with what they tell.</summary>
public sealed class FlowMailTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly ApiFixture _api = new(postgres);
    private ProjectId _project;

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        using HttpClient client = _api.ClientWith(ApiFixture.LiveKey);
        await using NpgsqlCommand command = _api.Database.CreateCommand("SELECT id FROM projects");
        _project = new ProjectId((Guid)(await command.ExecuteScalarAsync())!);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task What_is_taken_back_has_sent_no_mail_and_what_is_committed_has()
    {
        Assert.True((await StoreAsync(commit: false, Mail("a@example.com")))[0].IsSuccess);
        Assert.Equal(0, await _api.CountAsync("messages"));

        IReadOnlyList<Result<MessageId>> stored = await StoreAsync(commit: true, Mail("a@example.com"), Mail("b@example.com"));

        Assert.Equal(2, stored.Select(one => one.Value).Distinct().Count());
        Assert.Equal((2, 2), (await _api.CountAsync("messages"), await _api.CountAsync("deliveries")));
    }

    [Fact]
    public async Task Who_cannot_be_written_to_is_said_and_the_others_are_written_to()
    {
        using HttpClient client = _api.ClientWith(ApiFixture.LiveKey);
        (await client.PostAsync(new Uri("/suppressions", UriKind.Relative), ApiFixture.Json("""{"email":"no@example.com","reason":"manual"}"""))).EnsureSuccessStatusCode();

        IReadOnlyList<Result<MessageId>> stored = await StoreAsync(commit: true, Mail("no@example.com"), Mail("yes@example.com"), Mail("nobody"), Mail("c@example.com") with { Variables = [] });

        Assert.Equal(["recipient_suppressed", null, "validation_error", "missing_required_field"], stored.Select(one => one.Failure?.Code));
        Assert.Equal(1, await _api.CountAsync("deliveries WHERE recipient = 'yes@example.com'"));
        Assert.Equal(1, await _api.CountAsync("messages"));
    }

    [Fact]
    public async Task It_is_in_the_persons_language_with_their_name_and_the_appointment_for_their_calendar()
    {
        CalendarEvent meeting = new()
        {
            Uid = "r-1@example.org", Stamp = DateTimeOffset.UnixEpoch, Start = CalendarTime.At(new DateTimeOffset(2026, 11, 28, 6, 30, 0, TimeSpan.Zero)), Summary = "Lyon – Grenoble", Organizer = EmailAddress.Parse("rides@example.org"),
        };
        meeting.Attendees.Add(new CalendarAttendee(EmailAddress.Parse("camille@example.com")));
        await using SmtpSink sink = SmtpSink.Start();
        await using TestWorker worker = await TestWorker.StartAsync(_api.ConnectionString, settings: new() { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{sink.Port}" });

        await StoreAsync(commit: true, Mail("camille@example.com") with { Locale = "fr", ToName = "Camille\r\nMartin", From = "Rides <rides@example.org>", Calendar = CalendarMessage.Request(meeting) });

        string mail = (await sink.WaitForAsync(1))[0].Text;
        Assert.Contains("To: CamilleMartin <camille@example.com>\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("invite.ics", mail, StringComparison.Ordinal);
        Assert.Contains("Bienvenue", mail, StringComparison.Ordinal);
    }

    private static FlowMessage Of(ProjectId project, string to) => new(project, IsTest: false, to, "welcome", new() { ["name"] = Text("Camille"), ["start_url"] = Text("https://example.org/start") }, "en") { From = "rides@example.org" };

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);

    private FlowMessage Mail(string to) => Of(_project, to);

    private async Task<IReadOnlyList<Result<MessageId>>> StoreAsync(bool commit, params FlowMessage[] mails)
    {
        FlowMail flow = _api.Services.GetRequiredService<FlowMail>();
        await using NpgsqlConnection connection = await _api.Database.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        IReadOnlyList<Result<MessageId>> stored = await flow.StoreAsync(connection, mails, CancellationToken.None);
        if (commit) await transaction.CommitAsync();
        else await transaction.RollbackAsync();
        flow.Wake();
        return stored;
    }
}

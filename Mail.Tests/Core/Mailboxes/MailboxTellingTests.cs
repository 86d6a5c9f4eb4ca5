using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>BOX-8, BOX-10: what apps, dashboards and people hear of mailboxes.</summary>
public sealed class MailboxTellingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Apps_are_told_of_each_state_that_lasts_and_of_no_secret()
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        await scene.Bus.ExecuteAsync($$"""
            INSERT INTO webhooks (project_id, id, endpoint, events, secret, created_at, updated_at)
            VALUES ('{{MailboxScene.Project}}', gen_random_uuid(), 'https://app.example/', ARRAY['mailbox.active', 'mailbox.failed', 'mailbox.suspended', 'mailbox.resumed', 'mailbox.deleted'], 'x', now(), now())
            """);
        await scene.App.StartAsync();
        Mailbox mailbox = await scene.ActiveAsync();
        string password = cloud.Accounts[0].Password!;
        await scene.Setup.SuspendAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        await scene.RestAsync(mailbox.Id);
        await scene.Setup.ResumeAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        await scene.RestAsync(mailbox.Id);
        await scene.Setup.DeleteAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        await scene.RestAsync(mailbox.Id);
        cloud.Script("create", Problems.LicenceMissing);
        await scene.RestAsync((await scene.CreateAsync()).Id);

        List<(string Type, JsonElement Payload)> told = [];
        await using (NpgsqlCommand command = scene.Bus.Source.CreateCommand("SELECT type, payload::text FROM webhook_queue ORDER BY happened_at, seq"))
        {
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) told.Add((reader.GetString(0), JsonElement.Parse(reader.GetString(1))));
        }

        Assert.Equal(["mailbox.active", "mailbox.suspended", "mailbox.resumed", "mailbox.deleted", "mailbox.failed"], told.Select(one => one.Type));
        Assert.All(told, one => Assert.DoesNotContain(password, one.Payload.GetRawText(), StringComparison.Ordinal));
        Assert.Contains(mailbox.Address, told[0].Payload.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"provider_licence_missing\"", told[4].Payload.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboards_see_accounts_steps_durations_calls_and_quotas()
    {
        ConcurrentDictionary<string, ConcurrentBag<string>> seen = new();
        using MeterListener listener = new() { InstrumentPublished = (instrument, self) => { if (instrument.Name.StartsWith("mail.mailboxes.", StringComparison.Ordinal)) self.EnableMeasurementEvents(instrument); } };
        void Note(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string line = value;
            foreach (KeyValuePair<string, object?> tag in tags) line += tag.Key == "mail.connection" ? "" : $" {tag.Value}";
            seen.GetOrAdd(instrument.Name, _ => []).Add(line);
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, $"{value}", tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, instrument.Name.EndsWith("quota", StringComparison.Ordinal) ? $"{value * 100:0}%" : "some", tags));
        listener.Start();
        ManualClock clock = new(DateTimeOffset.UtcNow);
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres, clock);
        await using MailboxScene _ = scene;
        cloud.Quota = new ProviderQuota(37, 100, null, null, null, null);
        await scene.App.StartAsync();
        await scene.ActiveAsync();
        cloud.Script("create", Problems.LicenceMissing);
        await scene.RestAsync((await scene.CreateAsync("other")).Id);
        clock.Advance(TimeSpan.FromMinutes(16));

        await Eventually.TrueAsync(() => seen.TryGetValue("mail.mailboxes.accounts", out ConcurrentBag<string>? accounts) && accounts.Contains("1 active memory") && accounts.Contains("1 failed memory"));
        Assert.Contains("1 create memory done", seen["mail.mailboxes.steps"]);
        Assert.Contains("1 create memory refused", seen["mail.mailboxes.steps"]);
        Assert.Contains("some memory", seen["mail.mailboxes.duration"]);
        Assert.Contains("some create memory provider_licence_missing", seen["mail.mailboxes.provider_calls"]);
        Assert.Contains("some issue_credentials memory ok", seen["mail.mailboxes.provider_calls"]);
        Assert.Contains("37% memory day", seen["mail.mailboxes.quota"]);
    }
}

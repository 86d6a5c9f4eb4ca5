using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Suppressions;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Feedback.Providers;

/// <summary>What came of the events of one request.</summary>
/// <param name="Changed">Recipients whose state changed, and addresses that are suppressed now.</param>
/// <param name="Told">Events that were written beside the state.</param>
/// <param name="Unmatched">About a message or a recipient that the relay's project does not have.</param>
public sealed record ProviderEffects(int Events, int Changed, int Told, int Unmatched);

/// <summary>
/// Records what a provider tells: all of a request in one transaction, together with the note that it was taken, so that it counts once whatever is lost on the way. A
/// thousand events are a dozen statements.
/// </summary>
public sealed class ProviderEventRecorder(
    NpgsqlDataSource dataSource, DeliveryFinder finder, DeliveryReports reports, SuppressionList suppressions, IOptions<ProviderWebhookOptions> options, IOptions<FeedbackOptions> feedback, TimeProvider clock)
{
    private const int LongestAddress = 320;

    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(200);

    private sealed record Matched(ProviderEvent Told, FoundDelivery? Delivery);

    /// <returns>Why it is not taken: it was before, or some of it can only be recorded in a moment. What could be recorded is, even then.</returns>
    public async Task<Result<ProviderEffects>> RecordAsync(ProviderRelay relay, ProviderCall call, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(relay);
        ArgumentNullException.ThrowIfNull(call);
        List<Matched> all = await MatchAsync(relay.ProjectId, call.Events, ct);
        List<Matched> ready = [.. all.Where(one => one.Delivery?.State != DeliveryState.Sending)];
        bool isTooEarly = ready.Count < all.Count;

        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct); // undone whole when it is not committed
        string[] keys = [.. ready.Select(one => one.Told.Key).Concat(isTooEarly ? [] : [call.Key]).Distinct(StringComparer.Ordinal)]; // a request that has to come again is not taken yet
        HashSet<string> fresh = await RememberAsync(connection, relay.Id, keys, ct);
        if (!isTooEarly && (!fresh.Contains(call.Key) || (ready.Count > 0 && !ready.Any(one => fresh.Contains(one.Told.Key))))) return WebhookRefusals.Repeated;

        List<Matched> news = [.. ready.Where(one => fresh.Remove(one.Told.Key))]; // one that stands twice in the request counts once
        ProviderEffects effects = await RecordAsync(connection, relay, news, ct);
        await transaction.CommitAsync(ct);
        return isTooEarly
            ? new Failure(FailureKind.Unavailable, "service_unavailable", "A message that this is about is being sent just now. Send it again in a minute.")
            : effects with { Events = call.Events.Count };
    }

    /// <summary>A provider may be faster with its event than the worker with its note that the provider took the message; only what is final can change.</summary>
    private async Task<List<Matched>> MatchAsync(ProjectId project, IReadOnlyList<ProviderEvent> events, CancellationToken ct)
    {
        HashSet<Guid> messages = [.. events.Where(one => one.Recipient.Length <= LongestAddress).Select(one => one.Message).OfType<Guid>()];
        Dictionary<(Guid, string), FoundDelivery> found = [];
        long since = clock.GetTimestamp();
        while (true)
        {
            foreach (FoundDelivery delivery in await finder.FindAsync(project, messages, ct)) found[(delivery.MessageId.Value, NormalAddress.Of(delivery.Recipient))] = delivery;
            List<Matched> matched = [.. events.Select(one => new Matched(one, one.Message is { } id && one.Recipient.Length <= LongestAddress ? found.GetValueOrDefault((id, NormalAddress.Of(one.Recipient))) : null))];
            messages = [.. matched.Where(one => one.Delivery?.State == DeliveryState.Sending).Select(one => one.Delivery!.MessageId.Value)];
            if (messages.Count == 0 || clock.GetElapsedTime(since) >= feedback.Value.WaitForOutcome) return matched;
            await Task.Delay(_lookEvery, clock, ct);
        }
    }

    private async Task<HashSet<string>> RememberAsync(NpgsqlConnection connection, RelayId relay, string[] keys, CancellationToken ct)
    {
        Dictionary<string, string> byHash = keys.ToDictionary(key => Convert.ToHexString(HashOf(key)), StringComparer.Ordinal);
        HashSet<string> fresh = new(StringComparer.Ordinal);
        await using NpgsqlCommand command = new(ProviderEventSql.Remember, connection);
        command.Parameters.AddTyped(relay.Value).AddTyped(keys.Select(HashOf).ToArray()).AddTyped((clock.GetUtcNow() + options.Value.RememberFor).UtcDateTime);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) fresh.Add(byHash[Convert.ToHexString(reader.GetFieldValue<byte[]>(0))]);
        return fresh;
    }

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key))[..16];

    private async Task<ProviderEffects> RecordAsync(NpgsqlConnection connection, ProviderRelay relay, List<Matched> news, CancellationToken ct)
    {
        // By the provider's clock, so that a delay is told before the delivery that ended it.
        List<(ProviderEvent Told, FoundDelivery Delivery)> about = [.. news.Where(one => one.Delivery is not null).OrderBy(one => one.Told.At).Select(one => (one.Told, one.Delivery!))];
        int told = await TellAsync(connection, relay, [.. about.Where(one => one.Told.Kind is ProviderEventKind.Delayed or ProviderEventKind.Opened or ProviderEventKind.Clicked)], ct);
        int changed = 0;

        // The first of each state; a delivery that has several goes through them one after the other, because a statement changes a row once.
        var byDelivery = about.Select(one => (one.Told, one.Delivery, State: ProviderReports.StateOf(one.Told.Kind))).Where(one => one.State is not null)
            .DistinctBy(one => (one.Delivery.Id, one.State)).GroupBy(one => one.Delivery.Id).Select(group => group.ToArray()).ToArray();
        for (int step = 0; byDelivery.Any(states => states.Length > step); step++)
        {
            DeliveryReport[] wave = [.. byDelivery.Where(states => states.Length > step).Select(states => ProviderReports.Of(states[step].Told, states[step].Delivery, states[step].State!.Value, relay.Webhook.Title))];
            changed += (await reports.RecordAsync(wave, connection, ct)).Count;
        }

        changed += await UnsubscribeAsync(connection, relay, [.. about.Where(one => one.Told.Kind == ProviderEventKind.Unsubscribed)], ct);
        return new ProviderEffects(news.Count, changed, told, news.Count - about.Count);
    }

    private async Task<int> TellAsync(NpgsqlConnection connection, ProviderRelay relay, List<(ProviderEvent Told, FoundDelivery Delivery)> events, CancellationToken ct)
    {
        var notes = events.Select(one => ProviderNote.Of(one.Told, one.Delivery, relay.Webhook.Title)).DistinctBy(note => note.IsOnce ? (object)(note.Delivery.Id, note.Reason) : note.Id).ToArray();
        if (notes.Length == 0) return 0;
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlCommand command = new(ProviderEventSql.Tell, connection);
        command.Parameters.AddTyped(relay.ProjectId.Value).AddTyped(now.UtcDateTime)
            .AddTyped(notes.Select(note => note.Delivery.MessageId.Value).ToArray()).AddTyped(notes.Select(note => note.Delivery.Id.Value).ToArray()).AddTyped(notes.Select(_ => UuidV7.New(now)).ToArray())
            .AddTyped(notes.Select(note => note.Type).ToArray()).AddTyped(notes.Select(note => note.Delivery.Recipient).ToArray())
            .AddTyped(notes.Select(note => note.Code).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer)
            .AddTyped(notes.Select(note => note.EnhancedCode).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(notes.Select(note => DeliveryReports.Storable(note.Text)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(notes.Select(note => DeliveryReports.Storable(note.Reason)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(notes.Select(note => note.Cause).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(notes.Select(note => note.Detail).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Jsonb)
            .AddTyped(notes.Select(note => NormalAddress.Of(note.Delivery.Recipient)).ToArray());
        return await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<int> UnsubscribeAsync(NpgsqlConnection connection, ProviderRelay relay, List<(ProviderEvent Told, FoundDelivery Delivery)> events, CancellationToken ct)
    {
        if (events.Count == 0) return 0;
        Dictionary<Guid, string> topics = [];
        Guid[] messages = [.. events.Where(one => one.Told.IsTopicOnly).Select(one => one.Delivery.MessageId.Value).Distinct()];
        if (messages.Length > 0)
        {
            await using NpgsqlCommand command = new(ProviderEventSql.Topics, connection);
            command.Parameters.AddTyped(relay.ProjectId.Value).AddTyped(messages).AddTyped(messages.Min()).AddTyped(messages.Max());
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                if (reader.OptionalText(1) is { } topic) topics[reader.GetGuid(0)] = topic;
        }

        NewSuppression[] entries =
        [
            .. events.Select(one => new NewSuppression(
                    NormalAddress.Of(one.Delivery.Recipient), one.Told.IsTopicOnly ? topics.GetValueOrDefault(one.Delivery.MessageId.Value, "") : "", SuppressionReason.Unsubscribe, $"Unsubscribed at {relay.Webhook.Title}.", null)
                { MessageId = one.Delivery.MessageId }).DistinctBy(entry => (entry.Address, entry.Topic)),
        ];
        return (await suppressions.AddAsync(relay.ProjectId, entries, tell: true, connection, ct)).Count(added => added.IsNew);
    }
}

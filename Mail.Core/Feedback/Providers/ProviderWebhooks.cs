using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Feedback.Providers;

/// <summary>A relay whose provider may tell us something.</summary>
/// <param name="Proof">The setting that requests are checked with; null while nobody has entered it.</param>
public sealed record ProviderRelay(ProjectId ProjectId, RelayId Id, IProviderWebhook Webhook, string? Proof)
{
    /// <summary>Without the proof.</summary>
    public override string ToString() => $"{Webhook.Title} relay {Id}";
}

/// <summary>
/// Takes the webhooks of the providers that relays send over: one address for each relay, whose kind says how a request is proven and read. Events are about messages of the
/// relay's project alone, whatever they name.
/// </summary>
public sealed partial class ProviderWebhooks(
    NpgsqlDataSource dataSource, RelaySecrets secrets, IEnumerable<IProviderWebhook> webhooks, ProviderEventRecorder recorder, TimeProvider clock, ILogger<ProviderWebhooks> logger)
{
    private readonly Dictionary<string, IProviderWebhook> _webhooks = webhooks.ToDictionary(webhook => HttpRelayKind.Find(webhook.Kind)!.Name);

    /// <returns>The relay; a refusal for an id that no relay has, or one whose kind has no webhooks. One that is switched off may have sent before.</returns>
    public async Task<Result<ProviderRelay>> FindAsync(RelayId id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ProviderEventSql.Relay);
        command.Parameters.AddTyped(id.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct) || !_webhooks.TryGetValue(reader.GetString(2), out IProviderWebhook? webhook)) return Failure.NotFound("Relay");
        try
        {
            return new ProviderRelay(new ProjectId(reader.GetGuid(0)), id, webhook, secrets.Unprotect(reader.GetString(1), reader.GetString(3)).GetValueOrDefault(webhook.Setting));
        }
        catch (InvalidRelayException e)
        {
            return new Failure(FailureKind.Unavailable, "service_unavailable", e.Message);
        }
    }

    /// <returns>What came of it, committed; or why nothing was stored.</returns>
    public async Task<Result<ProviderEffects>> TakeAsync(ProviderRelay relay, ProviderRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(relay);
        string provider = relay.Webhook.Title;
        if (relay.Proof is null) return Refused(relay, WebhookRefusals.NotSetUp(relay.Webhook.Setting));
        Result<ProviderCall> call = await relay.Webhook.ReadAsync(request, relay.Proof, clock.GetUtcNow(), ct);
        if (!call.IsSuccess) return Refused(relay, call.Failure);
        Result<ProviderEffects> recorded = await recorder.RecordAsync(relay, call.Value, ct);
        if (!recorded.IsSuccess) return Refused(relay, recorded.Failure);
        ProviderEffects effects = recorded.Value;
        foreach (ProviderEvent told in call.Value.Events) FeedbackMetrics.Told(provider, told.Kind);
        FeedbackMetrics.Unmatched(provider, effects.Unmatched);
        if (effects.Events > 0) LogTaken(provider, relay.Id, effects.Events, effects.Changed, effects.Told, effects.Unmatched);
        return effects;
    }

    private Failure Refused(ProviderRelay relay, Failure failure)
    {
        FeedbackMetrics.Refused(relay.Webhook.Title, failure.Code);
        LogRefused(relay.Webhook.Title, relay.Id, failure.Code, failure.Detail);
        return failure;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Provider} told {Events} events to relay {RelayId}: {Changed} changed something, {Told} were noted, {Unmatched} fit no message of its project")]
    private partial void LogTaken(string provider, RelayId relayId, int events, int changed, int told, int unmatched);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook of {Provider} to relay {RelayId} was refused ({Code}): {Detail}")]
    private partial void LogRefused(string provider, RelayId relayId, string code, string detail);
}

using Mail.Api.Feedback;
using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Mail.Core.Relays.Limits;
using Mail.Core.Relays.Setup;

namespace Mail.Api.Relays;

/// <summary>A relay as the API shows it.</summary>
/// <param name="Settings">By the fields of its kind; a secret is <see cref="SecretState"/> and never its value. Null when they can no longer be decrypted.</param>
/// <param name="Problem">What keeps the relay from being used at all; null for nothing that is known without trying.</param>
/// <param name="WebhookUrl">The address to enter at the provider, for what becomes of messages later; null where the provider has no webhooks, or BASE_URL is not set.</param>
/// <param name="Usage">When read: recipients today and this month (UTC), of a relay whose use is counted.</param>
/// <param name="State">When read: `in_use`, `off`, `unusable` (see `problem`), `misconfigured` (somebody has to change something), `paused` (away; it is asked again and again) or `quota_used`.</param>
/// <param name="StateReason">What the relay, or our look at it, said.</param>
/// <param name="Revision">Grows with every change; a PATCH that names it is refused when somebody else was faster.</param>
public sealed record RelayResponse(
    string Object, string Id, string Name, string Kind, string? Preset, string? PresetRegion, bool Enabled, int Priority, int Weight, IReadOnlyList<string> Lanes, string? Region,
    IReadOnlyList<string> Senders, int? MaxConnections, double? RatePerSecond, long? DayQuota, long? MonthQuota, IReadOnlyList<DomainLimit> DomainLimits, WarmUp? WarmUp, IReadOnlyDictionary<string, object>? Settings, string? Problem, int Revision,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? WebhookUrl, UsedQuota? Usage = null, string? State = null, string? StateReason = null)
{
    /// <summary>What is told of a secret.</summary>
    public sealed record SecretState(bool Set);

    public static RelayResponse Of(RelayInSetup setup, PublicUrl site)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ConfiguredRelay relay = setup.Relay;
        return new RelayResponse(
            "relay", relay.Id.ToString(), relay.Name, relay.Kind, setup.Settings?.Preset, setup.Settings?.PresetRegion, relay.IsEnabled, relay.Priority, relay.Weight, relay.Lanes, relay.Region,
            relay.Senders, relay.MaxConnections, relay.RatePerSecond, relay.DayQuota, relay.MonthQuota, relay.DomainLimits, relay.WarmUp, Shown(setup), setup.Problem, relay.Revision, relay.CreatedAt, relay.UpdatedAt, PostProviderEvents.UrlOf(relay, site));
    }

    private static Dictionary<string, object>? Shown(RelayInSetup setup)
    {
        if (setup.Settings is not { } settings || RelayKindDescription.Find(setup.Relay.Kind) is not { } kind) return null;
        Dictionary<string, object> shown = [];
        foreach (RelayField field in kind.Fields) // what no field names is not shown: nobody knows whether it is a secret
        {
            string? value = settings.Values.GetValueOrDefault(field.Name);
            if (field.IsSecret) shown[field.Name] = new SecretState(value is not null);
            else if (value is not null) shown[field.Name] = field.IsNumber && int.TryParse(value, out int number) ? number : value;
        }

        return shown;
    }
}

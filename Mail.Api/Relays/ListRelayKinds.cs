using Mail.Api.Access;
using Mail.Core.Projects;
using Mail.Core.Relays.Http;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Relays;

/// <summary>GET /relay-kinds: what a relay can be, and what a form has to ask for.</summary>
public static class ListRelayKinds
{
    private static readonly Response _all = new("list", [.. RelayKindDescription.All.Select(KindOf)]);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/relay-kinds", Handle).WithTags("Relays").RequireScope(Scopes.ReadRelays);

    public sealed record Response(string Object, IReadOnlyList<KindFacts> Data);

    /// <param name="MaxRecipients">Of one request; null where that is the server's business. So are the three after it.</param>
    public sealed record KindFacts(
        string Name, Words Title, IReadOnlyList<FieldFacts> Fields, IReadOnlyList<PresetFacts> Presets, int? MaxRecipients, long? MaxMessageBytes, bool? RewritesMessageId, bool? RewritesDate);

    /// <param name="Secret">Stored encrypted and never given back: shown as `{"set": true}`.</param>
    public sealed record FieldFacts(string Name, Words Title, Words? Help, string Example, bool Required, bool Secret, bool Multiline, bool Number, string? Default, IReadOnlyList<string> Choices);

    /// <param name="Regions">The values that `preset_region` can have, the default first; empty when there are none.</param>
    /// <param name="Username">What to enter as user name.</param>
    public sealed record PresetFacts(
        string Name, string Title, IReadOnlyList<RegionFacts> Regions, int Port, string Tls, string? FixedUsername, Words Username, Words Password, Words Senders, Words? Note,
        long? DayQuota, int? MaxConnections, double? RatePerSecond, string HelpUrl);

    /// <param name="Name">Of the provider's region; empty when it has none.</param>
    /// <param name="Region">Where mail is processed, as the relay's `region` gets it.</param>
    public sealed record RegionFacts(string Name, string Host, string? Region);

    public static Ok<Response> Handle() => TypedResults.Ok(_all);

    private static KindFacts KindOf(RelayKindDescription kind) => new(
        kind.Name, kind.Title, [.. kind.Fields.Select(FieldOf)], [.. kind.Presets.Select(PresetOf)],
        kind.Profile?.MaxRecipients, kind.Profile?.MaxMessageBytes, kind.Profile?.RewritesMessageId, kind.Profile?.RewritesDate);

    private static FieldFacts FieldOf(RelayField field) => new(
        field.Name, FieldWords.Of(field.Title), field.Help is { } help ? FieldWords.Of(help) : null, field.Example, field.IsRequired, field.IsSecret, field.IsMultiline, field.IsNumber, field.Default, field.Choices);

    private static PresetFacts PresetOf(SmtpPreset preset) => new(
        preset.Name, preset.Title, [.. preset.Hosts.Select(host => new RegionFacts(host.Key, host.Value.Name, host.Value.Region))], preset.Port, preset.Tls, preset.FixedUserName,
        preset.UserName, preset.Password, preset.Senders, preset.Note, preset.DayQuota, preset.MaxConnections, preset.RatePerSecond, preset.HelpUrl);
}

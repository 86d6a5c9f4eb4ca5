using System.Text.Json;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Relays.Limits;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Relays;

/// <summary>The body of POST /relays and PATCH /relays/{id}. What is absent keeps its value or gets its default; null takes an optional one out.</summary>
/// <param name="Name">Unique in the project; stands in every delivery that the relay carried.</param>
/// <param name="Kind">As in GET /relay-kinds; fixed once the relay is made.</param>
/// <param name="Preset">Of a relay of the kind `smtp`, in place of the settings host, port and tls.</param>
/// <param name="Priority">0 comes first; a relay of a higher number is used when no lower one can be. 100 without it.</param>
/// <param name="Weight">The share among relays of the same priority. 1 without it.</param>
/// <param name="Lanes">`critical`, `normal`, `bulk`; empty for all.</param>
/// <param name="Region">Where it processes mail, such as `eu`.</param>
/// <param name="Senders">Addresses and domains that it accepts; empty for any.</param>
/// <param name="DomainLimits">By destination domain, `*` for each other one.</param>
/// <param name="WarmUp">How many recipients a day a new relay starts with, and how that grows.</param>
/// <param name="Settings">By the fields of its kind. A secret that is not given, or given as `{"set": true}`, stays as it is.</param>
/// <param name="Revision">PATCH only: the one that the change was made from.</param>
public sealed record RelayRequest(
    string? Name, string? Kind, string? Preset, string? PresetRegion, bool? Enabled, int? Priority, int? Weight, IReadOnlyList<string?>? Lanes, string? Region,
    IReadOnlyList<string?>? Senders, int? MaxConnections, double? RatePerSecond, long? DayQuota, long? MonthQuota, IReadOnlyList<DomainLimit?>? DomainLimits, WarmUp? WarmUp, Dictionary<string, JsonElement>? Settings, int? Revision)
{
    private static readonly string[] _fields =
    [
        "name", "kind", "preset", "preset_region", "enabled", "priority", "weight", "lanes", "region", "senders", "max_connections", "rate_per_second", "day_quota", "month_quota", "domain_limits", "warm_up", "settings", "revision",
    ];

    /// <summary>A key file is the largest that it holds.</summary>
    public static RequestSizeLimitAttribute SizeLimit { get; } = new(128 * 1024);

    public static async Task<Result<RelayWish>> ReadAsync(HttpRequest http, CancellationToken ct) => Read(await JsonBody.ReadBytesAsync(http, ct));

    internal static Result<RelayWish> Read(byte[] body)
    {
        Result<RelayRequest> request = JsonBody.Parse(body, ApiJson.Default.RelayRequest);
        if (!request.IsSuccess) return request.Failure;
        using JsonDocument document = JsonDocument.Parse(body);
        HashSet<string> given = [.. document.RootElement.EnumerateObject().Select(field => field.Name)];
        if (given.FirstOrDefault(name => !_fields.Contains(name)) is { } unknown) // a typing error in a quota or a list of senders must not go unnoticed
            return Failure.Field(unknown.Length <= 60 ? unknown : $"{unknown[..60]}…", $"is no field of a relay; these are: {string.Join(", ", _fields)}.");
        RelayRequest wish = request.Value;
        return new RelayWish
        {
            Given = given, Name = wish.Name, Kind = wish.Kind, Preset = wish.Preset, PresetRegion = wish.PresetRegion, Enabled = wish.Enabled, Priority = wish.Priority, Weight = wish.Weight,
            Lanes = wish.Lanes, Region = wish.Region, Senders = wish.Senders, MaxConnections = wish.MaxConnections, RatePerSecond = wish.RatePerSecond, DayQuota = wish.DayQuota,
            MonthQuota = wish.MonthQuota, DomainLimits = wish.DomainLimits, WarmUp = wish.WarmUp, Settings = wish.Settings, Revision = wish.Revision,
        };
    }

    /// <summary>What is no id is no relay.</summary>
    public static RelayId Id(string text) => Guid.TryParse(text, out Guid id) ? new RelayId(id) : default;
}

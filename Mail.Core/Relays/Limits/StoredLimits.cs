using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Mail.Core.Relays.Limits;

/// <summary>The stored form of the columns `domain_limits` and `warm_up`: the API's field names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DomainLimit[]))]
[JsonSerializable(typeof(WarmUp))]
internal sealed partial class StoredLimitsJson : JsonSerializerContext;

internal static class StoredLimits
{
    private static readonly ValueConverter<DomainLimit[], string> _domains = new(limits => Write(limits), text => ReadDomains(text));

    // The array is replaced as a whole and never changed in place.
    private static readonly ValueComparer<DomainLimit[]> _sameDomains = new((a, b) => Same(a, b), limits => limits.Length, limits => limits);

    private static readonly ValueConverter<WarmUp?, string> _warmUp = new(plan => Write(plan!), text => ReadWarmUp(text)); // never asked about null

    public static void IsDomainLimits(this PropertyBuilder<DomainLimit[]> property) => property.HasColumnType("jsonb").HasConversion(_domains, _sameDomains);

    public static void IsWarmUp(this PropertyBuilder<WarmUp?> property) => property.HasColumnType("jsonb").HasConversion(_warmUp);

    private static string Write(DomainLimit[] limits) => JsonSerializer.Serialize(limits, StoredLimitsJson.Default.DomainLimitArray);

    private static DomainLimit[] ReadDomains(string text) => JsonSerializer.Deserialize(text, StoredLimitsJson.Default.DomainLimitArray) ?? [];

    private static string Write(WarmUp plan) => JsonSerializer.Serialize(plan, StoredLimitsJson.Default.WarmUp);

    private static WarmUp ReadWarmUp(string text) => JsonSerializer.Deserialize(text, StoredLimitsJson.Default.WarmUp) ?? throw new JsonException("The plan is null.");

    private static bool Same(DomainLimit[]? a, DomainLimit[]? b) => a is null ? b is null : b is not null && a.SequenceEqual(b);
}

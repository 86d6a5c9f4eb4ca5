using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Relays.Http;

namespace Mail.Core.Relays.Setup;

/// <summary>A relay's settings as they are stored: by the fields of its kind, and from which preset they came.</summary>
/// <param name="Preset">Null when host, port and protection were given one by one.</param>
public sealed record StoredSettings(IReadOnlyDictionary<string, string> Values, string? Preset, string? PresetRegion)
{
    private const string PresetKey = "preset";
    private const string RegionKey = "preset_region";

    /// <summary>Out of the form in which they are encrypted.</summary>
    public static StoredSettings Of(IReadOnlyDictionary<string, string> stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return new(
            stored.Where(one => one.Key is not (PresetKey or RegionKey)).ToDictionary(one => one.Key, one => one.Value), stored.GetValueOrDefault(PresetKey), stored.GetValueOrDefault(RegionKey));
    }

    /// <summary>For encryption.</summary>
    public Dictionary<string, string> Flat()
    {
        Dictionary<string, string> flat = new(Values);
        if (Preset is not null) flat[PresetKey] = Preset;
        if (PresetRegion is not null) flat[RegionKey] = PresetRegion;
        return flat;
    }
}

/// <summary>The settings of a <see cref="RelayWish"/>: put upon what was before, checked. No refusal repeats a value of a secret field.</summary>
internal static class RelayWishSettings
{
    private const string Path = "settings.";

    /// <param name="before">Null for a new relay, or for one whose settings can no longer be read.</param>
    public static Result<StoredSettings> Merge(RelayWish wish, RelayKindDescription kind, StoredSettings? before, HttpRelayEnvironment environment)
    {
        Dictionary<string, string> values = before is null ? [] : new(before.Values);
        HashSet<string> renewed = [];
        foreach ((string name, JsonElement given) in wish.Settings ?? new Dictionary<string, JsonElement>())
        {
            RelayField? field = kind.Fields.FirstOrDefault(known => known.Name == name);
            if (field is null) return Failure.Field(Path + Shown(name), kind.Fields.Count == 0 ? $"is no setting of a {kind.Name} relay; it has none." : $"is no setting of a {kind.Name} relay; these are: {string.Join(", ", kind.Fields.Select(known => known.Name))}.");
            if (field.IsSecret && IsKept(given)) continue;
            if (given.ValueKind == JsonValueKind.Null)
            {
                values.Remove(name);
                continue;
            }

            if (Text(given, field) is not { } text) return Failure.Field(Path + name, field.IsNumber ? "must be a number." : "must be a string.");
            values[name] = text;
            renewed.Add(name);
        }

        Result<StoredSettings> merged = WithPreset(wish, kind, before, values);
        if (!merged.IsSuccess) return merged;
        Failure? failure = kind.Check(merged.Value.Values, environment, Path) ?? Judge(merged.Value) ?? Guard(kind, before, merged.Value, renewed);
        return failure is null ? merged : failure;
    }

    private static Result<StoredSettings> WithPreset(RelayWish wish, RelayKindDescription kind, StoredSettings? before, Dictionary<string, string> values)
    {
        if (!wish.Has("preset") && !wish.Has("preset_region"))
        {
            // Somebody who changes what the preset said goes on without it.
            bool holds = before?.Preset is not null && ((string[])["host", "port", "tls"]).All(name => values.GetValueOrDefault(name) == before.Values.GetValueOrDefault(name));
            return new StoredSettings(values, holds ? before!.Preset : null, holds ? before!.PresetRegion : null);
        }

        string? name = wish.Has("preset") ? wish.Preset : before?.Preset;
        if (name is null) return wish.PresetRegion is null ? new StoredSettings(values, null, null) : Failure.Field("preset_region", "needs a `preset`.");
        if (kind.Presets.Count == 0) return Failure.Field("preset", $"is for relays of the kind `smtp`; a {kind.Name} relay has none.");
        if (SmtpPresets.Find(name) is not { } preset) return Failure.Field("preset", $"must be one of: {string.Join(", ", SmtpPresets.All.Select(known => known.Name))}.");
        foreach (string known in (string[])["host", "port", "tls"])
            if (wish.Settings?.ContainsKey(known) is not true) values.Remove(known);
        string? region = wish.Has("preset_region") ? wish.PresetRegion : before?.Preset == name ? before.PresetRegion : null;
        Result<Dictionary<string, string>> applied = preset.Apply(region, values);
        return applied.IsSuccess ? new StoredSettings(applied.Value, name, region ?? (preset.Regions.Count > 0 ? preset.Regions[0] : null)) : applied.Failure;
    }

    private static Failure? Judge(StoredSettings settings) => SmtpPresets.Find(settings.Preset)?.Judge(settings.Values, Path);

    /// <summary>Who may change a relay, but does not know its password, must not get it by leading the relay to a server of his own.</summary>
    private static Failure? Guard(RelayKindDescription kind, StoredSettings? before, StoredSettings after, HashSet<string> renewed)
    {
        if (before is null) return null;
        RelayField? moved = kind.Fields.FirstOrDefault(field => field.GuardsSecrets && before.Values.GetValueOrDefault(field.Name) != after.Values.GetValueOrDefault(field.Name));
        if (moved is null) return null;
        RelayField? kept = kind.Fields.FirstOrDefault(field => field.IsSecret && !field.StaysHere && after.Values.ContainsKey(field.Name) && !renewed.Contains(field.Name));
        return kept is null ? null : Failure.Field(Path + kept.Name, $"must be given again when `{Path}{moved.Name}` changes: a stored secret goes to no other address than the one it was entered for.");
    }

    /// <summary>As the API shows a secret.</summary>
    private static bool IsKept(JsonElement given) => given.ValueKind == JsonValueKind.Object && given.TryGetProperty("set", out JsonElement set) && set.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement given, RelayField field) => given.ValueKind switch
    {
        JsonValueKind.String => TextOf(given),
        JsonValueKind.Number when field.IsNumber => given.GetRawText(),
        _ => null,
    };

    private static string? TextOf(JsonElement given)
    {
        try
        {
            return given.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static string Shown(string name) => name.Length <= 60 ? name : $"{name[..60]}…";
}

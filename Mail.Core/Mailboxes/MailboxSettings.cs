using System.Security.Cryptography;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Providers;
using Microsoft.AspNetCore.DataProtection;

namespace Mail.Core.Mailboxes;

/// <summary>A connection's settings: unreadable in the database and its backups, and put together from what was there and what is wished. No refusal repeats a secret.</summary>
public sealed class MailboxSettings(IDataProtectionProvider protection)
{
    private const string Path = "settings.";
    private const int LongestValue = 20_000; // a service account's key file

    private readonly IDataProtector _protector = protection.CreateProtector("Mail.Core.Mailboxes.Settings.v1");

    internal string Protect(Dictionary<string, string> settings) => _protector.Protect(JsonSerializer.Serialize(settings, MailboxJson.Default.DictionaryStringString));

    /// <returns>Null when the key is lost with which they were encrypted.</returns>
    internal Dictionary<string, string>? Unprotect(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(stored), MailboxJson.Default.DictionaryStringString);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>As the API shows them.</summary>
    internal static Dictionary<string, ShownSetting> Show(MailboxProviderKind? kind, Dictionary<string, string> settings) => settings.ToDictionary(
        one => one.Key, one => kind?.Fields.FirstOrDefault(field => field.Name == one.Key) is { IsSecret: false } ? new ShownSetting(one.Value, false) : new ShownSetting(null, true));

    /// <param name="before">Null for a new connection, or one whose settings can no longer be read.</param>
    internal static Result<Dictionary<string, string>> Merge(MailboxProviderKind kind, IReadOnlyDictionary<string, JsonElement>? wished, Dictionary<string, string>? before)
    {
        Dictionary<string, string> values = before is null ? [] : new(before);
        HashSet<string> renewed = [];
        foreach ((string name, JsonElement given) in wished ?? new Dictionary<string, JsonElement>())
        {
            ProviderField? field = kind.Fields.FirstOrDefault(known => known.Name == name);
            if (field is null) return Failure.Field(Path + (name.Length <= 60 ? name : $"{name[..60]}…"), Unknown(kind));
            if (field.IsSecret && IsKept(given)) continue;
            if (given.ValueKind is JsonValueKind.Null)
            {
                values.Remove(name);
                continue;
            }

            if (TextOf(given) is not { } text) return Failure.Field(Path + name, "must be a string.");
            if (text.Length > LongestValue) return Failure.Field(Path + name, $"is longer than {LongestValue:N0} characters.");
            if (text.Contains('\0', StringComparison.Ordinal)) return Failure.Field(Path + name, "has a NUL character.");
            values[name] = text;
            renewed.Add(name);
        }

        foreach (ProviderField field in kind.Fields)
        {
            bool isGiven = values.TryGetValue(field.Name, out string? value) && value.Length > 0;
            if (field.IsRequired && !isGiven) return Failure.Missing(Path + field.Name);
            if (isGiven && field.Check?.Invoke(value!) is { } problem) return Failure.Field(Path + field.Name, problem);
        }

        return Guard(kind, before, values, renewed) is { } failure ? failure : values;
    }

    /// <summary>Who may change a connection, but does not know its secrets, must not get them by leading it to a server of his own.</summary>
    private static Failure? Guard(MailboxProviderKind kind, Dictionary<string, string>? before, Dictionary<string, string> after, HashSet<string> renewed)
    {
        if (before is null || kind.Fields.FirstOrDefault(field => field.GuardsSecrets && before.GetValueOrDefault(field.Name) != after.GetValueOrDefault(field.Name)) is not { } moved) return null;
        ProviderField? kept = kind.Fields.FirstOrDefault(field => field.IsSecret && after.ContainsKey(field.Name) && !renewed.Contains(field.Name));
        return kept is null ? null : Failure.Field(Path + kept.Name, $"must be given again when `{Path}{moved.Name}` changes: a stored secret goes to no other address than the one it was entered for.");
    }

    private static string Unknown(MailboxProviderKind kind) =>
        kind.Fields.Count == 0 ? $"is no setting of a {kind.Name} connection; it has none." : $"is no setting of a {kind.Name} connection; these are: {string.Join(", ", kind.Fields.Select(known => known.Name))}.";

    private static bool IsKept(JsonElement given) => given.ValueKind is JsonValueKind.Object && given.TryGetProperty("set", out JsonElement set) && set.ValueKind is JsonValueKind.True;

    private static string? TextOf(JsonElement given)
    {
        try
        {
            return given.ValueKind is JsonValueKind.String ? given.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Templates;

namespace Mail.Core.Contacts;

/// <summary>What a contact may say.</summary>
public static partial class ContactRules
{
    private const int MaxName = 200;
    private const int MaxAttributes = 50;
    private const int MaxAttribute = 2_000;
    private const int MaxSource = 200;

    public static Failure? ProblemWith(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        if (contact.Name is { } name && (name.Length is 0 or > MaxName || !IsLine(name))) return Failure.Field("name", $"must be one line of 1 to {MaxName} characters.");
        if (contact.Locale is { } locale && !Locale.IsWellFormed(locale)) return Failure.Field("locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");
        if (contact.TimeZone is { } zone && TimeZones.Find(zone) is null) return Failure.Field("time_zone", "must be the name of a time zone (IANA), such as `Europe/Paris`.");
        if (contact.Attributes.Count > MaxAttributes) return Failure.Field("attributes", $"has more than {MaxAttributes} entries.");
        foreach ((string key, JsonElement value) in contact.Attributes)
        {
            string path = $"attributes.{key[..Math.Min(key.Length, 60)]}";
            if (!Name().IsMatch(key)) return Failure.Field(path, "must be a name of letters, digits and `_` that begins with a letter, at most 64 characters.");
            if (!IsStorable(value)) return Failure.Field(path, $"must be a string of at most {MaxAttribute} characters, a number, true or false.");
        }

        return null;
    }

    public static Failure? ProblemWith(string? purpose, string? source)
    {
        if (purpose is null) return Failure.Missing("purpose");
        if (!Name().IsMatch(purpose)) return Failure.Field("purpose", "must be a name of letters, digits and `_` that begins with a letter, at most 64 characters.");
        return source is not null && (source.Length is 0 or > MaxSource || !IsLine(source)) ? Failure.Field("source", $"must be one line of 1 to {MaxSource} characters.") : null;
    }

    private static bool IsStorable(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return true;
        if (value.ValueKind is JsonValueKind.Number) return value.TryGetDecimal(out _);
        if (value.ValueKind is not JsonValueKind.String) return false;
        try
        {
            return value.GetString() is { Length: <= MaxAttribute } text && TextRules.IsStorable(text);
        }
        catch (InvalidOperationException)
        {
            return false; // the JSON text escapes half of a surrogate pair
        }
    }

    private static bool IsLine(string text) => TextRules.IsStorable(text) && !TextRules.HasControlCharacter(text);

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,63}\\z")]
    private static partial Regex Name();
}

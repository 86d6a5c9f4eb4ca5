using System.Text.Json;
using Mail.Core.Contacts;

namespace Mail.Api.Contacts;

/// <param name="Preferences">Topics that the person has unsubscribed from, and `*` for all list mail, as `opt_out`; what is not named is wanted. Absent in lists.</param>
/// <param name="Consents">What the person agreed to or took back, the last first; absent in lists.</param>
public sealed record ContactResponse(
    string Object, string Id, string Email, string? Name, string? Locale, string? TimeZone, IReadOnlyDictionary<string, JsonElement> Attributes, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Preferences,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ConsentResponse>? Consents)
{
    public static ContactResponse Of(Contact contact, IReadOnlyDictionary<string, string>? preferences = null, IReadOnlyList<Consent>? consents = null)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return new("contact", contact.Id.ToString(), contact.Email, contact.Name, contact.Locale, contact.TimeZone, contact.Attributes, contact.CreatedAt, contact.UpdatedAt, preferences, consents is null ? null : [.. consents.Select(ConsentResponse.Of)]);
    }
}

/// <param name="Purpose">To what, in the project's own words.</param>
/// <param name="Source">Where it was said.</param>
public sealed record ConsentResponse(string Object, string Id, string Purpose, bool Granted, string? Source, DateTimeOffset At)
{
    public static ConsentResponse Of(Consent consent)
    {
        ArgumentNullException.ThrowIfNull(consent);
        return new("consent", consent.Id.ToString(), consent.Purpose, consent.Granted, consent.Source, consent.At);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mail.Core.Contacts;

/// <summary>What a project knows of a recipient: used for a template when the call does not say it.</summary>
/// <param name="Email">In its normal form: lower case, the domain in ASCII.</param>
/// <param name="Locale">The language the person reads (BCP 47).</param>
/// <param name="TimeZone">In which the person's dates are written (IANA).</param>
/// <param name="Attributes">By the name of a template's variable.</param>
public sealed record Contact(
    Guid Id, string Email, string? Name, string? Locale, string? TimeZone, IReadOnlyDictionary<string, JsonElement> Attributes, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>That somebody agreed to something, or took it back.</summary>
/// <param name="Purpose">To what, in the project's own words: `newsletter`.</param>
/// <param name="Source">Where it was said: `sign-up form`.</param>
public sealed record Consent(Guid Id, string Purpose, bool Granted, string? Source, DateTimeOffset At);

[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>), TypeInfoPropertyName = "Attributes")]
internal sealed partial class ContactJson : JsonSerializerContext;

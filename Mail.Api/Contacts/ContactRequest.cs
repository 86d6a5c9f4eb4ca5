using System.Text.Json;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Messages;
using Mail.Core.Suppressions;

namespace Mail.Api.Contacts;

/// <summary>The body of POST /contacts, PUT and PATCH /contacts/{id}.</summary>
/// <param name="Email">Whose contact it is; POST only.</param>
/// <param name="Name">How to address the person: a template's variable `name`.</param>
/// <param name="Locale">The language the person reads (BCP 47), used when a call names none.</param>
/// <param name="TimeZone">In which the person's dates are written (IANA).</param>
/// <param name="Attributes">By the name of a template's variable: strings, numbers, true or false. PATCH merges them; null removes one.</param>
/// <param name="Preferences">By topic, `*` for all list mail, `opt_in` or `opt_out`: the same as the suppression list has. What is not named stays, with PUT too.</param>
public sealed record ContactRequest(string? Email, string? Name, string? Locale, string? TimeZone, Dictionary<string, JsonElement>? Attributes, Dictionary<string, string?>? Preferences)
{
    private static readonly string[] _fields = ["email", "name", "locale", "time_zone", "attributes", "preferences"];

    private HashSet<string> Given { get; init; } = [];

    public static async Task<Result<ContactRequest>> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<ContactRequest> request = JsonBody.Parse(body, ApiJson.Default.ContactRequest);
        if (!request.IsSuccess) return request;
        using JsonDocument document = JsonDocument.Parse(body);
        HashSet<string> given = [];
        foreach (JsonProperty field in document.RootElement.EnumerateObject())
        {
            if (!_fields.Contains(field.Name)) return Failure.Field(field.Name.Length <= 60 ? field.Name : $"{field.Name[..60]}…", $"is no field of a contact; these are: {string.Join(", ", _fields)}.");
            given.Add(field.Name);
        }

        return request.Value with { Given = given };
    }

    /// <summary>The whole contact.</summary>
    /// <param name="email">Whose.</param>
    public Result<Contact> ToContact(string email, DateTimeOffset now)
    {
        Contact contact = new(UuidV7.New(now), email, Name, Locale, TimeZone, Attributes ?? [], now, now);
        return ContactRules.ProblemWith(contact) is { } problem ? problem : contact;
    }

    /// <summary>What is to change.</summary>
    public Result<ContactChange> ToChange(DateTimeOffset now)
    {
        if (Given.Contains("email")) return Failure.Field("email", "cannot be changed: an address is another person's. Make a new contact.");
        Dictionary<string, JsonElement> attributes = Attributes ?? [];
        Contact shown = new(default, "", Name, Locale, TimeZone, attributes.Where(one => one.Value.ValueKind is not JsonValueKind.Null).ToDictionary(), now, now);
        if (ContactRules.ProblemWith(shown) is { } problem) return problem;
        return new ContactChange((Given.Contains("name"), Name), (Given.Contains("locale"), Locale), (Given.Contains("time_zone"), TimeZone), attributes);
    }

    public static Result<string> Address(string? email, string path)
    {
        if (string.IsNullOrWhiteSpace(email)) return Failure.Missing(path);
        if (!NormalAddress.TryParse(email, out string? address, out string? error)) return Failure.Field(path, $"is not an address: {error}");
        return TextRules.IsStorable(address) ? address : Failure.Field(path, "is not an address that can be stored.");
    }

    /// <returns>An id, or an address in its normal form; null for what is neither.</returns>
    public static string? Key(string idOrEmail) => Guid.TryParse(idOrEmail, out _) ? idOrEmail : Address(idOrEmail, "") is { IsSuccess: true } address ? address.Value : null;
}

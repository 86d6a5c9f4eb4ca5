using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mail.Core.Mailboxes.Providers.Google;

/// <summary>As much of the Directory's user as is sent or read (https://developers.google.com/workspace/admin/directory/reference/rest/v1/users); null is neither sent nor told.</summary>
internal sealed record GoogleUser
{
    /// <summary>What is asked for.</summary>
    public const string Selected = "id,primaryEmail,suspended,isMailboxSetup,externalIds";

    /// <summary>Of the mark, among the external ids.</summary>
    public const string MarkType = "mail-mailbox";

    public string? Id { get; init; }

    public string? PrimaryEmail { get; init; }

    public GoogleName? Name { get; init; }

    public string? Password { get; init; }

    public bool? ChangePasswordAtNextLogin { get; init; }

    public string? OrgUnitPath { get; init; }

    public bool? Suspended { get; init; }

    public bool? IsMailboxSetup { get; init; }

    /// <summary>Google types it as anything; it is a list of <see cref="GoogleExternalId"/>.</summary>
    public JsonElement? ExternalIds { get; init; }

    /// <summary>Whether this order made it. Whoever only has the address as an alias is somebody else.</summary>
    public bool IsOf(MailboxOrder order) =>
        ExternalIds is { ValueKind: JsonValueKind.Array } ids && ids.EnumerateArray().Any(id => Text(id, "customType") == MarkType && Text(id, "value") == order.Mark);

    /// <summary>Never the password.</summary>
    public override string ToString() => $"{Id} {PrimaryEmail}";

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Both parts are required, also of somebody who has one name only.</summary>
internal sealed record GoogleName(string GivenName, string FamilyName, string? DisplayName);

internal sealed record GoogleExternalId(string Type, string CustomType, string Value);

/// <summary>A group. It has no field that only programs see: the mark stands in its description, which its members can read.</summary>
internal sealed record GoogleGroup
{
    public string? Id { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public bool IsOf(MailboxOrder order) => Description?.Contains(order.Mark, StringComparison.Ordinal) == true;
}

internal sealed record GoogleMember
{
    public string? Email { get; init; }

    public string? Role { get; init; }

    [JsonPropertyName("delivery_settings")]
    public string? DeliverySettings { get; init; }
}

internal sealed record GoogleDomain(string? DomainName, bool? Verified);

/// <summary>A page of users or of groups: what is absent has none.</summary>
internal sealed record GooglePage(IReadOnlyList<GoogleUser>? Users, IReadOnlyList<GoogleUser>? Groups, string? NextPageToken);

/// <summary>An address in whose name a user of Gmail sends (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs).</summary>
internal sealed record GmailSendAs
{
    public string? SendAsEmail { get; init; }

    public string? DisplayName { get; init; }

    public bool? TreatAsAlias { get; init; }

    public string? VerificationStatus { get; init; }

    public bool? IsPrimary { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GoogleUser))]
[JsonSerializable(typeof(GoogleGroup))]
[JsonSerializable(typeof(GoogleMember))]
[JsonSerializable(typeof(GoogleDomain))]
[JsonSerializable(typeof(GooglePage))]
[JsonSerializable(typeof(GmailSendAs))]
[JsonSerializable(typeof(IReadOnlyList<GoogleExternalId>))]
internal sealed partial class GoogleJson : JsonSerializerContext;

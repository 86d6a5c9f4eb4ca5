using System.Text.Json.Serialization;

namespace Mail.Core.Mailboxes.Providers.Microsoft365;

/// <summary>As much of Graph's user as is sent or read (https://learn.microsoft.com/graph/api/resources/user); null is neither sent nor told.</summary>
internal sealed record GraphUser
{
    /// <summary>What is asked for: some of it comes only on request.</summary>
    public const string Selected = "id,userPrincipalName,accountEnabled,mail,proxyAddresses,usageLocation,assignedLicenses,onPremisesExtensionAttributes";

    public string? Id { get; init; }

    public string? UserPrincipalName { get; init; }

    public bool? AccountEnabled { get; init; }

    public string? DisplayName { get; init; }

    public string? MailNickname { get; init; }

    public GraphPassword? PasswordProfile { get; init; }

    public string? PasswordPolicies { get; init; }

    public string? UsageLocation { get; init; }

    public GraphMarks? OnPremisesExtensionAttributes { get; init; }

    public string? Mail { get; init; }

    public IReadOnlyList<string>? ProxyAddresses { get; init; }

    public IReadOnlyList<GraphLicence>? AssignedLicenses { get; init; }

    /// <summary>Whether this order made it.</summary>
    public bool IsOf(MailboxOrder order) => OnPremisesExtensionAttributes?.ExtensionAttribute15 == order.Mark;

    /// <summary>Never the password.</summary>
    public override string ToString() => $"{Id} {UserPrincipalName}";
}

internal sealed record GraphPassword(string Password, bool ForceChangePasswordNextSignIn)
{
    public override string ToString() => "***";
}

/// <summary>The mark stands in the last of the fifteen attributes that Exchange calls custom: `employeeId` holds 16 characters only, and the first ones are what companies use.</summary>
internal sealed record GraphMarks
{
    public string? ExtensionAttribute15 { get; init; }
}

internal sealed record GraphLicence(string? SkuId)
{
    public IReadOnlyList<string> DisabledPlans { get; init; } = [];
}

/// <summary>The body of assignLicense: both lists are required.</summary>
internal sealed record GraphLicenceChange(IReadOnlyList<GraphLicence> AddLicenses, IReadOnlyList<string> RemoveLicenses);

/// <summary>A subscription of the tenant (https://learn.microsoft.com/graph/api/resources/subscribedsku).</summary>
internal sealed record GraphSku(string? SkuId, string? SkuPartNumber, string? CapabilityStatus, long? ConsumedUnits, GraphUnits? PrepaidUnits)
{
    /// <summary>Those that may be given: what is paid for, and for a while what no longer is.</summary>
    public long Units => (PrepaidUnits?.Enabled ?? 0) + (PrepaidUnits?.Warning ?? 0);

    public bool IsNamed(string licence) => licence.Equals(SkuPartNumber, StringComparison.OrdinalIgnoreCase) || licence.Equals(SkuId, StringComparison.OrdinalIgnoreCase);
}

internal sealed record GraphUnits(long? Enabled, long? Warning);

internal sealed record GraphDomain(string? Id, bool? IsVerified, IReadOnlyList<string>? SupportedServices);

/// <summary>A directory object of which only its being there counts.</summary>
internal sealed record GraphObject(string? Id);

internal sealed record GraphPage<T>([property: JsonPropertyName("@odata.nextLink")] string? NextLink, IReadOnlyList<T>? Value);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GraphUser))]
[JsonSerializable(typeof(GraphLicenceChange))]
[JsonSerializable(typeof(GraphDomain))]
[JsonSerializable(typeof(GraphPage<GraphUser>), TypeInfoPropertyName = "UserPage")]
[JsonSerializable(typeof(GraphPage<GraphObject>), TypeInfoPropertyName = "ObjectPage")]
[JsonSerializable(typeof(GraphPage<GraphSku>), TypeInfoPropertyName = "SkuPage")]
internal sealed partial class GraphJson : JsonSerializerContext;

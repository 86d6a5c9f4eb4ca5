using System.Text.Json.Serialization;

namespace Mail.Core.Accounts;

/// <summary>What the link "this was not me" knows beside the account.</summary>
/// <param name="Email">The address that the account had before a change of it.</param>
internal sealed record NotMeFacts(AccountNotice Notice, string? Email);

/// <summary>Which of the two mailboxes a link was mailed to.</summary>
internal sealed record EmailChangeFacts(bool IsNew);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(NotMeFacts))]
[JsonSerializable(typeof(EmailChangeFacts))]
internal sealed partial class AccountJson : JsonSerializerContext;

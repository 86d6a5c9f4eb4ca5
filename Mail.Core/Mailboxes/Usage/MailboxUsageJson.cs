using System.Text.Json.Serialization;

namespace Mail.Core.Mailboxes.Usage;

/// <summary>What a line of history says of a creation that was refused.</summary>
internal sealed record MailboxRefusal(string? Provider, string? Email, string Status, string Code, string Detail, bool Test);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MailboxRefusal))]
internal sealed partial class MailboxUsageJson : JsonSerializerContext;

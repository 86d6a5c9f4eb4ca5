using System.Text.Json.Serialization;

namespace Mail.Core.Mailboxes.Providers.SendGrid;

/// <param name="Name">What the key was called when it was made: our mark.</param>
internal sealed record SendGridKey(string ApiKeyId, string Name);

internal sealed record SendGridKeys(IReadOnlyList<SendGridKey> Result);

internal sealed record SendGridKeyWish(string Name, IReadOnlyList<string> Scopes);

/// <param name="ApiKey">The secret: told once.</param>
internal sealed record SendGridNewKey(string ApiKey, string ApiKeyId)
{
    public override string ToString() => $"{ApiKeyId}";
}

internal sealed record SendGridSender(long Id, bool Verified, string? Nickname = null, string? FromEmail = null);

internal sealed record SendGridSenders(IReadOnlyList<SendGridSender> Results);

internal sealed record SendGridSenderWish(string Nickname, string FromEmail, string? FromName, string ReplyTo);

internal sealed record SendGridDomain(long Id, string Domain, bool Valid);

internal sealed record SendGridCredits(long Total, long Used, string? ResetFrequency = null);

internal sealed record SendGridDay(string Date, IReadOnlyList<SendGridDayStats> Stats);

internal sealed record SendGridDayStats(SendGridMetrics? Metrics = null);

internal sealed record SendGridMetrics(long Requests = 0);

internal sealed record SendGridScopes(IReadOnlyList<string> Scopes);

// What has no default must be there: an answer without it is not the one that was asked for.
[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SendGridKeys)), JsonSerializable(typeof(SendGridKeyWish)), JsonSerializable(typeof(SendGridNewKey))]
[JsonSerializable(typeof(SendGridSenders)), JsonSerializable(typeof(SendGridSenderWish)), JsonSerializable(typeof(SendGridSender))]
[JsonSerializable(typeof(SendGridDomain[])), JsonSerializable(typeof(SendGridCredits)), JsonSerializable(typeof(SendGridDay[])), JsonSerializable(typeof(SendGridScopes))]
internal sealed partial class SendGridJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Mail.Core.Mailboxes.Providers.Ses;

internal sealed record SesTag(string Key, string Value);

internal sealed record SesIdentityWish(string EmailIdentity, IReadOnlyList<SesTag> Tags);

internal sealed record SesIdentity(bool VerifiedForSendingStatus, IReadOnlyList<SesTag>? Tags = null);

/// <param name="SendingEnabled">Null when it is not told.</param>
internal sealed record SesAccount(SesSendQuota SendQuota, bool? SendingEnabled = null);

/// <param name="Max24HourSend">-1 for no limit.</param>
internal sealed record SesSendQuota(double Max24HourSend, double SentLast24Hours);

/// <param name="StartDate">In seconds since 1970.</param>
internal sealed record SesMetricQuery(string Id, string Namespace, string Metric, long StartDate, long EndDate);

internal sealed record SesMetricWish(IReadOnlyList<SesMetricQuery> Queries);

internal sealed record SesMetrics(IReadOnlyList<SesMetricResult>? Results = null);

internal sealed record SesMetricResult(string? Id = null, IReadOnlyList<long>? Values = null);

/// <summary>A policy of IAM's: what one mailbox may.</summary>
internal sealed record SendingPolicy(string Version, IReadOnlyList<SendingStatement> Statement)
{
    /// <summary>Sending as this address, in whatever case it is written, and nothing else.</summary>
    public static SendingPolicy For(string address) => new("2012-10-17",
        [new SendingStatement("Allow", "ses:SendRawEmail", "*", new Dictionary<string, Dictionary<string, string>> { ["StringEqualsIgnoreCase"] = new() { ["ses:FromAddress"] = address } })]);
}

internal sealed record SendingStatement(string Effect, string Action, string Resource, Dictionary<string, Dictionary<string, string>> Condition);

// What has no default must be there: an answer without it is not the one that was asked for.
[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SesIdentityWish)), JsonSerializable(typeof(SesIdentity)), JsonSerializable(typeof(SesAccount))]
[JsonSerializable(typeof(SesMetricWish)), JsonSerializable(typeof(SesMetrics)), JsonSerializable(typeof(SendingPolicy))]
internal sealed partial class SesJson : JsonSerializerContext;

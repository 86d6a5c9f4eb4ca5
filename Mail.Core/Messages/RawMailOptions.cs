using Mail.Core.Common;
using Mail.Core.Tracking;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Core.Messages;

/// <summary>What an app that speaks SMTP says by headers of its mail; they are taken out before it leaves.</summary>
public sealed record RawMailOptions(TagRequest[] Tags, string? Lane, string? Guarantee, string? Topic, string? IdempotencyKey, TrackingRequest? Tracking)
{
    /// <summary>The header that says the lane.</summary>
    public const string LaneName = "X-Mail-Lane";

    private const string Tag = "X-Mail-Tag", GuaranteeName = "X-Mail-Delivery-Guarantee", TopicName = "X-Mail-Topic", KeyName = "X-Mail-Idempotency-Key",
        TrackName = "X-Mail-Track";

    // Of services that people come from.
    private const string ResendKey = "Resend-Idempotency-Key", PostmarkTag = "X-PM-Tag", MailgunTag = "X-Mailgun-Tag";

    private static readonly string[] _names = [Tag, LaneName, GuaranteeName, TopicName, KeyName, TrackName, ResendKey, PostmarkTag, MailgunTag];

    /// <summary>Whether a header is for us and not for the recipient.</summary>
    public static bool IsOption(string name) => RawMail.Is(name, _names);

    /// <returns>The options, or which header is wrong.</returns>
    public static Result<RawMailOptions> Read(ParsedHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        List<TagRequest> tags = [];
        foreach (ParsedHeader header in headers.GetAll(Tag))
        {
            foreach (string one in header.Value.Split(',', StringSplitOptions.TrimEntries))
            {
                int equals = one.IndexOf('=', StringComparison.Ordinal);
                TagRequest tag = equals < 0 ? new TagRequest(one, "true") : new TagRequest(one[..equals].TrimEnd(), one[(equals + 1)..].TrimStart());
                if (!RequestReader.IsTagText(tag.Name) || !RequestReader.IsTagText(tag.Value))
                    return Failure.Field(Tag, "must be `name` or `name=value`, each of 1 to 256 ASCII letters, digits, underscores or dashes.");
                tags.Add(tag);
            }
        }

        foreach (string name in (string[])[PostmarkTag, MailgunTag])
        {
            foreach (ParsedHeader header in headers.GetAll(name))
            {
                if (!RequestReader.IsTagText(header.Value)) return Failure.Field(name, "must be 1 to 256 ASCII letters, digits, underscores or dashes.");
                tags.Add(new TagRequest("tag", header.Value));
            }
        }

        string? lane = headers[LaneName]?.Value, guarantee = headers[GuaranteeName]?.Value, key = headers[KeyName]?.Value ?? headers[ResendKey]?.Value;
        if (lane is not null && !StoredNames.TryParseLane(lane, out _)) return Failure.Field(LaneName, "must be `critical`, `normal` or `bulk`.");
        if (guarantee is not null && !StoredNames.TryParseGuarantee(guarantee, out _)) return Failure.Field(GuaranteeName, "must be `at_least_once` or `at_most_once`.");
        if (key is not null && (key.Length is 0 or > 256 || key.Any(char.IsControl))) return Failure.Field(headers.Contains(KeyName) ? KeyName : ResendKey, "must have 1 to 256 characters.");
        if (tags.Count > 50) return Failure.Field(Tag, "gives more than 50 tags.");
        Result<TrackingRequest?> tracking = ReadTracking(headers[TrackName]?.Value, lane);
        return tracking.IsSuccess ? new RawMailOptions([.. tags], lane, guarantee, headers[TopicName]?.Value, key, tracking.Value) : tracking.Failure;
    }

    /// <summary>What the header names is tracked, and nothing else.</summary>
    private static Result<TrackingRequest?> ReadTracking(string? header, string? lane)
    {
        if (header is null) return (TrackingRequest?)null;
        string[] words = header.Split(',', StringSplitOptions.TrimEntries);
        bool opens = words.Contains("opens", StringComparer.OrdinalIgnoreCase), clicks = words.Contains("clicks", StringComparer.OrdinalIgnoreCase);
        bool isNone = words is [var only] && only.Equals("none", StringComparison.OrdinalIgnoreCase);
        if (!isNone && (words.Length == 0 || words.Any(word => !word.Equals("opens", StringComparison.OrdinalIgnoreCase) && !word.Equals("clicks", StringComparison.OrdinalIgnoreCase))))
            return Failure.Field(TrackName, "must be `opens`, `clicks`, `opens, clicks` or `none`.");
        if ((opens || clicks) && lane == StoredNames.Name(Messages.Lane.Critical)) return Failure.Field(TrackName, "must be `none`: codes and account security are never tracked.");
        return new TrackingRequest(opens, clicks);
    }
}

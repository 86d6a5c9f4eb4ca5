using System.Globalization;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Messages;

/// <summary>Which messages a list, or its file, is asked for. All conditions hold together.</summary>
public sealed class MessageQuery
{
    /// <summary>The beginning of a recipient's address, such as `ada@` or the whole of it; a text without a name before an @ is looked for anywhere in it.</summary>
    [FromQuery(Name = "to")] public string? To { get; set; }

    /// <summary>Part of the subject.</summary>
    [FromQuery(Name = "subject")] public string? Subject { get; set; }

    /// <summary>A tag's name, or `name:value`.</summary>
    [FromQuery(Name = "tag")] public string? Tag { get; set; }

    /// <summary>A message's id, or its Message-ID, with or without angle brackets.</summary>
    [FromQuery(Name = "id")] public string? Id { get; set; }

    /// <summary>A recipient's state, such as `delivery_delayed`.</summary>
    [FromQuery(Name = "status")] public string? Status { get; set; }

    /// <summary>Accepted at this time or later (ISO 8601; UTC without an offset).</summary>
    [FromQuery(Name = "since")] public string? Since { get; set; }

    /// <summary>Accepted before this time.</summary>
    [FromQuery(Name = "until")] public string? Until { get; set; }

    /// <summary>Messages that the API key of this id handed over, over HTTP or SMTP.</summary>
    [FromQuery(Name = "key")] public string? Key { get; set; }

    /// <summary>Messages that took part in this experiment.</summary>
    [FromQuery(Name = "experiment_id")] public string? ExperimentId { get; set; }

    /// <summary>Of those, the ones that took this arm.</summary>
    [FromQuery(Name = "arm")] public string? Arm { get; set; }

    private static readonly string[] _times = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    internal Result<MessageFilter> Read(int limit, MessageId? after, MessageId? before)
    {
        DeliveryState state = default;
        if (!string.IsNullOrEmpty(Status) && !DeliveryStates.TryParse(Status, out state))
            return Failure.Field("status", $"must be one of {string.Join(", ", DeliveryStates.WorstFirst.Select(known => known.Name()))}.");
        foreach ((string name, string? text) in (ReadOnlySpan<(string, string?)>)[("to", To), ("subject", Subject), ("id", Id), ("arm", Arm)])
            if (text is not null && (text.Length > 1000 || !TextRules.IsStorable(text))) return Failure.Field(name, "must be at most 1,000 characters, without NUL.");
        Guid experiment = default;
        if (ExperimentId is not null && !Guid.TryParse(ExperimentId, out experiment)) return Failure.Field("experiment_id", "must be the id of an experiment.");
        Guid key = default;
        if (!string.IsNullOrEmpty(Key) && !Guid.TryParse(Key, out key)) return Failure.Field("key", "must be the id of an API key.");
        if (Arm is not null && ExperimentId is null) return Failure.Field("arm", "is that of an experiment; say `experiment_id` too.");
        if (Time("since", Since, out DateTimeOffset? since) is { } badSince) return badSince;
        if (Time("until", Until, out DateTimeOffset? until) is { } badUntil) return badUntil;
        if (TagOf(out string? tagName, out string? tagValue) is { } badTag) return badTag;
        (MessageId? id, string? messageId) = IdOf(Id?.Trim());
        return new MessageFilter(limit, after, before, string.IsNullOrEmpty(Status) ? null : state, OrNull(To))
        {
            Subject = OrNull(Subject), TagName = tagName, TagValue = tagValue, Id = id, MessageIdHeader = messageId, Since = since, Until = until,
            ExperimentId = ExperimentId is null ? null : experiment, Arm = Arm, ApiKeyId = string.IsNullOrEmpty(Key) ? null : key,
        };
    }

    private Failure? TagOf(out string? name, out string? value)
    {
        (name, value) = (null, null);
        if (string.IsNullOrEmpty(Tag)) return null;
        int colon = Tag.IndexOf(':', StringComparison.Ordinal);
        (name, value) = colon < 0 ? (Tag, null) : (Tag[..colon], Tag[(colon + 1)..]);
        return IsTag(name) && (value is null || IsTag(value)) ? null : Failure.Field("tag", "must be the name of a tag, or `name:value`: ASCII letters, digits, underscores and dashes.");
    }

    /// <summary>Our own Message-IDs begin with the message's id; any other came with a mail that was finished.</summary>
    private static (MessageId? Id, string? MessageId) IdOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return (null, null);
        string bare = text.TrimStart('<').TrimEnd('>');
        int at = bare.IndexOf('@', StringComparison.Ordinal);
        return Guid.TryParse(at < 0 ? bare : bare[..at], out Guid id) ? (new MessageId(id), null) : (null, bare);
    }

    private static Failure? Time(string name, string? text, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrEmpty(text)) return null;
        if (!DateTimeOffset.TryParseExact(text, _times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read) || read < DateTimeOffset.UnixEpoch)
            return Failure.Field(name, "must be a time in ISO 8601, such as `2026-12-24T18:00:00Z`, or a day, such as `2026-12-24`.");
        time = read;
        return null;
    }

    private static bool IsTag(string text) => text is { Length: >= 1 and <= 256 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

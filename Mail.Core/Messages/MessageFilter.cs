using Mail.Core.Common;
using Mail.Core.Delivery;

namespace Mail.Core.Messages;

/// <summary>What a list shows of a message.</summary>
public sealed record MessageSummary(MessageId Id, DateTimeOffset CreatedAt, string Subject, MessageEnvelope Envelope, DateTimeOffset? ScheduledAt, DeliveryState State);

/// <summary>Which messages a list is to show. What is null does not matter.</summary>
/// <param name="After">Only messages older than this one (the next page).</param>
/// <param name="Before">Only messages newer than this one (the page before).</param>
/// <param name="State">Only messages of which a recipient is in that state.</param>
/// <param name="Recipient">The beginning of a recipient's address up to its @ at least; without a name before the @, any part of it.</param>
public sealed record MessageFilter(int Limit, MessageId? After, MessageId? Before, DeliveryState? State, string? Recipient)
{
    /// <summary>Part of the subject, whatever its case.</summary>
    public string? Subject { get; init; }

    /// <summary>The name of a tag.</summary>
    public string? TagName { get; init; }

    /// <summary>Of that tag; null for any.</summary>
    public string? TagValue { get; init; }

    /// <summary>The one message of that id.</summary>
    public MessageId? Id { get; init; }

    /// <summary>Those that came with that Message-ID, without angle brackets.</summary>
    public string? MessageIdHeader { get; init; }

    /// <summary>Accepted then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Accepted before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only messages that took part in that experiment.</summary>
    public Guid? ExperimentId { get; init; }

    /// <summary>Of those, the ones that took that arm; null for all.</summary>
    public string? Arm { get; init; }

    /// <summary>Only messages that this API key handed over.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>Only messages of test keys.</summary>
    public bool OnlyTest { get; init; }
}

/// <summary>How far a search came before its time was up: on the far side of this message nothing was looked at.</summary>
public sealed record SearchedTo(MessageId Id, DateTimeOffset CreatedAt);

/// <summary>Newest first.</summary>
/// <param name="HasMore">Whether there are more in the direction asked for, or may be.</param>
/// <param name="SearchedTo">Null when nothing was left out: then the page is full, or there is no more.</param>
public sealed record MessagePage(IReadOnlyList<MessageSummary> Messages, bool HasMore, SearchedTo? SearchedTo);

namespace Mail.Core.Metrics;

/// <summary>How often each thing happened to recipients; one message to three people counts three times.</summary>
/// <param name="Sent">A relay took the mail.</param>
/// <param name="Delivered">A report of the recipient's server or of the provider said so. Many send none: what is missing here is not lost.</param>
/// <param name="Delayed">Attempts that will be repeated.</param>
/// <param name="Opened">Opens by people as far as that is known, as often as they happened.</param>
public readonly record struct MessageCounts(long Sent, long Delivered, long Delayed, long Bounced, long Failed, long Suppressed, long Complained, long Opened, long Clicked)
{
    public static MessageCounts operator +(MessageCounts one, MessageCounts other) => Add(one, other);

    public static MessageCounts Add(MessageCounts one, MessageCounts other) => new(
        one.Sent + other.Sent, one.Delivered + other.Delivered, one.Delayed + other.Delayed, one.Bounced + other.Bounced, one.Failed + other.Failed,
        one.Suppressed + other.Suppressed, one.Complained + other.Complained, one.Opened + other.Opened, one.Clicked + other.Clicked);
}

/// <param name="At">When the interval begins.</param>
public readonly record struct CountedInterval(DateTimeOffset At, MessageCounts Counts);

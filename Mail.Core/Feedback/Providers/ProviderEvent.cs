namespace Mail.Core.Feedback.Providers;

/// <summary>What a provider can tell about one recipient of a message.</summary>
public enum ProviderEventKind
{
    /// <summary>The recipient's server took it.</summary>
    Delivered,

    /// <summary>The provider is still trying.</summary>
    Delayed,

    /// <summary>It will not arrive: refused by the recipient's server, or never offered to it.</summary>
    Bounced,

    /// <summary>The recipient reported it as spam.</summary>
    Complained,

    /// <summary>The recipient wants no more mail to lists.</summary>
    Unsubscribed,

    /// <summary>A picture in it was loaded.</summary>
    Opened,

    /// <summary>A link in it was followed.</summary>
    Clicked,
}

/// <summary>One thing that a provider tells about one recipient, in our words.</summary>
/// <param name="Key">What is the same whenever the provider tells the same thing again, also in another request.</param>
/// <param name="Message">Our id of the message, which went along with it; null when the event names none that has our form.</param>
/// <param name="Recipient">As the provider writes the address.</param>
/// <param name="At">When it happened, by the provider's clock.</param>
public sealed record ProviderEvent(string Key, ProviderEventKind Kind, Guid? Message, string Recipient, DateTimeOffset At)
{
    /// <summary>What the recipient's server said.</summary>
    public string? Text { get; init; }

    /// <summary>What the provider says itself, where no server was asked.</summary>
    public string? Words { get; init; }

    public int? Code { get; init; }

    public string? EnhancedCode { get; init; }

    /// <summary>Of a bounce: its cause in the catalogue of errors where the provider has a word for it; what the text says more exactly goes before.</summary>
    public string? Cause { get; init; }

    /// <summary>Of a bounce: whether the provider holds the address for dead; null when it does not say.</summary>
    public bool? IsDead { get; init; }

    /// <summary>The provider's own word for the kind of bounce, delay or complaint.</summary>
    public string? Word { get; init; }

    /// <summary>Of an unsubscription: whether it is about mail of this sort alone.</summary>
    public bool IsTopicOnly { get; init; }

    /// <summary>Of a click: where the link leads.</summary>
    public string? Link { get; init; }

    /// <summary>Of an opening or click: the provider thinks that no person did it.</summary>
    public bool IsMachine { get; init; }
}

/// <summary>What a request of a provider says, once it is known to be the provider's.</summary>
/// <param name="Key">What is the same when the same request comes again.</param>
/// <param name="Events">What concerns a recipient; empty for what we have no use for.</param>
public sealed record ProviderCall(string Key, IReadOnlyList<ProviderEvent> Events);

/// <summary>A request as it came.</summary>
/// <param name="Header">The value of a header, whose name may be written in any case; null when it is absent.</param>
public sealed record ProviderRequest(Func<string, string?> Header, ReadOnlyMemory<byte> Body);

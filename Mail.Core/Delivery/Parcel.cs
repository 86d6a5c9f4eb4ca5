using Mail.Core.Messages;

namespace Mail.Core.Delivery;

/// <summary>One message and those of its recipients that were claimed together: composed once, offered to a relay in one go.</summary>
/// <param name="ToTestAddresses">Whether its recipients are test addresses; never mixed with others, because these must not leave.</param>
internal sealed record Parcel(StoredMessage Message, IReadOnlyList<Delivery> Deliveries, bool ToTestAddresses = false)
{
    /// <summary>It is the mail of one recipient, who does not object to being tracked, of a message that is.</summary>
    public bool IsTracked { get; init; }
}

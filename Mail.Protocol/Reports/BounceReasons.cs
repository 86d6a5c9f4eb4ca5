using System.Collections.Frozen;
using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports;

/// <summary>The names of the reasons on the wire, and which of them say that an address is dead.</summary>
public static class BounceReasons
{
    private static readonly FrozenDictionary<BounceReason, string> _names = Enum.GetValues<BounceReason>().ToFrozenDictionary(reason => reason, NameOf);

    private static readonly FrozenDictionary<string, BounceReason> _byName =
        _names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every reason with its wire name, in the order of <see cref="BounceReason"/>.</summary>
    public static IEnumerable<BounceReason> All => Enum.GetValues<BounceReason>();

    /// <summary>The lower-case word that sisimai uses, such as <c>userunknown</c> or <c>mesgtoobig</c>: stable, for storage and APIs.</summary>
    /// <exception cref="KeyNotFoundException">The value is none of <see cref="BounceReason"/>.</exception>
    public static string WireName(this BounceReason reason) => _names[reason];

    /// <summary>Finds a reason by its wire name, in any case.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string? name, out BounceReason reason)
    {
        reason = default;
        return name is not null && _byName.TryGetValue(name, out reason);
    }

    /// <summary>
    /// Whether the reason is one of the address itself, so that no later message will arrive either: the user or the domain does not exist, the
    /// mailbox has moved, or the domain takes no mail and says so for good. The rest are soft: they pass, or they are about the message or the sender.
    /// </summary>
    /// <param name="reason">Why the message did not arrive.</param>
    /// <param name="replyClass">The first digit of the status or reply code. It matters for <see cref="BounceReason.NotAccept"/> only, which a 4 makes soft.</param>
    public static bool IsHard(this BounceReason reason, ReplyClass replyClass) => reason switch
    {
        BounceReason.UserUnknown or BounceReason.HostUnknown or BounceReason.HasMoved => true,
        BounceReason.NotAccept => replyClass is not ReplyClass.Transient,
        _ => false,
    };

    /// <summary>Whether the cause ends by itself or the recipient can end it (room, queues, load), whatever the first digit of the code says.</summary>
    internal static bool PassesByItself(this BounceReason reason) => reason is BounceReason.MailboxFull or BounceReason.SystemFull or BounceReason.Expired
        or BounceReason.NetworkError or BounceReason.Speeding or BounceReason.TooManyConnections or BounceReason.SystemError or BounceReason.MailerError
        or BounceReason.Delivered or BounceReason.Feedback or BounceReason.Vacation;

    private static string NameOf(BounceReason reason) => reason switch
    {
        BounceReason.MessageTooBig => "mesgtoobig",
        BounceReason.TooManyConnections => "toomanyconn",
        _ => reason.ToString().ToLowerInvariant(),
    };
}

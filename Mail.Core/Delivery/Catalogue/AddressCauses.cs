using System.Collections.Frozen;
using Mail.Core.Suppressions;

namespace Mail.Core.Delivery.Catalogue;

/// <summary>
/// Which causes are about the address itself. Read from the cause and not from the code: most 5yz replies are about the message, the sender or the server,
/// and say nothing against the address.
/// </summary>
public static class AddressCauses
{
    /// <summary>No later message arrives either.</summary>
    private static readonly FrozenSet<string> _dead = FrozenSet.Create("unknown_user", "unknown_domain", "domain_takes_no_mail", "bad_address", "moved");

    /// <summary>It may work again, but hardly soon when it stays so. `mailbox_busy` is not among them: greylisting says so too.</summary>
    private static readonly FrozenSet<string> _resting = FrozenSet.Create("mailbox_full", "mailbox_disabled", "recipient_too_busy");

    /// <returns>What a delivery that ended for this cause brings onto the list; null for nothing.</returns>
    public static SuppressionReason? SuppressionOf(string cause) =>
        _dead.Contains(cause) ? SuppressionReason.HardBounce : _resting.Contains(cause) ? SuppressionReason.SoftBounce : null;
}

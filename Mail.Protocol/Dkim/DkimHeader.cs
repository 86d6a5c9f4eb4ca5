namespace Mail.Protocol.Dkim;

/// <summary>When a header field is covered by a signature.</summary>
public enum DkimCoverage
{
    /// <summary>Every field of this name that the message has. A server on the way may add another without breaking the signature.</summary>
    Present,

    /// <summary>As <see cref="Present"/>, and where there is one, no further may be added (RFC 6376 §8.15).</summary>
    PresentAndSealed,

    /// <summary>As <see cref="PresentAndSealed"/>, and none may be added where there is none (RFC 6376 §5.4.2).</summary>
    Sealed,
}

/// <summary>A header field and when it is covered.</summary>
/// <param name="Name">The field's name, in any case.</param>
/// <param name="Coverage">When.</param>
public sealed record DkimHeader(string Name, DkimCoverage Coverage)
{
    /// <summary>
    /// What RFC 6376 §5.4.1 names, what one-click unsubscription (RFC 8058 §4) and feedback loops need. Sealed is what a reader believes or
    /// a mail program acts on and no relay adds; a relay may add Sender, Date, Message-ID and MIME fields to mail that has none.
    /// </summary>
    public static IReadOnlyList<DkimHeader> Default { get; } =
    [
        new("From", DkimCoverage.Sealed),
        new("Reply-To", DkimCoverage.Sealed),
        new("To", DkimCoverage.Sealed),
        new("Cc", DkimCoverage.Sealed),
        new("Subject", DkimCoverage.Sealed),
        new("Date", DkimCoverage.PresentAndSealed),
        new("Message-ID", DkimCoverage.PresentAndSealed),
        new("Sender", DkimCoverage.PresentAndSealed),
        new("In-Reply-To", DkimCoverage.PresentAndSealed),
        new("References", DkimCoverage.PresentAndSealed),
        new("MIME-Version", DkimCoverage.PresentAndSealed),
        new("Content-Type", DkimCoverage.PresentAndSealed),
        new("Content-Transfer-Encoding", DkimCoverage.PresentAndSealed),
        new("Content-Disposition", DkimCoverage.Present),
        new("Content-ID", DkimCoverage.Present),
        new("Content-Description", DkimCoverage.Present),
        new("Content-Language", DkimCoverage.Present),
        new("List-Unsubscribe", DkimCoverage.PresentAndSealed),
        new("List-Unsubscribe-Post", DkimCoverage.PresentAndSealed),
        new("List-Id", DkimCoverage.Present),
        new("List-Help", DkimCoverage.Present),
        new("List-Subscribe", DkimCoverage.Present),
        new("List-Post", DkimCoverage.Present),
        new("List-Owner", DkimCoverage.Present),
        new("List-Archive", DkimCoverage.Present),
        new("Feedback-ID", DkimCoverage.Present),
        new("Auto-Submitted", DkimCoverage.Present),
        new("Precedence", DkimCoverage.Present),
        new("Require-Recipient-Valid-Since", DkimCoverage.Present),
        new("Autocrypt", DkimCoverage.PresentAndSealed),
        new("Resent-From", DkimCoverage.Present),
        new("Resent-To", DkimCoverage.Present),
        new("Resent-Cc", DkimCoverage.Present),
        new("Resent-Date", DkimCoverage.Present),
        new("Resent-Message-ID", DkimCoverage.Present),
    ];

    internal static bool IsFieldName(string name)
    {
        if (name.Length is 0 or > 76) return false;
        foreach (char c in name)
            if (c is <= ' ' or >= '\x7F' or ':' or ';') return false; // ftext (RFC 5322 §3.6.8); a semicolon would end the tag h=
        return true;
    }
}

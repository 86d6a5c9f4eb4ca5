using System.Collections.Frozen;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Which header fields a caller may set, and what may stand in them.</summary>
internal static class HeaderRules
{
    /// <summary>The longest line without CRLF (RFC 5322 §2.1.1).</summary>
    public const int HardLineLimit = 998;

    /// <summary>The line length that is aimed at, without CRLF: RFC 5322 §2.1.1 says 78, RFC 2047 §2 says 76 for lines with encoded words.</summary>
    public const int SoftLineLimit = 76;

    private const int MaxName = 76;
    private const int MaxValue = 16 * 1024; // characters; far above any real use, low enough that a header never becomes the message

    // Written by MimeMessage from its properties, or added by servers on the way. A second one would contradict the first.
    private static readonly FrozenSet<string> _owned = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "MIME-Version",
        "Return-Path", "Received", "Received-SPF", "Delivered-To", "DKIM-Signature", "DomainKey-Signature", "Authentication-Results");

    private static readonly string[] _ownedPrefixes = ["Content-", "Resent-", "ARC-"];

    // Fields whose syntax (message ids, URLs, addresses, keywords) leaves no room for encoded words (RFC 2047 §5).
    private static readonly FrozenSet<string> _structured = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "In-Reply-To", "References", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "List-Post", "List-Help", "List-Archive",
        "List-Owner", "List-Subscribe", "Auto-Submitted", "Precedence", "Importance", "Priority", "X-Priority", "Errors-To",
        "Disposition-Notification-To", "Return-Receipt-To", "Feedback-ID", "Autocrypt", "Require-Recipient-Valid-Since");

    public static bool IsStructured(string name) => _structured.Contains(name);

    public static string? NameError(string? name)
    {
        if (string.IsNullOrEmpty(name)) return "The header has no name.";
        if (name.Length > MaxName) return $"The header name is longer than {MaxName} characters.";
        foreach (char c in name)
            if (c is <= ' ' or >= '\x7F' or ':') return $"The header name contains the character U+{(int)c:X4}; only printable ASCII without a colon is allowed.";
        if (_owned.Contains(name) || _ownedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            return $"The header {name} is written by the system and cannot be set.";
        return null;
    }

    public static string? ValueError(string name, string? value)
    {
        if (value is null) return $"The header {name} has no value.";
        if (value.Length > MaxValue) return $"The header {name} is longer than {MaxValue} characters.";
        if (TextError(value) is { } error) return $"The header {name} {error}";
        if (!IsStructured(name)) return null;
        if (!Ascii.IsValid(value)) return $"The header {name} must be ASCII.";
        foreach (Range word in value.AsSpan().SplitAny(' ', '\t'))
            if (value.AsSpan(word).Length > HardLineLimit - 1) return $"The header {name} contains a word of more than {HardLineLimit - 1} characters, which no line can hold.";
        return null;
    }

    /// <summary>The end of a sentence ("contains ...") when the text cannot stand in a header, or null.</summary>
    public static string? TextError(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if ((char.IsControl(c) && c != '\t') || c is '\u2028' or '\u2029')
                return $"contains a line break or another control character (U+{(int)c:X4} at position {i + 1}).";
            if (!char.IsSurrogate(c)) continue;
            if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return $"contains half a character (U+{(int)c:X4} at position {i + 1}).";
            i++;
        }
        return null;
    }
}

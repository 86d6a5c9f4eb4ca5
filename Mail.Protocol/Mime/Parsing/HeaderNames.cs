using System.Collections.Frozen;
using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Names of header fields, without a new string for each of the usual ones.</summary>
internal static class HeaderNames
{
    private const int LongestUsual = 32;

    private static readonly FrozenSet<string> _usual = FrozenSet.ToFrozenSet(
    [
        "ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal", "Authentication-Results", "Auto-Submitted", "Bcc", "Cc", "CC", "Content-Description",
        "Content-Disposition", "Content-ID", "Content-Id", "Content-Language", "Content-Transfer-Encoding", "Content-Type", "DKIM-Signature", "Date", "Delivered-To",
        "Diagnostic-Code", "Final-Recipient", "From", "In-Reply-To", "Action", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Message-ID",
        "Message-Id", "Mime-Version", "Original-Recipient", "Precedence", "Received", "Received-SPF", "References", "Remote-MTA", "Reply-To", "Reporting-MTA",
        "Return-Path", "Sender", "Status", "Subject", "To", "User-Agent", "X-Mailer", "X-Priority",
    ], StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup = _usual.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the name is one of the usual ones, in the case that programs write it.</summary>
    public static bool IsUsual(ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestUsual) return false;
        Span<char> text = stackalloc char[LongestUsual];
        return _lookup.Contains(text[..Encoding.Latin1.GetChars(name, text)]);
    }

    public static string ToText(ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestUsual) return Encoding.Latin1.GetString(name);
        Span<char> text = stackalloc char[LongestUsual];
        text = text[..Encoding.Latin1.GetChars(name, text)];
        return _lookup.TryGetValue(text, out string? usual) ? usual : text.ToString();
    }
}

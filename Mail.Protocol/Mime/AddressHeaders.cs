using System.Buffers;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Writes header fields of addresses (RFC 5322 §3.4), folding between and within them.</summary>
internal static class AddressHeaders
{
    private const int LongestQuotedName = 70; // a longer one is folded as encoded words

    private static readonly SearchValues<char> _phraseText = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~ "); // atoms and the spaces between them

    public static void Write(HeaderWriter header, string name, EmailAddress address)
    {
        header.Begin(name);
        Write(header, address);
        header.End();
    }

    /// <summary>Writes nothing for an empty list: no field of addresses may be empty.</summary>
    public static void Write(HeaderWriter header, string name, IList<EmailAddress> addresses)
    {
        if (addresses.Count == 0) return;
        header.Begin(name);
        for (int i = 0; i < addresses.Count; i++)
        {
            Write(header, addresses[i]);
            if (i < addresses.Count - 1) header.Glue(",");
        }
        header.End();
    }

    private static void Write(HeaderWriter header, EmailAddress address)
    {
        // With an ASCII local part the domain goes as A-labels, so that no server needs SMTPUTF8 for it.
        string mailbox = $"{address.LocalPart}@{(address.RequiresSmtpUtf8 ? address.Domain : address.AsciiDomain)}";
        if (address.DisplayName is not { } name)
        {
            header.Word(mailbox);
            return;
        }

        if (IsPhrase(name)) foreach (Range word in name.AsSpan().Split(' ')) header.Word(name.AsSpan(word));
        else if (IsQuotable(name)) header.Word(MimeContentType.Quote(name));
        else EncodedWords.Write(header, name);
        header.Word($"<{mailbox}>");
    }

    // Runs of spaces would shrink when the phrase is read, so such a name is quoted.
    private static bool IsPhrase(string name) =>
        name.Length <= LongestQuotedName && !name.AsSpan().ContainsAnyExcept(_phraseText)
        && !name.Contains("  ", StringComparison.Ordinal) && !name.Contains("=?", StringComparison.Ordinal);

    private static bool IsQuotable(string name) => name.Length <= LongestQuotedName && Ascii.IsValid(name) && !name.Contains("=?", StringComparison.Ordinal);
}

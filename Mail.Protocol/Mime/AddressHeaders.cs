using System.Buffers;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Writes header fields of addresses (RFC 5322 §3.4), folding between and within them.</summary>
internal static class AddressHeaders
{
    private const int LongestQuotedName = 70; // a longer one is folded as encoded words

    private static readonly SearchValues<char> _phraseText = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~ "); // atoms and the spaces between them

    public static void Write(HeaderWriter header, ReadOnlySpan<byte> name, EmailAddress address)
    {
        header.Begin(name);
        Write(header, address);
        header.End();
    }

    /// <summary>Writes nothing for an empty list: no field of addresses may be empty.</summary>
    public static void Write(HeaderWriter header, ReadOnlySpan<byte> name, IList<EmailAddress> addresses)
    {
        if (addresses.Count == 0) return;
        header.Begin(name);
        WriteList(header, addresses);
    }

    /// <summary>Writes the addresses of a field that was begun, and ends it.</summary>
    public static void WriteList(HeaderWriter header, IList<EmailAddress> addresses)
    {
        for (int i = 0; i < addresses.Count; i++)
        {
            Write(header, addresses[i]);
            if (i < addresses.Count - 1) header.Glue(","u8);
        }
        header.End();
    }

    private static void Write(HeaderWriter header, EmailAddress address)
    {
        // With an ASCII local part the domain goes as A-labels, so that no server needs SMTPUTF8 for it.
        string domain = address.RequiresSmtpUtf8 ? address.Domain : address.AsciiDomain;
        int length = Encoding.UTF8.GetByteCount(address.LocalPart) + 1 + Encoding.UTF8.GetByteCount(domain);
        if (address.DisplayName is { } name)
        {
            WriteName(header, name);
            header.BeginWord(length + 2);
            header.Glue("<"u8);
        }
        else header.BeginWord(length);
        header.Glue(address.LocalPart);
        header.Glue("@"u8);
        header.Glue(domain);
        if (address.DisplayName is not null) header.Glue(">"u8);
    }

    private static void WriteName(HeaderWriter header, string name)
    {
        if (IsPhrase(name))
        {
            foreach (Range word in name.AsSpan().Split(' ')) header.Word(name.AsSpan(word));
        }
        else if (IsQuotable(name))
        {
            header.BeginWord(HeaderParameters.QuotedLength(name));
            HeaderParameters.Quote(header, name);
        }
        else EncodedWords.Write(header, name);
    }

    // Runs of spaces would shrink when the phrase is read, so such a name is quoted.
    private static bool IsPhrase(string name) =>
        name.Length <= LongestQuotedName && !name.AsSpan().ContainsAnyExcept(_phraseText)
        && !name.Contains("  ", StringComparison.Ordinal) && !name.Contains("=?", StringComparison.Ordinal);

    private static bool IsQuotable(string name) => name.Length <= LongestQuotedName && Ascii.IsValid(name) && !name.Contains("=?", StringComparison.Ordinal);
}

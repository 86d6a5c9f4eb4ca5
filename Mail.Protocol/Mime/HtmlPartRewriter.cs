using System.Buffers;
using System.Text;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Protocol.Mime;

/// <summary>Changes the HTML of a finished message. Every octet outside of its text/html parts stays as it is.</summary>
public static class HtmlPartRewriter
{
    /// <summary>Types whose content somebody has signed or encrypted: nothing around them may change (RFC 1847, RFC 8551, RFC 3156).</summary>
    private static readonly HashSet<string> _sealed = new(StringComparer.Ordinal)
    {
        "multipart/signed", "multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted",
    };

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a message with these headers may be changed at all: it bears no DKIM signature and is not signed or encrypted as a whole.</summary>
    /// <param name="headers">The message's own.</param>
    public static bool MayChange(ParsedHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return !headers.Contains("DKIM-Signature") && !_sealed.Contains(ContentTypes.Read(headers, ContentTypes.Text).MediaType);
    }

    /// <summary>Whether a message with these headers may be changed and may have something to change.</summary>
    /// <param name="headers">The message's own.</param>
    public static bool MayHaveHtml(ParsedHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return MayChange(headers) && ContentTypes.Read(headers, ContentTypes.Text) is ({ IsMultipart: true } or { MediaType: "text/html" });
    }

    /// <summary>Rewrites the parts that are shown as HTML; files and messages within are none. A part that is changed is written as quoted-printable.</summary>
    /// <param name="message">With CRLF line ends. Must not change meanwhile.</param>
    /// <param name="change">Gets the HTML of a part and whether it is the last one; returns the new HTML, or the same for none.</param>
    /// <returns>The message; as it came when there is nothing to change, when a part of it is signed or encrypted, or when it cannot be read. A part that is not in
    /// its declared charset is left alone.</returns>
    public static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> message, Func<string, bool, string> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (!ParsedMessage.TryParse(message, out ParsedMessage? parsed, out _) || !MayChange(parsed.Headers)) return message;
        List<MimePart> parts = [];
        if (!TryCollect(parsed.Root, parts) || parts.Count == 0) return message;

        ArrayBufferWriter<byte> output = new(message.Length + 4096);
        int copied = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            MimePart part = parts[i];
            int start = (int)part.Offset, body = (int)part.ContentOffset, end = body + part.RawContent.Length;
            if (start < copied || !message.Span[start..body].EndsWith("\r\n\r\n"u8)) continue; // headers that nothing ends
            if (Decode(part) is not { } text) continue;
            string changed = change(text.Html, i == parts.Count - 1);
            if (ReferenceEquals(changed, text.Html)) continue;
            output.Write(message.Span[copied..start]);
            WriteHeaders(message.Span, part, body, output);
            QuotedPrintable.Write(text.Encoding.GetBytes(changed), output);
            copied = end;
        }

        if (copied == 0) return message;
        output.Write(message.Span[copied..]);
        return output.WrittenMemory;
    }

    private static bool TryCollect(MimePart part, List<MimePart> html)
    {
        if (_sealed.Contains(part.ContentType.MediaType)) return false;
        if (part.IsLeaf && part.ContentType.MediaType == "text/html" && part.Disposition is not { IsAttachment: true }) html.Add(part);
        foreach (MimePart child in part.Parts)
            if (!TryCollect(child, html)) return false;
        return true;
    }

    /// <returns>Null when encoding the text again would not give the same octets.</returns>
    private static (string Html, Encoding Encoding)? Decode(MimePart part)
    {
        byte[] octets = part.DecodeContent();
        try
        {
            if (part.Charset is null || Charsets.Find(part.Charset) is not { } encoding || encoding is UTF8Encoding or ASCIIEncoding) return (_utf8.GetString(octets), _utf8);
            string text = encoding.GetString(octets);
            return encoding.GetBytes(text).AsSpan().SequenceEqual(octets) ? (text, encoding) : null;
        }
        catch (ArgumentException)
        {
            return null; // not in its charset
        }
    }

    /// <summary>As they are, but for the transfer encoding and for a digest of the content.</summary>
    private static void WriteHeaders(ReadOnlySpan<byte> message, MimePart part, int body, IBufferWriter<byte> output)
    {
        ParsedHeaders headers = part.Headers;
        int fieldsEnd = body - 2;
        output.Write(message[(int)part.Offset..(headers.Count > 0 ? (int)headers[0].Offset : fieldsEnd)]);
        for (int i = 0; i < headers.Count; i++)
        {
            string name = headers[i].Name;
            if (name.Equals("Content-Transfer-Encoding", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-MD5", StringComparison.OrdinalIgnoreCase)) continue;
            output.Write(message[(int)headers[i].Offset..(i + 1 < headers.Count ? (int)headers[i + 1].Offset : fieldsEnd)]);
        }

        output.Write("Content-Transfer-Encoding: quoted-printable\r\n\r\n"u8);
    }
}

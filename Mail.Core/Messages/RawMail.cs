using System.Buffers;
using System.Globalization;
using System.Text;
using Mail.Core.Common;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Core.Messages;

/// <summary>
/// A mail that an app wrote itself. It leaves byte for byte, but for what <see cref="Finish"/> names: blind copies and our options are taken out, a missing
/// Message-ID and Date put in.
/// </summary>
public sealed class RawMail
{
    private static readonly byte[] _headersEnd = "\r\n\r\n"u8.ToArray();
    private const int LongestMessageId = 998; // a line (RFC 5322 §2.1.1)
    private static readonly string[] _blind = ["Bcc", "Resent-Bcc"];

    private readonly ReadOnlySequence<byte> _octets;
    private readonly byte[] _head;
    private readonly ParsedHeaders _headers;
    private readonly int _fieldsEnd;

    private RawMail(ReadOnlySequence<byte> octets, byte[] head, ParsedHeaders headers, int body)
    {
        (_octets, _head, _headers) = (octets, head, headers);
        _fieldsEnd = head.AsSpan(0, body).EndsWith(_headersEnd) ? body - 2 : body;
    }

    /// <summary>The header fields.</summary>
    public ParsedHeaders Headers => _headers;

    /// <summary>All of it, as it came.</summary>
    public ReadOnlySequence<byte> Octets => _octets;

    /// <summary>Whether somebody has signed it by DKIM: then nothing is put before it, and nobody signs it again.</summary>
    public bool IsSigned => _headers.Contains("DKIM-Signature");

    /// <summary>Whether links and a picture can be put into it: nobody has signed or encrypted it, and it may hold HTML.</summary>
    public bool MayBeMarked => HtmlPartRewriter.MayHaveHtml(_headers);

    /// <summary>Whether an unsubscribe link of ours can be put before it: it has none of its own, and no signature, which would have to cover the link (RFC 8058 §4).</summary>
    public bool MayGetUnsubscribe => !IsSigned && !_headers.Contains("List-Unsubscribe") && !_headers.Contains("List-Unsubscribe-Post");

    /// <summary>How many recipients one such mail may have: as other messages, but no fewer than RFC 5321 §4.5.3.1.8 demands.</summary>
    public static int MostRecipients(MessageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Math.Max(100, options.Recipients);
    }

    /// <summary>Looks at the headers.</summary>
    /// <param name="octets">The mail with CRLF line ends. Must stay as it is while this is used.</param>
    /// <returns>It, or why it is no mail that can be sent.</returns>
    public static Result<RawMail> Read(ReadOnlySequence<byte> octets)
    {
        byte[] head = Head(octets);
        try
        {
            ParsedHeaders headers = ParsedHeaders.Parse(head, out int body);
            if (headers.Count == 0) return Broken("The mail has no headers.");
            return Ambiguity(head, headers, body) is { } problem ? Broken(problem) : new RawMail(octets, head, headers, body);
        }
        catch (MimeFormatException e)
        {
            return Broken($"The mail cannot be read: {e.Defect.Detail}");
        }
    }

    /// <summary>The mail as it leaves.</summary>
    /// <param name="messageId">For one that has no Message-ID, without angle brackets.</param>
    /// <param name="now">For one that has no Date.</param>
    public byte[] Finish(string messageId, DateTimeOffset now)
    {
        ReadOnlySequence<byte> rest = _octets.Slice(_fieldsEnd);
        ArrayBufferWriter<byte> output = new(checked((int)_octets.Length) + 256);
        for (int i = 0; i < _headers.Count; i++)
        {
            string name = _headers[i].Name;
            if (Is(name, _blind) || RawMailOptions.IsOption(name)) continue;
            int end = i + 1 < _headers.Count ? (int)_headers[i + 1].Offset : _fieldsEnd;
            output.Write(_head.AsSpan((int)_headers[i].Offset..end));
        }

        if (OwnMessageId is null) Encoding.ASCII.GetBytes($"Message-ID: <{messageId}>\r\n", output);
        if (!_headers.Contains("Date")) Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Date: {now.ToUniversalTime():ddd, d MMM yyyy HH:mm:ss} +0000\r\n"), output);
        foreach (ReadOnlyMemory<byte> piece in rest) output.Write(piece.Span);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The Message-ID that it came with, without angle brackets; null when there is none to keep.</summary>
    public string? OwnMessageId => _headers["Message-ID"]?.UnfoldedValue.Trim() is { Length: > 2 } id ? id.TrimStart('<').TrimEnd('>') : null;

    /// <summary>What one reader would take for a header and another would not: what we check must be what the recipient's program shows.</summary>
    private static string? Ambiguity(byte[] head, ParsedHeaders headers, int body) =>
        body != head.Length ? "The headers do not end where they seem to: a line among them is no header field."
        : headers.Count >= MimeLimits.Default.MaxHeaders ? $"The mail has {MimeLimits.Default.MaxHeaders} header fields or more."
        : head.AsSpan().Contains((byte)0) ? "There is a NUL among the headers."
        : headers["Message-ID"]?.RawValue.Length > LongestMessageId ? $"The Message-ID is longer than {LongestMessageId} octets."
        : null;

    internal static Failure Broken(string problem) => new(FailureKind.Malformed, "invalid_message", problem);

    internal static bool Is(string name, string[] names) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Up to the empty line, and no more: the body may be large.</summary>
    private static byte[] Head(ReadOnlySequence<byte> octets)
    {
        SequenceReader<byte> reader = new(octets);
        return reader.TryReadTo(out ReadOnlySequence<byte> _, _headersEnd, advancePastDelimiter: true) ? octets.Slice(0, reader.Position).ToArray() : octets.ToArray();
    }
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Mail.Protocol.Mime;

/// <summary>
/// A message to be written (RFC 5322, RFC 2045 to 2049, RFC 2231). Every part is checked when it is set, so that <see cref="WriteTo"/> cannot
/// fail and no value can become another header. What is written is 7-bit, so that every relay can take it, except for addresses whose
/// local part is not ASCII (<see cref="RequiresSmtpUtf8"/>). Equal content is written as equal bytes: a retry sends what the first attempt sent.
/// </summary>
public sealed class MimeMessage
{
    /// <summary>The author (RFC 5322 §3.6.2).</summary>
    public required EmailAddress From { get; init; }

    /// <summary>Who sent it on behalf of <see cref="From"/>, when that is someone else (RFC 5322 §3.6.2).</summary>
    public EmailAddress? Sender { get; init; }

    /// <summary>The visible recipients. Who really gets the message is said by the SMTP envelope alone.
    /// With neither To nor Cc the header says <c>undisclosed-recipients:;</c>.</summary>
    public IList<EmailAddress> To { get; } = [];

    /// <summary>The visible recipients of a copy. There is no Bcc: a blind copy is a recipient of the envelope that no header names.</summary>
    public IList<EmailAddress> Cc { get; } = [];

    /// <summary>Where answers go, when not to <see cref="From"/>.</summary>
    public IList<EmailAddress> ReplyTo { get; } = [];

    /// <summary>The subject in Unicode; may be empty.</summary>
    /// <exception cref="ArgumentException">A line break, a control character or half a surrogate pair.</exception>
    public string Subject
    {
        get;
        init => field = HeaderRules.TextError(value) is { } error ? throw new ArgumentException($"The subject {error}", nameof(value)) : value;
    } = "";

    /// <summary>When the author completed the message (RFC 5322 §3.6.1); written with its offset, to the second.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The worldwide unique id without angle brackets, such as <c>0198@example.com</c> (RFC 5322 §3.6.4). Boundaries are derived from it.</summary>
    /// <exception cref="ArgumentException">Not <c>left@right</c> in at most 900 printable ASCII characters without spaces and angle brackets.</exception>
    public required string MessageId
    {
        get;
        init => field = MessageIdError(value) is { } error ? throw new ArgumentException(error, nameof(value)) : value;
    }

    /// <summary>Extra headers, written in this order after ours.</summary>
    public IList<MimeHeader> Headers { get; } = [];

    /// <summary>The plain text, or <see langword="null"/>. CR, LF and CRLF all count as a line end and are written as CRLF.</summary>
    public string? TextBody { get; init; }

    /// <summary>The HTML, or <see langword="null"/>. With <see cref="TextBody"/> both are written, as alternatives.</summary>
    public string? HtmlBody { get; init; }

    /// <summary>Files. One with a content id belongs to the HTML when there is one (multipart/related, RFC 2387); the others stand beside the text.</summary>
    public IList<MimeAttachment> Attachments { get; } = [];

    /// <summary>Whether an address in a header has a local part that is not ASCII, so that only servers with SMTPUTF8 (RFC 6531) can take the message.</summary>
    public bool RequiresSmtpUtf8 =>
        From.RequiresSmtpUtf8 || Sender is { RequiresSmtpUtf8: true }
        || To.Any(a => a.RequiresSmtpUtf8) || Cc.Any(a => a.RequiresSmtpUtf8) || ReplyTo.Any(a => a.RequiresSmtpUtf8);

    /// <summary>Checks an id given from outside.</summary>
    /// <param name="messageId">The id without angle brackets.</param>
    /// <param name="error">One sentence for people that says what is wrong, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether <see cref="MessageId"/> takes it.</returns>
    public static bool IsValidMessageId([NotNullWhen(true)] string? messageId, [NotNullWhen(false)] out string? error) => (error = MessageIdError(messageId)) is null;

    /// <summary>Writes the whole message with CRLF line ends, lines of at most 998 octets and no final dot.</summary>
    /// <param name="output">Takes the bytes; nothing else is kept.</param>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        MimeMessageWriter.Write(this, output);
    }

    private static string? MessageIdError(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > 900) return "A message id has 1 to 900 characters.";
        foreach (char c in id)
            if (c is <= ' ' or >= '\x7F' or '<' or '>') return $"The message id contains the character U+{(int)c:X4}; only printable ASCII without spaces and angle brackets is allowed.";
        int at = id.IndexOf('@', StringComparison.Ordinal);
        return at <= 0 || at == id.Length - 1 || id.LastIndexOf('@') != at ? "A message id has the form left@right." : null;
    }
}

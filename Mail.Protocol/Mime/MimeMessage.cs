using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;

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

    /// <summary>The worldwide unique id without angle brackets, such as <c>0198@example.com</c> (RFC 5322 §3.6.4).</summary>
    /// <exception cref="ArgumentException">Not <c>left@right</c> in at most 900 printable ASCII characters without spaces and angle brackets.</exception>
    public required string MessageId
    {
        get;
        init => field = MessageIdError(value) is { } error ? throw new ArgumentException(error, nameof(value)) : value;
    }

    /// <summary>What the boundaries between parts are made of (<c>=_seed_1</c>), or <see langword="null"/> to derive it from <see cref="MessageId"/>. For tests that
    /// compare bytes; a boundary never stands in the content, whatever is given here.</summary>
    /// <exception cref="ArgumentException">Not 1 to 50 ASCII letters, digits, dots and hyphens.</exception>
    public string? BoundarySeed
    {
        get;
        init => field = value is null || MimeBoundary.IsSeed(value) ? value : throw new ArgumentException("The boundary seed has 1 to 50 ASCII letters, digits, dots and hyphens.", nameof(value));
    }

    /// <summary>Extra headers, written in this order after ours.</summary>
    public IList<MimeHeader> Headers { get; } = [];

    /// <summary>The plain text, or <see langword="null"/>. CR, LF and CRLF all count as a line end and are written as CRLF.</summary>
    public string? TextBody { get; init; }

    /// <summary>The HTML, or <see langword="null"/>. With <see cref="TextBody"/> both are written, as alternatives.</summary>
    public string? HtmlBody { get; init; }

    /// <summary>Further forms of the same message, written in this order after text and HTML. A reader shows the last form that it understands.</summary>
    public IList<MimeAlternative> Alternatives { get; } = [];

    /// <summary>Files. One with a content id belongs to the HTML when there is one (multipart/related, RFC 2387); the others stand beside the text.</summary>
    public IList<MimeAttachment> Attachments { get; } = [];

    /// <summary>Makes the message a report: its text is for people, the report for machines (RFC 6522). <see langword="null"/> for every other message.</summary>
    public MimeReport? Report { get; init; }

    /// <summary>Whether an address in a header has a local part that is not ASCII, so that only servers with SMTPUTF8 (RFC 6531) can take the message.
    /// Such headers are UTF-8 (RFC 6532); all others are encoded also then.</summary>
    public bool RequiresSmtpUtf8 =>
        From.RequiresSmtpUtf8 || Sender is { RequiresSmtpUtf8: true } || AnyRequiresSmtpUtf8(To) || AnyRequiresSmtpUtf8(Cc) || AnyRequiresSmtpUtf8(ReplyTo);

    /// <summary>Checks an id given from outside.</summary>
    /// <param name="messageId">The id without angle brackets.</param>
    /// <param name="error">One sentence for people that says what is wrong, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether <see cref="MessageId"/> takes it.</returns>
    public static bool IsValidMessageId([NotNullWhen(true)] string? messageId, [NotNullWhen(false)] out string? error) => (error = MessageIdError(messageId)) is null;

    /// <summary>Writes the whole message with CRLF line ends, lines of at most 998 octets and no final dot.</summary>
    /// <param name="output">Takes the bytes; nothing else is kept.</param>
    /// <exception cref="InvalidOperationException">An attachment comes from a stream: only <see cref="WriteToAsync(PipeWriter, CancellationToken)"/> reads those.</exception>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        foreach (MimeAttachment attachment in Attachments)
            if (attachment.IsStreamed) throw new InvalidOperationException($"The attachment \"{attachment.FileName}\" comes from a stream; write the message with WriteToAsync.");
        MimeMessageWriter.Write(this, output);
    }

    /// <summary>Writes the same bytes as <see cref="WriteTo"/> without holding more than a part of an attachment in memory.</summary>
    /// <param name="output">Takes the bytes as fast as its reader does; it is flushed and not completed.</param>
    /// <param name="ct">Stops the writing, and the reading of attachments.</param>
    /// <exception cref="InvalidDataException">A stream holds less or more than its attachment's length. What was written must be thrown away.</exception>
    /// <exception cref="IOException">The reader of the pipe has gone.</exception>
    public Task WriteToAsync(PipeWriter output, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return MimeStreaming.WriteAsync(this, output, ct);
    }

    /// <summary>Writes the same bytes as <see cref="WriteTo"/> without holding more than a part of an attachment in memory.</summary>
    /// <param name="output">Takes the bytes; it is flushed and stays open.</param>
    /// <param name="ct">Stops the writing, and the reading of attachments.</param>
    /// <exception cref="InvalidDataException">A stream holds less or more than its attachment's length. What was written must be thrown away.</exception>
    public async Task WriteToAsync(Stream output, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        PipeWriter pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(minimumBufferSize: 16 * 1024, leaveOpen: true));
        try
        {
            await MimeStreaming.WriteAsync(this, pipe, ct).ConfigureAwait(false);
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await pipe.CompleteAsync(e).ConfigureAwait(false); // what is still buffered is dropped, not written after the failure
            throw;
        }
    }

    /// <summary>How many octets the message has when it is written, for MAIL FROM's SIZE (RFC 1870) and for BDAT. Texts are encoded once to know it; attachments are not read.</summary>
    public long ComputeSize() => MimeStreaming.ComputeSize(this);

    private static bool AnyRequiresSmtpUtf8(IList<EmailAddress> addresses)
    {
        for (int i = 0; i < addresses.Count; i++)
            if (addresses[i].RequiresSmtpUtf8) return true;
        return false;
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

using System.Diagnostics.CodeAnalysis;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>
/// A message that was read (RFC 5322, RFC 2045 to 2049, RFC 2231), as tolerantly as people's mail needs it. <see cref="Parse"/> finds the headers and the parts in
/// one pass over the octets and copies none of them: they must not change while the message is used. Everything else is decoded when it is asked for,
/// so only one thread at a time may ask.
/// </summary>
public sealed class ParsedMessage
{
    private readonly MimeSource _source;
    private MessageBodies? _bodies;

    internal ParsedMessage(MimeSource source, MimePart root)
    {
        _source = source;
        Root = root;
    }

    /// <summary>The part that is the whole message.</summary>
    public MimePart Root { get; }

    /// <summary>The message's header fields.</summary>
    public ParsedHeaders Headers => Root.Headers;

    /// <summary>Where the message begins: 0, or for an enclosed one its place in the message around it, in octets.</summary>
    public long Offset => Root.Offset;

    /// <summary>What is wrong with the message and was tolerated: the structure after <see cref="Parse"/>; text and headers once they were asked for.
    /// At most <see cref="MimeLimits.MaxDefects"/>; those of messages within are among them.</summary>
    public IReadOnlyList<MimeDefect> Defects => _source.Defects;

    /// <summary>The subject, decoded, or <see langword="null"/>. One line: control characters, which an encoded word can hold, are spaces.</summary>
    public string? Subject => field ??= Headers["Subject"] is { } subject ? OneLine.Of(subject.Value) : null;

    /// <summary>The authors.</summary>
    public IReadOnlyList<ParsedMailbox> From => field ??= Addresses("From");

    /// <summary>Who sent it on behalf of <see cref="From"/>; one mailbox in a valid message.</summary>
    public IReadOnlyList<ParsedMailbox> Sender => field ??= Addresses("Sender");

    /// <summary>The visible recipients.</summary>
    public IReadOnlyList<ParsedMailbox> To => field ??= Addresses("To");

    /// <summary>The visible recipients of a copy.</summary>
    public IReadOnlyList<ParsedMailbox> Cc => field ??= Addresses("Cc");

    /// <summary>Blind recipients, where a program forgot to remove them or the message is a draft.</summary>
    public IReadOnlyList<ParsedMailbox> Bcc => field ??= Addresses("Bcc");

    /// <summary>Where answers go.</summary>
    public IReadOnlyList<ParsedMailbox> ReplyTo => field ??= Addresses("Reply-To");

    /// <summary>When the author completed the message; <see langword="null"/> when it is not said, or in no form of <see cref="MailDateParser"/>.</summary>
    public DateTimeOffset? Date
    {
        get
        {
            foreach (ParsedHeader header in Headers.GetAll("Date"))
            {
                if (MailDateParser.TryParse(header.UnfoldedValue, out DateTimeOffset date, out int error)) return date;
                _source.Note(MimeDefectKind.InvalidHeaderValue, header.Offset, $"The date cannot be read from its character {error} on.");
            }
            return null;
        }
    }

    /// <summary>The id of the message without angle brackets, or <see langword="null"/>.</summary>
    public string? MessageId => field ??= MessageIds.First(Headers, "Message-ID");

    /// <summary>The ids of the messages it answers, without angle brackets.</summary>
    public IReadOnlyList<string> InReplyTo => field ??= MessageIds.All(Headers, "In-Reply-To");

    /// <summary>The ids of the conversation it belongs to, oldest first, without angle brackets.</summary>
    public IReadOnlyList<string> References => field ??= MessageIds.All(Headers, "References");

    /// <summary>The plain text: of all parts that are shown as such, joined by a line end; <see langword="null"/> when there are none. The text of a message within
    /// counts where that is neither attached nor returned by a report.</summary>
    public string? TextBody => field ??= Bodies.Join("text/plain");

    /// <summary>The HTML: of all parts that are shown as such, joined by a line end; <see langword="null"/> when there are none.</summary>
    public string? HtmlBody => field ??= Bodies.Join("text/html");

    /// <summary>The leaves that are not shown as text: files, inline images, attached messages, delivery reports and what they return. A message within that is
    /// not attached is shown as part of this one, so its leaves are told apart in the same way.</summary>
    public IReadOnlyList<MimePart> Attachments => Bodies.Attachments;

    private MessageBodies Bodies => _bodies ??= new MessageBodies(Root);

    /// <summary>Reads a message.</summary>
    /// <param name="message">The octets from the first header on; the "From " line of an mbox file may stand before it. They must not change while the result is used.</param>
    /// <param name="limits">What the message may cost; <see cref="MimeLimits.Default"/> when <see langword="null"/>.</param>
    /// <exception cref="MimeFormatException">The message is larger than <see cref="MimeLimits.MaxMessageBytes"/>, or one of its header sections than
    /// <see cref="MimeLimits.MaxHeaderBytes"/>. Everything else is read.</exception>
    public static ParsedMessage Parse(ReadOnlyMemory<byte> message, MimeLimits? limits = null)
    {
        limits ??= MimeLimits.Default;
        if (message.Length > limits.MaxMessageBytes)
            throw new MimeFormatException(new MimeDefect(MimeDefectKind.MessageTooLarge, limits.MaxMessageBytes, $"The message has {message.Length} octets; {limits.MaxMessageBytes} are read at most."));
        return new MimeTreeParser(new MimeSource(message, limits)).Parse();
    }

    /// <summary>Reads a message as <see cref="Parse"/> does.</summary>
    /// <param name="message">The octets from the first header on.</param>
    /// <param name="parsed">The message, or <see langword="null"/> when the result is <see langword="false"/>.</param>
    /// <param name="error">What cannot be read and where, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <param name="limits">What the message may cost; <see cref="MimeLimits.Default"/> when <see langword="null"/>.</param>
    /// <returns>Whether the message can be read within the limits.</returns>
    public static bool TryParse(
        ReadOnlyMemory<byte> message, [NotNullWhen(true)] out ParsedMessage? parsed, [NotNullWhen(false)] out MimeDefect? error, MimeLimits? limits = null)
    {
        try
        {
            (parsed, error) = (Parse(message, limits), null);
            return true;
        }
        catch (MimeFormatException e)
        {
            (parsed, error) = (null, e.Defect);
            return false;
        }
    }

    private IReadOnlyList<ParsedMailbox> Addresses(string name)
    {
        IReadOnlyList<ParsedMailbox>? all = null;
        foreach (ParsedHeader header in Headers.GetAll(name))
        {
            IReadOnlyList<ParsedMailbox> some = AddressListParser.Parse(header.UnfoldedValue, _source, header.Offset, out _);
            all = all is null ? some : [.. all, .. some];
        }
        return all ?? [];
    }
}

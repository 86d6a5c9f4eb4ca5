using System.Diagnostics.CodeAnalysis;
using System.Text;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Protocol.Calendar;

/// <summary>What one attendee has answered to an invitation, read from a mail (RFC 5546 §3.2.3). Nothing in it is proven: anybody can send one, so compare the attendee
/// with the mail's sender and with who was invited.</summary>
public sealed class CalendarReply
{
    /// <summary>No calendar of a reply is this large, in octets.</summary>
    public const int MaxSize = 1024 * 1024;

    internal CalendarReply(string uid, string attendee)
    {
        Uid = uid;
        Attendee = attendee;
    }

    /// <summary>The event's id, as it was invited to.</summary>
    public string Uid { get; }

    /// <summary>Who answers: a mail address as the calendar names it, without <c>mailto:</c>. Not checked.</summary>
    public string Attendee { get; }

    /// <summary>The name of who answers, or <see langword="null"/>.</summary>
    public string? AttendeeName { get; internal init; }

    /// <summary>The answer. <see cref="AttendeeStatus.NeedsAction"/> when the calendar says none that RFC 5545 knows.</summary>
    public AttendeeStatus Status { get; internal init; }

    /// <summary>Who comes instead, when <see cref="Status"/> is <see cref="AttendeeStatus.Delegated"/> and the calendar says it.</summary>
    public string? DelegatedTo { get; internal init; }

    /// <summary>A word to the organizer, with LF line ends, or <see langword="null"/>. Many programs write it into the mail's text instead.</summary>
    public string? Comment { get; internal init; }

    /// <summary>Which version of the event was answered; 0 when it is not said.</summary>
    public int Sequence { get; internal init; }

    /// <summary>When the answer was given (DTSTAMP), or <see langword="null"/>. The later of two answers to the same version counts (RFC 5546 §2.1.5).</summary>
    public DateTimeOffset? Stamp { get; internal init; }

    /// <summary>The repetition that was answered, as the calendar writes its start (such as <c>20260305T120000Z</c>), or <see langword="null"/> for all.</summary>
    public string? RecurrenceId { get; internal init; }

    /// <summary>Whether the attendee proposes another time (method COUNTER, RFC 5546 §3.2.7) rather than answering.</summary>
    public bool IsCounterProposal { get; internal init; }

    /// <summary>The start that is proposed or was answered, as the calendar writes it, or <see langword="null"/>.</summary>
    public string? Start { get; internal init; }

    /// <summary>Reads a calendar.</summary>
    /// <param name="calendar">The iCalendar data in UTF-8, at most <see cref="MaxSize"/> octets.</param>
    /// <param name="replies">One for each event and attendee in it; empty when the result is <see langword="false"/>.</param>
    /// <param name="error">One sentence for people that says why it is no reply, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether it is a calendar with the method REPLY or COUNTER in which at least one attendee answers.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> calendar, out IReadOnlyList<CalendarReply> replies, [NotNullWhen(false)] out string? error)
    {
        replies = [];
        if (calendar.Length > MaxSize)
        {
            error = $"The calendar is larger than {MaxSize} octets.";
            return false;
        }
        error = new CalendarReplyReader().Read(calendar, out List<CalendarReply> found);
        if (error is null) replies = found;
        return error is null;
    }

    /// <summary>Looks for replies in a mail: in its parts text/calendar, and in attached files when there is none among those.</summary>
    /// <param name="message">The mail.</param>
    /// <returns>What the first calendar says that is a reply; empty when there is none.</returns>
    public static IReadOnlyList<CalendarReply> FindIn(ParsedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        List<MimePart> calendars = [];
        List<MimePart> files = [];
        Collect(message.Root, calendars, files);
        foreach (MimePart part in calendars.Concat(files))
            if (TryParse(Utf8Of(part), out IReadOnlyList<CalendarReply> replies, out _)) return replies;
        return [];
    }

    private static void Collect(MimePart root, List<MimePart> calendars, List<MimePart> files)
    {
        Stack<MimePart> parts = new([root]);
        while (parts.TryPop(out MimePart? part))
        {
            for (int i = part.Parts.Count - 1; i >= 0; i--) parts.Push(part.Parts[i]);
            if (part.RawContent.Length > 2 * MaxSize) continue;
            if (part.ContentType.MediaType == "text/calendar") calendars.Add(part);
            else if (part.ContentType.MediaType == "application/ics" || part.FileName?.EndsWith(".ics", StringComparison.OrdinalIgnoreCase) == true) files.Add(part);
        }
    }

    private static byte[] Utf8Of(MimePart part) =>
        part.Charset is null || part.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || part.Charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)
            ? part.DecodeContent()
            : Encoding.UTF8.GetBytes(part.DecodeText());
}

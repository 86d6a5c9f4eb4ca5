using System.Globalization;

namespace Mail.Protocol.Calendar;

/// <summary>Collects what the events of one calendar say.</summary>
internal sealed class CalendarReplyReader
{
    private const int MaxReplies = 1000;

    private readonly List<CalendarReply> _replies = [];
    private readonly List<ContentLine> _attendees = [];
    private string? _method;
    private string? _uid, _comment, _recurrenceId, _start;
    private int _sequence;
    private DateTimeOffset? _stamp;

    /// <returns>Why it is no reply, or null.</returns>
    public string? Read(ReadOnlyMemory<byte> calendar, out List<CalendarReply> replies)
    {
        replies = _replies;
        bool isCalendar = false;
        int eventDepth = 0; // alarms within an event have properties of the same names
        foreach (ContentLine line in ContentLineReader.Read(calendar))
        {
            string value = line.Value.Trim();
            if (line.Name == "BEGIN")
            {
                isCalendar |= value.Equals("VCALENDAR", StringComparison.OrdinalIgnoreCase);
                if (eventDepth > 0) eventDepth++;
                else if (value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase))
                {
                    eventDepth = 1;
                    StartEvent();
                }
            }
            else if (line.Name == "END")
            {
                if (eventDepth == 1) EndEvent();
                if (eventDepth > 0) eventDepth--;
            }
            else if (line.Name == "METHOD" && eventDepth == 0) _method ??= value.ToUpperInvariant();
            else if (eventDepth == 1) Take(line, value);
        }
        if (!isCalendar) return "It is no calendar.";
        if (_method is not ("REPLY" or "COUNTER")) return "The calendar is no reply.";
        return _replies.Count == 0 ? "No attendee answers in the calendar." : null;
    }

    private void StartEvent()
    {
        _attendees.Clear();
        _uid = _comment = _recurrenceId = _start = null;
        _sequence = 0;
        _stamp = null;
    }

    private void Take(ContentLine line, string value)
    {
        switch (line.Name)
        {
            case "UID": _uid ??= CalendarText.Unescape(value); break;
            case "ATTENDEE": if (_attendees.Count < MaxReplies) _attendees.Add(line); break;
            case "COMMENT": _comment ??= CalendarText.Unescape(line.Value); break;
            case "RECURRENCE-ID": _recurrenceId ??= value; break;
            case "DTSTART": _start ??= value; break;
            case "SEQUENCE": if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int sequence)) _sequence = sequence; break;
            case "DTSTAMP": _stamp ??= CalendarTimeParser.TryParse(value, out CalendarTime? stamp) ? new DateTimeOffset(stamp.Utc) : null; break;
            default: break;
        }
    }

    private void EndEvent()
    {
        if (string.IsNullOrWhiteSpace(_uid)) return;
        foreach (ContentLine line in _attendees)
        {
            // iCloud names a person by a path and the address beside it.
            if (Address(line.Value) is not { } address && (address = Address(line["EMAIL"])) is null) continue;
            if (_replies.Count == MaxReplies) return;
            _replies.Add(new CalendarReply(_uid, address)
            {
                AttendeeName = string.IsNullOrWhiteSpace(line["CN"]) ? null : line["CN"],
                Status = CalendarNames.Status(line["PARTSTAT"]),
                DelegatedTo = Address(line["DELEGATED-TO"]),
                Comment = string.IsNullOrWhiteSpace(_comment) ? null : _comment,
                Sequence = _sequence,
                Stamp = _stamp,
                RecurrenceId = _recurrenceId,
                IsCounterProposal = _method == "COUNTER",
                Start = _start,
            });
        }
    }

    private static string? Address(string? value)
    {
        if (value is null) return null;
        ReadOnlySpan<char> text = value.AsSpan().Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text["mailto:".Length..];
        else if (text.Contains(':') || text.Contains('/')) return null; // another kind of URL
        string address = Uri.UnescapeDataString(text).Trim();
        return address.Contains('@', StringComparison.Ordinal) ? address : null;
    }
}

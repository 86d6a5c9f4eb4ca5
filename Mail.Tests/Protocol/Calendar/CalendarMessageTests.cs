using System.Buffers;
using System.Text;
using System.Text.Unicode;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Calendar;
using Mail.Protocol.Mime;
using Mail.Tests.Protocol.Mime;

namespace Mail.Tests.Protocol.Calendar;

public sealed class CalendarMessageTests
{
    private static readonly TimeZoneInfo _paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Fact]
    public void An_invitation_says_when_where_and_who() => Assert.Equal(
        """
        BEGIN:VCALENDAR
        PRODID:-//Mail//Mail.Protocol//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:REQUEST
        BEGIN:VTIMEZONE
        TZID:Europe/Paris
        BEGIN:DAYLIGHT
        DTSTART:20250330T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:20251026T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:interview-42@example.com
        DTSTAMP:20260301T080000Z
        SEQUENCE:1
        DTSTART;TZID=Europe/Paris:20260305T140000
        DTEND;TZID=Europe/Paris:20260305T150000
        SUMMARY:Entretien : développeuse\, équipe A\; 2e tour
        ORGANIZER;CN="Smith, Ann":mailto:ann@example.com
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=
         TRUE;CN=Bob ^'the boss^':mailto:%22bob%20b%22@xn--bcher-kva.example
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:c@
         example.com
        DESCRIPTION:Line one\nC:\\path
        LOCATION:12\, rue de l'Église
        URL:https://example.com/a?b=c
        CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example.com/x
        STATUS:CONFIRMED
        TRANSP:OPAQUE
        BEGIN:VALARM
        ACTION:DISPLAY
        DESCRIPTION:Entretien : développeuse\, équipe A\; 2e tour
        TRIGGER:-P1DT1H0M5S
        END:VALARM
        END:VEVENT
        END:VCALENDAR

        """.ReplaceLineEndings("\r\n"), CalendarMessage.Request(Interview()).ToString());

    [Fact]
    public void A_cancellation_names_the_event_and_nothing_to_do()
    {
        string written = CalendarMessage.Cancel(Interview()).ToString();

        Assert.Contains("\r\nMETHOD:CANCEL\r\n", written, StringComparison.Ordinal);
        Assert.Contains("\r\nUID:interview-42@example.com\r\n", written, StringComparison.Ordinal);
        Assert.Contains("\r\nSEQUENCE:1\r\n", written, StringComparison.Ordinal);
        Assert.Contains("\r\nSTATUS:CANCELLED\r\n", written, StringComparison.Ordinal);
        Assert.DoesNotContain("VALARM", written, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_names_only_who_answers()
    {
        string written = CalendarMessage.Reply(Interview(), EmailAddress.Parse("c@example.com"), AttendeeStatus.Declined, "Sorry,\r\nno").ToString();

        Assert.Contains("\r\nMETHOD:REPLY\r\n", written, StringComparison.Ordinal);
        Assert.Contains("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED:mailto:c@\r\n example.com\r\nCOMMENT:Sorry\\,\\nno\r\n", written, StringComparison.Ordinal);
        Assert.Single(written.Split("\r\n"), line => line.StartsWith("ATTENDEE", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mail_carries_it_as_its_last_form_and_as_a_file()
    {
        MimeMessage mail = new()
        {
            From = EmailAddress.Parse("ann@example.com"), To = { EmailAddress.Parse("bob@example.com") }, Subject = "Invitation", Date = DateTimeOffset.UnixEpoch, MessageId = "1@example.com",
            BoundarySeed = "test", TextBody = "You are invited.", HtmlBody = "<p>You are invited.</p>",
        };
        CalendarMessage invitation = CalendarMessage.Request(Interview());

        invitation.AddTo(mail);

        string written = MimeMessageTests.Write(mail);
        int html = written.IndexOf("Content-Type: text/html", StringComparison.Ordinal);
        int form = written.IndexOf("--=_test_3\r\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nBEGIN:VCALENDAR\r\n", StringComparison.Ordinal);
        int file = written.IndexOf("--=_test_1\r\nContent-Type: application/ics\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"invite.ics\"\r\n", StringComparison.Ordinal);
        Assert.True(html > 0 && form > html && file > form, written);
    }

    [Fact]
    public void Days_moments_and_repetitions_have_their_own_forms()
    {
        CalendarEvent days = new()
        {
            Uid = "u", Stamp = DateTimeOffset.UnixEpoch, Summary = "s", Organizer = EmailAddress.Parse("a@example.com"), Attendees = { new(EmailAddress.Parse("b@example.com")) },
            Start = CalendarTime.On(new DateOnly(2026, 3, 5)), End = CalendarTime.On(new DateOnly(2026, 3, 7)), Recurrence = RecurrenceRule.Parse("freq=yearly;until=20300305"),
            Exceptions = { CalendarTime.On(new DateOnly(2027, 3, 5)) }, IsFree = true, IsPrivate = true, Status = EventStatus.Tentative,
        };
        CalendarEvent moment = new()
        {
            Uid = "u", Stamp = DateTimeOffset.UnixEpoch, Summary = "s", Organizer = EmailAddress.Parse("a@example.com"), Attendees = { new(EmailAddress.Parse("b@example.com")) },
            Start = CalendarTime.At(new DateTimeOffset(2026, 3, 5, 14, 0, 0, 999, TimeSpan.FromHours(1))), RecurrenceId = CalendarTime.At(DateTimeOffset.UnixEpoch),
        };

        string written = CalendarMessage.Request(days).ToString();
        Assert.Contains(
            "DTSTART;VALUE=DATE:20260305\r\nDTEND;VALUE=DATE:20260307\r\nRRULE:FREQ=YEARLY;UNTIL=20300305\r\nEXDATE;VALUE=DATE:20270305\r\n", written, StringComparison.Ordinal);
        Assert.Contains("STATUS:TENTATIVE\r\nTRANSP:TRANSPARENT\r\nCLASS:PRIVATE\r\n", written, StringComparison.Ordinal);
        Assert.DoesNotContain("VTIMEZONE", written, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20260305T130000Z\r\nRECURRENCE-ID:19700101T000000Z\r\n", CalendarMessage.Request(moment).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_contradicts_itself_is_refused()
    {
        CalendarTime noon = CalendarTime.In(new DateTime(2026, 3, 5, 12, 0, 0), _paris), day = CalendarTime.On(new DateOnly(2026, 3, 5));

        Assert.Contains("before it starts", Refusal(Event(noon, CalendarTime.At(new DateTimeOffset(2026, 3, 5, 10, 59, 59, TimeSpan.Zero)))), StringComparison.Ordinal);
        Assert.Contains("before it starts", Refusal(Event(day, day)), StringComparison.Ordinal);
        Assert.Contains("before it starts", Refusal(Event(day, noon)), StringComparison.Ordinal);
        Assert.Contains("UNTIL", Refusal(Event(noon, null, "FREQ=DAILY;UNTIL=20260401")), StringComparison.Ordinal);
        Assert.Contains("attendee", Refusal(Event(noon, null, null, invites: false)), StringComparison.Ordinal);
        Assert.Contains("skip", Assert.Throws<ArgumentException>(() => CalendarTime.In(new DateTime(2026, 3, 29, 2, 30, 0), _paris)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CalendarMessage.Reply(Interview(), EmailAddress.Parse("a@b"), AttendeeStatus.NeedsAction));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalendarAlarm(TimeSpan.FromSeconds(-1)));
        CalendarMessage.Request(Event(noon, CalendarTime.At(new DateTimeOffset(2026, 3, 5, 11, 0, 0, TimeSpan.Zero))));
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=MO,-1WE,+2FR;COUNT=10", null)]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1,-1;BYSETPOS=-1;BYHOUR=9;BYMINUTE=0;BYSECOND=0;BYMONTH=1;BYWEEKNO=-53;BYYEARDAY=366;UNTIL=20300101T000000Z", null)]
    [InlineData("BYDAY=MO", "FREQ")]
    [InlineData("FREQ=DAILY;COUNT=1;UNTIL=20300101", "both")]
    [InlineData("FREQ=DAILY;FREQ=DAILY", "twice")]
    [InlineData("FREQ=DAILY;COUNT=0", "COUNT=0")]
    [InlineData("FREQ=DAILY;COUNT=-1", "COUNT=-1")]
    [InlineData("FREQ=DAILY;BYHOUR=24", "BYHOUR=24")]
    [InlineData("FREQ=DAILY;BYMONTHDAY=0", "BYMONTHDAY=0")]
    [InlineData("FREQ=DAILY;UNTIL=20300101T000000", "UNTIL")]
    [InlineData("FREQ=DAILY;X-A=1", "X-A")]
    [InlineData("FREQ=DAILY;", "not part")]
    [InlineData("FREQ=DAILY\r\nATTENDEE:mailto:x@example.com", "U+000D")]
    [InlineData("", "1 to 1000")]
    public void A_recurrence_rule_is_checked(string text, string? reason)
    {
        bool isRule = RecurrenceRule.TryParse(text, out RecurrenceRule? rule, out string? error);

        Assert.Equal(reason is null, isRule);
        if (reason is null) Assert.Equal(text, rule!.ToString());
        else Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_is_longer_than_75_octets_or_ends_within_a_character() =>
        Prop.ForAll(RandomMail.Line.ToArbitrary(), text =>
        {
            CalendarEvent e = new()
            {
                Uid = "u", Stamp = DateTimeOffset.UnixEpoch, Start = CalendarTime.At(DateTimeOffset.UnixEpoch), Summary = text, Description = text + "\n" + text,
                Organizer = EmailAddress.Parse("a@example.com").WithDisplayName(text), Attendees = { new(EmailAddress.Parse("b@example.com").WithDisplayName(text)) },
            };
            ArrayBufferWriter<byte> output = new();
            CalendarMessage.Request(e).WriteTo(output);
            ReadOnlySpan<byte> bytes = output.WrittenSpan;
            foreach (Range range in bytes.Split("\r\n"u8))
                if (bytes[range].Length > 75 || bytes[range].IndexOfAny((byte)'\r', (byte)'\n') >= 0 || !Utf8.IsValid(bytes[range])) return false;
            string written = Encoding.UTF8.GetString(bytes);
            string unfolded = written.Replace("\r\n ", "", StringComparison.Ordinal);
            return unfolded.Contains($"\r\nSUMMARY:{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)}\r\n", StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(30));

    internal static CalendarEvent Interview() => new()
    {
        Uid = "interview-42@example.com",
        Sequence = 1,
        Stamp = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(1)),
        Start = CalendarTime.In(new DateTime(2026, 3, 5, 14, 0, 0), _paris),
        End = CalendarTime.In(new DateTime(2026, 3, 5, 15, 0, 0), _paris),
        Summary = "Entretien : développeuse, équipe A; 2e tour",
        Description = "Line one\r\nC:\\path",
        Location = "12, rue de l'Église",
        Url = new Uri("https://example.com/a?b=c"),
        Conference = new Uri("https://meet.example.com/x"),
        Organizer = EmailAddress.Parse("\"Smith, Ann\" <ann@example.com>"),
        Attendees =
        {
            new(EmailAddress.Parse("\"Bob \\\"the boss\\\"\" <\"bob b\"@bücher.example>")),
            new(EmailAddress.Parse("c@example.com")) { Role = AttendeeRole.Optional, Status = AttendeeStatus.Accepted, WantsReply = false },
        },
        Alarms = { new(new TimeSpan(1, 1, 0, 5)) },
    };

    private static CalendarEvent Event(CalendarTime start, CalendarTime? end, string? rule = null, bool invites = true)
    {
        CalendarEvent e = new()
        {
            Uid = "u", Stamp = DateTimeOffset.UnixEpoch, Summary = "s", Organizer = EmailAddress.Parse("a@example.com"), Start = start, End = end, Recurrence = rule is null ? null : RecurrenceRule.Parse(rule),
        };
        if (invites) e.Attendees.Add(new(EmailAddress.Parse("b@example.com")));
        return e;
    }

    private static string Refusal(CalendarEvent e) => Assert.Throws<ArgumentException>(() => CalendarMessage.Request(e)).Message;
}

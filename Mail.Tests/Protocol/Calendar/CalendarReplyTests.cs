using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Calendar;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Protocol.Calendar;

public sealed class CalendarReplyTests
{
    [Fact]
    public void Our_own_answer_is_read()
    {
        CalendarMessage reply = CalendarMessage.Reply(CalendarMessageTests.Interview(), EmailAddress.Parse("Zoé \"Z\" <zoé@bücher.example>"), AttendeeStatus.Tentative, "Peut-être,\nà voir; \\o/");

        CalendarReply read = Single(reply.ToString());

        Assert.Equal("interview-42@example.com", read.Uid);
        Assert.Equal("zoé@xn--bcher-kva.example", read.Attendee);
        Assert.Equal("Zoé Z", read.AttendeeName);
        Assert.Equal(AttendeeStatus.Tentative, read.Status);
        Assert.Equal("Peut-être,\nà voir; \\o/", read.Comment);
        Assert.Equal(1, read.Sequence);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), read.Stamp);
        Assert.Equal("20260305T140000", read.Start);
        Assert.False(read.IsCounterProposal);
    }

    // Written after what calendar programs send; none of their text.
    [Theory]
    [InlineData("begin:vcalendar\nmethod:reply\nbegin:vevent\nuid:1\nattendee;partstat=accepted:MAILTO:Bob@Example.com\nend:vevent\nend:vcalendar\n", "1 Bob@Example.com Accepted")]
    [InlineData("BEGIN:VCALENDAR\rMETHOD:REPLY\rBEGIN:VEVENT\rUID:1\rATTENDEE;PARTSTAT=DECLINED:mailto:b@x.com\rEND:VEVENT\r", "1 b@x.com Declined")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:04000\r\n 0008\r\n\t200\r\nATTENDEE;CN=\"a:b;c\";PARTSTAT=\"ACCEPTED\":ma\r\n ilto:b@x.com\r\nEND:VEVENT\r\n", "040000008200 b@x.com Accepted")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\nATTENDEE;EMAIL=b@x.com;PARTSTAT=ACCEPTED:/aMTA/principal/\r\nEND:VEVENT\r\n", "1 b@x.com Accepted")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VTIMEZONE\r\nUID:9\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nBEGIN:VALARM\r\nUID:8\r\nATTENDEE:mailto:alarm@x.com\r\nEND:VALARM\r\nUID:1\r\nATTENDEE;PARTSTAT=X-LATER:mailto:b@x.com\r\nEND:VEVENT\r\n", "1 b@x.com NeedsAction")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nnonsense\r\n;:\r\n:\r\nBEGIN:VEVENT\r\nUID:1\r\nATTENDEE;PARTSTAT=ACCEPTED;CN=\"open:mailto:x\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:b%2Bc@x.com\r\nEND:VEVENT\r\n", "1 b+c@x.com Accepted")]
    public void Answers_of_other_programs_are_read(string calendar, string expected)
    {
        CalendarReply reply = Single(calendar);

        Assert.Equal(expected, $"{reply.Uid} {reply.Attendee} {reply.Status}");
    }

    [Fact]
    public void Each_repetition_that_was_answered_is_there()
    {
        const string Calendar = """
            BEGIN:VCALENDAR
            METHOD:REPLY
            BEGIN:VEVENT
            UID:1
            RECURRENCE-ID:20260305T120000Z
            ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:c@x.com":mailto:b@x.com
            END:VEVENT
            BEGIN:VEVENT
            UID:1
            RECURRENCE-ID:20260312T120000Z
            SEQUENCE:2
            ATTENDEE;PARTSTAT=DECLINED:mailto:b@x.com
            END:VEVENT
            END:VCALENDAR
            """;

        Assert.True(CalendarReply.TryParse(Encoding.UTF8.GetBytes(Calendar), out IReadOnlyList<CalendarReply> replies, out string? error), error);

        Assert.Equal(
            [("20260305T120000Z", AttendeeStatus.Delegated, "c@x.com", 0), ("20260312T120000Z", AttendeeStatus.Declined, null, 2)],
            replies.Select(r => (r.RecurrenceId, r.Status, r.DelegatedTo, r.Sequence)));
    }

    [Fact]
    public void A_character_that_was_folded_in_two_is_whole_again()
    {
        byte[] folded = [.. "BEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\nBEGIN:VEVENT\r\nUID:1\r\nCOMMENT:"u8, 0xC3, .. "\r\n "u8, 0xA9, .. "\r\nATTENDEE:mailto:b@x.com\r\nDTSTART:20260305\r\nEND:VEVENT\r\n"u8];

        Assert.True(CalendarReply.TryParse(folded, out IReadOnlyList<CalendarReply> replies, out _));

        Assert.Equal(("é", true, "20260305"), (replies[0].Comment, replies[0].IsCounterProposal, replies[0].Start));
    }

    [Theory]
    [InlineData("", "no calendar")]
    [InlineData("From: a@b\r\n\r\nhello", "no calendar")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR", "no reply")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR", "no reply")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n", "No attendee")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:b@x.com\r\nEND:VEVENT\r\n", "No attendee")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\nATTENDEE:urn:uuid:1\r\nEND:VEVENT\r\n", "No attendee")]
    public void Everything_else_is_no_answer(string calendar, string reason)
    {
        Assert.False(CalendarReply.TryParse(Encoding.UTF8.GetBytes(calendar), out IReadOnlyList<CalendarReply> replies, out string? error));

        Assert.Empty(replies);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_is_found_in_a_mail()
    {
        MimeMessage mail = new() { From = EmailAddress.Parse("c@example.com"), Date = DateTimeOffset.UnixEpoch, MessageId = "1@example.com", TextBody = "Accepted: é" };
        CalendarMessage.Reply(CalendarMessageTests.Interview(), EmailAddress.Parse("c@example.com"), AttendeeStatus.Accepted).AddTo(mail);
        ArrayBufferWriter<byte> bytes = new();
        mail.WriteTo(bytes);

        CalendarReply reply = Assert.Single(CalendarReply.FindIn(ParsedMessage.Parse(bytes.WrittenMemory)));

        Assert.Equal(("c@example.com", AttendeeStatus.Accepted), (reply.Attendee, reply.Status));
    }

    [Fact]
    public void An_answer_is_found_in_a_file_in_another_charset_and_nowhere_else()
    {
        byte[] latin1 = Encoding.Latin1.GetBytes(
            "From: a@b\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream; charset=iso-8859-1; name=reply.ics\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\nCOMMENT:é\r\nATTENDEE:mailto:b@x.com\r\nEND:VEVENT\r\n");

        Assert.Equal("é", Assert.Single(CalendarReply.FindIn(ParsedMessage.Parse(latin1))).Comment);
        Assert.Empty(CalendarReply.FindIn(ParsedMessage.Parse("Subject: Accepted\r\n\r\nBEGIN:VCALENDAR"u8.ToArray())));
    }

    [Fact]
    public void No_calendar_makes_the_reader_fail() =>
        Prop.ForAll(Gen.Elements(
            "BEGIN:VCALENDAR", "METHOD:REPLY", "BEGIN:VEVENT", "END:VEVENT", "UID:1", "ATTENDEE", ";", ":", "=", "\"", "mailto:a@b", "PARTSTAT=ACCEPTED", "\r\n", "\r\n ", "\n", "\r", "\t", "^n^'^^^", "%zz%", "\\", "é", "\0", "DTSTAMP:2026").ListOf()
            .Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))).ToArbitrary(), calendar =>
        {
            bool isReply = CalendarReply.TryParse(calendar, out IReadOnlyList<CalendarReply> replies, out string? error);
            return isReply ? replies.Count > 0 : error is not null;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(60));

    [Fact]
    public void A_calendar_above_the_limit_is_refused() =>
        Assert.False(CalendarReply.TryParse(new byte[CalendarReply.MaxSize + 1], out _, out _));

    private static CalendarReply Single(string calendar)
    {
        Assert.True(CalendarReply.TryParse(Encoding.UTF8.GetBytes(calendar), out IReadOnlyList<CalendarReply> replies, out string? error), error);
        return Assert.Single(replies);
    }
}

namespace Mail.Tests.Api.Appointments;

/// <summary>Answers to invitations, built as the programs of others build them; the words are ours.</summary>
internal static class CalendarReplyMails
{
    /// <summary>Gmail: text, HTML and calendar beside each other, and the calendar attached in base64.</summary>
    public static string Gmail(string uid, string organizer, string attendee, string status, string stamp, int sequence = 0)
    {
        string calendar = $"""
            BEGIN:VCALENDAR
            PRODID:-//Google Inc//Google Calendar 70.9054//EN
            VERSION:2.0
            CALSCALE:GREGORIAN
            METHOD:REPLY
            BEGIN:VEVENT
            DTSTART:20261203T090000Z
            DTEND:20261203T094500Z
            DTSTAMP:{stamp}
            ORGANIZER;CN=Lea Huber:mailto:{organizer}
            UID:{uid}
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={status};CN=Camille Martin;X-NUM-GUESTS=0:mailto:{attendee}
            CREATED:20261120T120000Z
            LAST-MODIFIED:{stamp}
            SEQUENCE:{sequence}
            STATUS:CONFIRMED
            SUMMARY:Développeuse .NET — Helvia
            TRANSP:OPAQUE
            END:VEVENT
            END:VCALENDAR

            """.ReplaceLineEndings("\r\n");
        return $"""
            Return-Path: <{attendee}>
            MIME-Version: 1.0
            Reply-To: Camille Martin <{attendee}>
            Sender: Google Calendar <calendar-notification@google.example>
            Message-ID: <calendar-{Guid.NewGuid():N}@google.example>
            Date: Fri, 20 Nov 2026 13:00:00 +0000
            Subject: Accepted: =?UTF-8?Q?D=C3=A9veloppeuse?= .NET @ Thu Dec 3, 2026
            From: Camille Martin <{attendee}>
            To: {organizer}
            Content-Type: multipart/mixed; boundary="0000000000001"

            --0000000000001
            Content-Type: multipart/alternative; boundary="0000000000002"

            --0000000000002
            Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes

            Camille Martin has accepted this invitation.
            --0000000000002
            Content-Type: text/html; charset="UTF-8"

            <p>Camille Martin has accepted this invitation.</p>
            --0000000000002
            Content-Type: text/calendar; charset="UTF-8"; method=REPLY
            Content-Transfer-Encoding: base64

            {Base64(calendar)}
            --0000000000002--
            --0000000000001
            Content-Type: application/ics; name="invite.ics"
            Content-Disposition: attachment; filename="invite.ics"
            Content-Transfer-Encoding: base64

            {Base64(calendar)}
            --0000000000001--

            """;
    }

    /// <summary>Outlook: a calendar in quoted-printable with names of zones of its own, SEQUENCE after DTSTAMP, addresses in capitals, words in a COMMENT.</summary>
    public static string Outlook(string uid, string organizer, string attendee, string status, string stamp, int sequence = 0, string method = "REPLY", string start = "20261203T100000") => $"""
        From: "Martin, Camille" <{attendee}>
        To: Lea Huber <{organizer}>
        Subject: Tentative: Interview
        Thread-Topic: Interview
        Date: Fri, 20 Nov 2026 13:10:00 +0000
        Message-ID: <{Guid.NewGuid():N}@prod.outlook.example>
        X-MS-Has-Attach:
        Content-Type: multipart/alternative; boundary="_000_AM9_"
        MIME-Version: 1.0

        --_000_AM9_
        Content-Type: text/plain; charset="iso-8859-1"
        Content-Transfer-Encoding: quoted-printable

        Peut-=EAtre.
        --_000_AM9_
        Content-Type: text/calendar; charset="utf-8"; method={method}
        Content-Transfer-Encoding: quoted-printable

        BEGIN:VCALENDAR
        METHOD:{method}
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:W. Europe Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=3DYEARLY;INTERVAL=3D1;BYDAY=3D-1SU;BYMONTH=3D10
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;PARTSTAT=3D{status};CN=3D"Martin, Camille":MAILTO:{attendee.ToUpperInvariant()}
        COMMENT;LANGUAGE=3Dfr-FR:Peut-=C3=AAtre\, =C3=A0 voir.\n
        UID:{uid}
        SUMMARY;LANGUAGE=3Dfr-FR:Tentative: Interview
        DTSTART;TZID=3DW. Europe Standard Time:{start}
        DTEND;TZID=3DW. Europe Standard Time:20261203T104500
        CLASS:PUBLIC
        PRIORITY:5
        DTSTAMP:{stamp}
        TRANSP:OPAQUE
        STATUS:CONFIRMED
        SEQUENCE:{sequence}
        LOCATION;LANGUAGE=3Dfr-FR:Rue du Rh=C3=B4ne 14
        X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}
        END:VEVENT
        END:VCALENDAR
        --_000_AM9_--

        """;

    /// <summary>Apple: one calendar as a file, 7bit, folded lines, the attendee's address as a parameter beside a path.</summary>
    public static string Apple(string uid, string organizer, string attendee, string status, string stamp, int sequence = 0) => $"""
        From: Camille Martin <{attendee}>
        To: {organizer}
        Subject: Decline: Interview
        Date: Fri, 20 Nov 2026 13:20:00 +0000
        Message-Id: <{Guid.NewGuid():N}@me.example>
        X-Mailer: iCal 15.0
        Mime-Version: 1.0
        Content-Type: multipart/mixed; boundary="Apple-Mail=_1"

        --Apple-Mail=_1
        Content-Type: text/plain; charset=us-ascii

        Camille Martin has declined your invitation.
        --Apple-Mail=_1
        Content-Disposition: attachment; filename=iCal-20261120-132000.ics
        Content-Type: text/calendar; charset=utf-8; name=iCal-20261120-132000.ics; method=REPLY
        Content-Transfer-Encoding: 7bit

        BEGIN:VCALENDAR
        CALSCALE:GREGORIAN
        VERSION:2.0
        METHOD:REPLY
        PRODID:-//Apple Inc.//macOS 15.1//EN
        BEGIN:VEVENT
        UID:{uid[..10]}
         {uid[10..]}
        DTSTART;TZID=Europe/Zurich:20261203T100000
        SEQUENCE:{sequence}
        DTSTAMP:{stamp}
        ATTENDEE;CN="Camille Martin";CUTYPE=INDIVIDUAL;EMAIL="{attendee}";PARTS
         TAT={status}:/aMjU5ODU1NDI1/principal/
        ORGANIZER;CN="Lea Huber":mailto:{organizer}
        END:VEVENT
        END:VCALENDAR

        --Apple-Mail=_1--

        """;

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks);
}

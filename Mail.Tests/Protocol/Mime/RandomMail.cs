using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Mime;

namespace Mail.Tests.Protocol.Mime;

/// <summary>Messages made of what writers get wrong: long words, runs of spaces, other scripts, dots, boundaries, trailing white space.</summary>
internal static class RandomMail
{
    private static readonly Gen<string> _word = Gen.Elements(
        "reset", "a", "Réinitialisation", "日本語のメール", "👩‍👩‍👧", "=?utf-8?Q?x?=", "=", "?", "_", "\"", "\\", "(c)", ",", ";", ".", "--", "From ", "'", "%41",
        "Donaudampfschifffahrtsgesellschaft", new string('w', 90), new string('ü', 50), "&amp;", "<b>", "é", "\u00A0", "�", "end.", ":", "x@y");

    /// <summary>One line of text without control characters; spaces may stand anywhere.</summary>
    public static Gen<string> Line { get; } =
        from words in Gen.Zip(_word, Gen.Elements("", " ", " ", "  ")).ListOf()
        select string.Concat(words.Select(w => w.Item1 + w.Item2));

    private static readonly Gen<string> _body =
        from lines in Gen.Zip(Gen.OneOf(Line, Gen.Elements(".", "..", "From me", "trailing ", "tab\t", "", new string('x', 1200), "\u0001\u007F")), Gen.Elements("\n", "\r\n", "\r", "")).ListOf()
        select string.Concat(lines.Select(l => l.Item1 + l.Item2));

    private static readonly Gen<EmailAddress> _address =
        from name in Gen.OneOf(Gen.Constant<string?>(null), Line.Select(l => (string?)l), Gen.Elements<string?>("Ann Smith", "Smith, Ann", "Ann \"X\" Smith"))
        from mailbox in Gen.Elements("ann@example.com", "\"ann smith\"@example.com", "a.b+c@bücher.example", $"{new string('l', 64)}@{new string('d', 60)}.example")
        select EmailAddress.Parse(mailbox).WithDisplayName(name);

    private static readonly Gen<MimeAttachment> _attachment =
        from name in Gen.OneOf(Gen.Elements("a.pdf", "Facture n° 12 — été.pdf", "履歴書.docx", "a \"b\" \\c;.txt", new string('ж', 120) + ".txt", new string('n', 200) + ".txt", "=?utf-8?Q?x?=.txt"), Line.Select(l => $"x{l[..Math.Min(l.Length, 60)]}.bin"))
        where MimeAttachment.TryCreate(name, null, default, null, out _, out _)
        from type in Gen.Elements<string?>("application/pdf", "text/csv; charset=utf-8", "image/png", null)
        from id in Gen.Elements<string?>(null, null, "logo", "img-1@example.com")
        from content in ArbMap.Default.GeneratorFor<byte[]>()
        select MimeAttachment.Create(name, type, content, id);

    public static Gen<MimeMessage> Message { get; } =
        from @from in _address
        from to in _address.ListOf()
        from cc in _address.ListOf()
        from subject in Line
        from extra in Line.ListOf()
        from text in Gen.OneOf(Gen.Constant<string?>(null), _body.Select(b => (string?)b))
        from html in Gen.OneOf(Gen.Constant<string?>(null), _body.Select(b => (string?)b))
        from attachments in Gen.OneOf(Gen.Constant(new List<MimeAttachment>()), _attachment.ListOf().Select(a => a.ToList()))
        from number in Gen.Choose(1, int.MaxValue)
        select Make(@from, to, cc, subject, extra, text, html, attachments, number);

    /// <summary>The same, a third of them with a calendar as a further form.</summary>
    public static Gen<MimeMessage> MessageWithCalendar { get; } =
        from message in Message
        from calendar in Gen.OneOf(Gen.Constant<string?>(null), Gen.Constant<string?>(null), _body.Select(b => (string?)b))
        select WithCalendar(message, calendar);

    public static MimeMessage WithCalendar(MimeMessage message, string? calendar)
    {
        if (calendar is not null) message.Alternatives.Add(MimeAlternative.Create("text/calendar; method=REQUEST", calendar));
        return message;
    }

    public static MimeMessage Make(
        EmailAddress from, IEnumerable<EmailAddress> to, IEnumerable<EmailAddress> cc, string subject, IEnumerable<string> extra,
        string? text, string? html, List<MimeAttachment> attachments, int number)
    {
        MimeMessage message = new()
        {
            From = from, Subject = subject, TextBody = text, HtmlBody = html, MessageId = $"{number}@example.com", Date = new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero),
        };
        foreach (EmailAddress address in to) message.To.Add(address);
        foreach (EmailAddress address in cc) message.Cc.Add(address);
        int i = 0;
        foreach (string value in extra) message.Headers.Add(MimeHeader.Create($"X-Extra-{i++}", value));
        foreach (MimeAttachment attachment in attachments) message.Attachments.Add(attachment);
        return message;
    }
}

using System.Buffers;
using System.Reflection;
using Mail.Protocol.Calendar;
using Mail.Protocol.Dkim;
using Mail.Protocol.Mime;
using Mail.Protocol.Reports;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol;

/// <summary>Text that could become another header, another calendar property or another command is refused wherever it can be given, and the refusal says where it was.</summary>
public sealed class BadInputTests
{
    private static readonly EmailAddress _ann = EmailAddress.Parse("ann@example.com");
    private static readonly DkimRsaKey _key = DkimRsaKey.Generate(1024);

    /// <summary>A place where text gets in.</summary>
    /// <param name="Names">How the refusal calls it.</param>
    /// <param name="Good">A value that is taken, so that nothing but the bad character is refused.</param>
    /// <param name="Take">Gives the value.</param>
    /// <param name="Allowed">Control characters that have a meaning there and are written in a form of their own.</param>
    private sealed record Field(string Names, string Good, Action<string> Take, string Allowed = "");

    private static readonly Dictionary<string, Field> _fields = new()
    {
        ["AddressHeader.Write(name)"] = new("header's name", "Resent-To", value => AddressHeader.Write(new ArrayBufferWriter<byte>(), value, [_ann])),
        ["EmailAddress.TryParse(input)"] = new("address", "ann@example.com", value => Refuse(EmailAddress.TryParse(value, out _, out string? error), error)),
        ["EmailAddress.TryParseWithLiteral(input)"] = new("address", "ann@[192.0.2.1]", value => Refuse(EmailAddress.TryParseWithLiteral(value, out _, out string? error), error)),
        ["EmailAddress.Parse(input)"] = new("address", "\"Ann B\" <\"a b\"@example.com>", value => EmailAddress.Parse(value)),
        ["EmailAddress.WithDisplayName(displayName)"] = new("address", "Ann", value => _ann.WithDisplayName(value)),
        ["CalendarMessage.AddTo(method)"] = new("content type", "REQUEST", value => CalendarMessage.AddTo(Message(), value, ""), "\t"),
        ["MimeAlternative.TryCreate(contentType)"] = new("content type", "text/calendar; method=REQUEST", value => Refuse(MimeAlternative.TryCreate(value, "", out _, out string? error), error), "\t"),
        ["MimeAlternative.Create(contentType)"] = new("content type", "text/calendar; x=\"a b\"", value => MimeAlternative.Create(value, ""), "\t"),
        ["MimeAttachment.TryCreate(fileName)"] = new("file name", "a.txt", value => Refuse(MimeAttachment.TryCreate(value, null, default, null, out _, out string? error), error)),
        ["MimeAttachment.TryCreate(contentType)"] = new("content type", "text/plain; x=y", value => Refuse(MimeAttachment.TryCreate("a", value, default, null, out _, out string? error), error), "\t"),
        ["MimeAttachment.TryCreate(contentId)"] = new("content id", "logo", value => Refuse(MimeAttachment.TryCreate("a", null, default, value, out _, out string? error), error)),
        ["MimeAttachment.Create(fileName)"] = new("file name", "Reçu.pdf", value => MimeAttachment.Create(value, null, default)),
        ["MimeAttachment.Create(contentType)"] = new("content type", "application/pdf", value => MimeAttachment.Create("a", value, default), "\t"),
        ["MimeAttachment.Create(contentId)"] = new("content id", "a@b", value => MimeAttachment.Create("a", null, default, value)),
        ["MimeAttachment.FromStream(fileName)"] = new("file name", "a.txt", value => MimeAttachment.FromStream(value, null, 0, NoStream)),
        ["MimeAttachment.FromStream(contentType)"] = new("content type", "text/plain; x=\"\\\"\"", value => MimeAttachment.FromStream("a", value, 0, NoStream), "\t"),
        ["MimeAttachment.FromStream(contentId)"] = new("content id", "logo", value => MimeAttachment.FromStream("a", null, 0, NoStream, value)),
        ["MimeAttachment.WithContentLocation(location)"] = new("content location", "https://example.com/a.png", value => MimeAttachment.Create("a", null, default).WithContentLocation(Url(value))),
        ["MimeHeader.TryCreate(name)"] = new("header name", "X-A", value => Refuse(MimeHeader.TryCreate(value, "b", out _, out string? error), error)),
        ["MimeHeader.TryCreate(value)"] = new("header X-A", "b", value => Refuse(MimeHeader.TryCreate("X-A", value, out _, out string? error), error), "\t"),
        ["MimeHeader.Create(name)"] = new("header name", "X-A", value => MimeHeader.Create(value, "b")),
        ["MimeHeader.Create(value)"] = new("header List-Unsubscribe", "<https://example.com/>", value => MimeHeader.Create("List-Unsubscribe", value), "\t"),
        ["MimeMessage.set_Subject(value)"] = new("subject", "Votre code", value => Message(subject: value), "\t"),
        ["MimeMessage.set_MessageId(value)"] = new("message id", "1@example.com", value => Message(id: value)),
        ["MimeMessage.IsValidMessageId(messageId)"] = new("message id", "1@example.com", value => Refuse(MimeMessage.IsValidMessageId(value, out string? error), error)),
        ["MimeMessage.set_BoundarySeed(value)"] = new("boundary seed", "test", value => Message(seed: value)),
        ["ListUnsubscribe.OneClick(url)"] = new("unsubscribe URL", "https://example.com/u", value => ListUnsubscribe.OneClick(Url(value))),
        ["ListUnsubscribe.OneClick(mailto)"] = new("unsubscribe URL", "mailto:u@example.com", value => ListUnsubscribe.OneClick(new Uri("https://example.com/"), Url(value))),
        ["ListUnsubscribe.ByMail(mailto)"] = new("unsubscribe URL", "mailto:u@example.com?subject=x", value => ListUnsubscribe.ByMail(Url(value))),
        ["CalendarEvent.set_Uid(value)"] = new("event UID", "1@example.com", value => Event(uid: value), "\t"),
        ["CalendarEvent.set_Summary(value)"] = new("summary", "Entretien", value => Event(summary: value), "\t"),
        ["CalendarEvent.set_Description(value)"] = new("description", "one; two", value => Event(description: value), "\t\r\n"),
        ["CalendarEvent.set_Location(value)"] = new("location", "Paris", value => Event(location: value), "\t"),
        ["CalendarEvent.set_Url(value)"] = new("event URL", "https://example.com/", value => Event(url: Url(value))),
        ["CalendarEvent.set_Conference(value)"] = new("conference URL", "https://example.com/", value => Event(conference: Url(value))),
        ["CalendarMessage.Reply(comment)"] = new("comment", "Sorry", value => CalendarMessage.Reply(Event(), _ann, AttendeeStatus.Declined, value), "\t\r\n"),
        ["RecurrenceRule.TryParse(text)"] = new("recurrence rule", "FREQ=DAILY;COUNT=2", value => Refuse(RecurrenceRule.TryParse(value, out _, out string? error), error)),
        ["RecurrenceRule.Parse(text)"] = new("recurrence rule", "FREQ=WEEKLY;BYDAY=MO", value => RecurrenceRule.Parse(value)),
        ["CalendarTime.In(zone)"] = new("time zone's name", "Nowhere/Town", value => CalendarTime.In(DateTime.UnixEpoch, TimeZoneInfo.CreateCustomTimeZone(value, TimeSpan.FromHours(1), "x", "x"))),
        ["DeliveryStatusNotification.set_ReportingMta(value)"] = new("reporting MTA", "mail.example.com", value => _ = new DeliveryStatusNotification { ReportingMta = value }),
        ["DeliveryStatusNotification.set_EnvelopeId(value)"] = new("envelope id", "QQ314159", value => _ = new DeliveryStatusNotification { ReportingMta = "a", EnvelopeId = value }),
        ["DeliveryStatusRecipient.set_RemoteMta(value)"] = new("remote MTA", "mx.example.com", value => _ = new DeliveryStatusRecipient(_ann, BounceAction.Failed, default) { RemoteMta = value }),
        ["DkimSignerOptions.set_Domain(value)"] = new("domain", "example.com", value => Signer(domain: value)),
        ["DkimSignerOptions.set_Selector(value)"] = new("selector", "2026a", value => Signer(selector: value)),
        ["DkimHeader.set_Name(value)"] = new("header", "X-A", value => Signer(header: value)),
        ["DkimKeyRecord.NameOf(selector)"] = new("selector", "2026a", value => DkimKeyRecord.NameOf(value, "example.com")),
        ["DkimKeyRecord.NameOf(domain)"] = new("domain", "example.com", value => DkimKeyRecord.NameOf("2026a", value)),
        ["SmtpConnectionOptions.set_Host(value)"] = new("Host", "mail.example.com", value => Options(host: value), "\u2028\u2029\ud800\udc00"),
        ["SmtpConnectionOptions.set_LocalName(value)"] = new("LocalName", "client.example.com", value => Options(localName: value)),
        ["SmtpEnvelope.set_EnvelopeId(value)"] = new("EnvelopeId", "QQ314159", value => _ = new SmtpEnvelope(_ann, [_ann]) { EnvelopeId = value }),
    };

    // Text that gets into no header, property or command: what it is instead.
    private static readonly Dictionary<string, string> _harmless = new()
    {
        ["ContentIds.FindIn(html)"] = "HTML, only read",
        ["CalendarMessage.AddTo(calendar)"] = "a body, encoded",
        ["MimeAlternative.TryCreate(content)"] = "a body, encoded",
        ["MimeAlternative.Create(content)"] = "a body, encoded",
        ["MimeMessage.set_TextBody(value)"] = "a body, encoded",
        ["MimeMessage.set_HtmlBody(value)"] = "a body, encoded",
        ["DkimHeader..ctor(Name)"] = "as its property",
        ["DkimSignerOptions.set_Identity(value)"] = "encoded: dkim-quoted-printable (RFC 6376 §2.11)",
        ["DkimKeyRecord.TryParse(text)"] = "a DNS record, only read",
        ["DkimKeyRecord.Parse(text)"] = "a DNS record, only read",
    };

    public static TheoryData<string> Fields => [.. _fields.Keys];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_character_that_ends_a_line_or_controls_one_is_refused_with_the_field_named(string name)
    {
        Field field = _fields[name];
        field.Take(field.Good);

        IEnumerable<char> bad = Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c).Concat("\u2028\u2029\ud800\udc00").Except(field.Allowed);
        foreach (char c in bad)
        {
            foreach (int position in (int[])[0, field.Good.Length / 2, field.Good.Length])
            {
                string value = field.Good.Insert(position, $"{c}");
                Exception? refusal = Record.Exception(() => field.Take(value));
                Assert.True(refusal is ArgumentException or FormatException, $"U+{(int)c:X4} at {position} of \"{field.Good}\": {refusal?.ToString() ?? "taken"}");
                if (refusal is UriFormatException) continue; // .NET refused it before it was given to us
                Assert.Contains(field.Names, refusal!.Message, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(refusal.Message, char.IsControl); // it may end up in a log
            }
        }
    }

    [Fact]
    public void Every_place_where_text_gets_in_is_tested_here()
    {
        string[] places = [.. typeof(MimeMessage).Assembly.GetExportedTypes()
            .Where(type => type.Namespace is "Mail.Protocol.Mime" or "Mail.Protocol.Calendar" or "Mail.Protocol.Dkim" || type.Name.StartsWith("DeliveryStatus", StringComparison.Ordinal))
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).OfType<MethodBase>())
            .SelectMany(method => method.GetParameters().Where(p => (p.ParameterType == typeof(string) || p.ParameterType == typeof(Uri)) && !p.IsOut).Select(p => $"{method.DeclaringType!.Name}.{method.Name}({p.Name})"))
            .Where(place => !place.Contains(".op_", StringComparison.Ordinal) && !place.StartsWith("DkimVerif", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal)];

        Assert.True(places.Length > 40);
        Assert.Empty(places.Except(_fields.Keys).Except(_harmless.Keys));
    }

    private static void Refuse(bool isTaken, string? error)
    {
        if (!isTaken) throw new FormatException(error);
    }

    private static Uri Url(string text) => new(text, UriKind.RelativeOrAbsolute);

    private static ValueTask<Stream> NoStream(CancellationToken ct) => ValueTask.FromResult(Stream.Null);

    private static MimeMessage Message(string subject = "", string id = "1@example.com", string? seed = null) =>
        new() { From = _ann, Date = DateTimeOffset.UnixEpoch, MessageId = id, Subject = subject, BoundarySeed = seed };

    private static CalendarEvent Event(string uid = "u", string summary = "s", string? description = null, string? location = null, Uri? url = null, Uri? conference = null) => new()
    {
        Uid = uid, Stamp = DateTimeOffset.UnixEpoch, Start = CalendarTime.At(DateTimeOffset.UnixEpoch), Summary = summary, Description = description, Location = location,
        Url = url, Conference = conference, Organizer = _ann, Attendees = { new(_ann) },
    };

    private static void Signer(string domain = "example.com", string selector = "s", string header = "X-A") =>
        _ = new DkimSigner(new DkimSignerOptions { Domain = domain, Selector = selector, Headers = [new DkimHeader("From", DkimCoverage.Present), new DkimHeader(header, DkimCoverage.Present)] }, _key, TimeProvider.System);

    private static void Options(string host = "a", string? localName = null) => new SmtpConnectionOptions { Host = host, Port = 25, LocalName = localName }.Validate();
}

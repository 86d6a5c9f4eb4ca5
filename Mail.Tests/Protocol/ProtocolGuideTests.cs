using System.Buffers;
using System.Net;
using System.Text;
using Mail.Protocol.Calendar;
using Mail.Protocol.Dkim;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;
using Mail.Protocol.Reports;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;
using Mail.Tests.Protocol.Mime;
using Mail.Tests.Protocol.Smtp.Server;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Protocol;

// The examples of docs/guides/protocol.md, word for word; the last test compares.
public sealed class ProtocolGuideTests
{
    [Fact]
    public async Task A_message_is_written_parsed_and_signed()
    {
        TimeProvider clock = TimeProvider.System;
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        byte[] logo = [1, 2, 3];

        MimeMessage message = new()
        {
            From = EmailAddress.Parse("Société Été <no-reply@example.com>"),
            To = { EmailAddress.Parse("zoe@bücher.example") },
            Subject = "Réinitialisation de votre mot de passe",
            Date = clock.GetUtcNow(),
            MessageId = $"{Guid.CreateVersion7()}@example.com",
            TextBody = "Votre code : 493817",
            HtmlBody = "<p>Votre code : <b>493817</b> <img src=\"cid:logo\"></p>",
            Attachments = { MimeAttachment.Create("logo.png", "image/png", logo, contentId: "logo") },
        };
        foreach (MimeHeader header in ListUnsubscribe.OneClick(new Uri("https://example.com/u/7"))) message.Headers.Add(header);

        ArrayBufferWriter<byte> written = new();
        message.WriteTo(written);

        CalendarEvent interview = new()
        {
            Uid = "interview-42@example.com",
            Stamp = clock.GetUtcNow(),
            Start = CalendarTime.In(new DateTime(2026, 3, 5, 14, 0, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")),
            End = CalendarTime.In(new DateTime(2026, 3, 5, 15, 0, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")),
            Summary = "Entretien",
            Organizer = EmailAddress.Parse("Ann <ann@example.com>"),
            Attendees = { new CalendarAttendee(EmailAddress.Parse("zoe@example.net")) },
        };
        CalendarMessage.Request(interview).AddTo(message);

        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, new byte[100_000], cancellationToken);
            FileInfo file = new(path);
            using MemoryStream output = new();

            message.Attachments.Add(MimeAttachment.FromStream("video.mp4", "video/mp4", file.Length, ct => ValueTask.FromResult<Stream>(file.OpenRead())));
            long size = message.ComputeSize();
            await message.WriteToAsync(output, cancellationToken);

            Assert.Equal(size, output.Length);
            Read(output.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
        Sign(written.WrittenMemory, clock);
    }

    private static void Read(byte[] bytes)
    {
        List<string> files = [];

        ParsedMessage parsed = ParsedMessage.Parse(bytes);
        string? subject = parsed.Subject;
        string? html = parsed.HtmlBody;
        foreach (MimePart part in parsed.Attachments) files.Add($"{part.FileName}: {part.DecodeContent().Length} octets");

        Assert.Equal("Réinitialisation de votre mot de passe", subject);
        Assert.Contains("<b>493817</b>", html, StringComparison.Ordinal);
        Assert.Contains("logo.png: 3 octets", files);
        Assert.Contains("video.mp4: 100000 octets", files);
        Assert.Contains(files, file => file.StartsWith("invite.ics: ", StringComparison.Ordinal));
    }

    private static void Sign(ReadOnlyMemory<byte> bytes, TimeProvider clock)
    {
        using DkimRsaKey key = DkimRsaKey.Generate();
        string dnsName = DkimKeyRecord.NameOf("2026a", "example.com");
        string dnsText = DkimKeyRecord.For(key).ToString();

        DkimSigner signer = new(new DkimSignerOptions { Domain = "example.com", Selector = "2026a" }, key, clock);
        ArrayBufferWriter<byte> signed = new();
        signer.Sign(bytes.Span, signed);
        signed.Write(bytes.Span);

        Assert.Equal("2026a._domainkey.example.com", dnsName);
        Assert.StartsWith("v=DKIM1;", dnsText, StringComparison.Ordinal);
        Assert.StartsWith("DKIM-Signature:", Encoding.ASCII.GetString(signed.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_is_sent_and_received()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        ReadOnlyMemory<byte> bytes = "Subject: hello\r\n\r\nworld\r\n"u8.ToArray();
        RecordingHandler handler = new();

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            listen.UseSmtpServer(handler, smtp => smtp.Role = SmtpServerRole.Reception)));
        await using WebApplication host = builder.Build();
        await host.StartAsync(cancellationToken);

        int port = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

        SmtpConnectionOptions options = new() { Host = "127.0.0.1", Port = port, TlsPolicy = SmtpTlsPolicy.None };
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(options, cancellationToken);
        SmtpEnvelope envelope = new(EmailAddress.Parse("bounces@example.com"), [EmailAddress.Parse("zoe@example.net")]);
        SmtpTransactionResult result = await connection.SendAsync(envelope, bytes, cancellationToken);

        Assert.True(result.AllAccepted);
    }

    [Fact]
    public void A_bounce_is_read()
    {
        DeliveryStatusNotification notification = new() { ReportingMta = "mx.example.net", Recipients = { new(EmailAddress.Parse("zoe@example.net"), BounceAction.Failed, new EnhancedStatusCode(5, 1, 1)) } };
        MimeMessage mail = new()
        {
            From = EmailAddress.Parse("postmaster@example.net"), Date = DateTimeOffset.UnixEpoch, MessageId = "1@example.net", TextBody = "No such user.",
            Report = notification.ToReport("Message-ID: <2@example.com>\r\n\r\n"u8.ToArray(), headersOnly: true),
        };
        byte[] bounce = AnyMail.Bytes(mail);
        List<string> suppressed = [];

        MailReport report = ReportReader.Read(bounce);
        foreach (BounceReport failed in report.Bounces)
        {
            if (failed.IsHard) suppressed.Add(failed.Recipient);
        }

        Assert.Equal(["zoe@example.net"], suppressed);
    }

    [Fact]
    public void Every_example_of_the_guide_runs_here()
    {
        string here = OneLine(File.ReadAllText(Repository.Path("Mail.Tests", "Protocol", "ProtocolGuideTests.cs")));
        string[] examples = [.. File.ReadAllText(Repository.Path("docs", "guides", "protocol.md")).ReplaceLineEndings("\n").Split("```csharp\n").Skip(1).Select(piece => piece.Split("```")[0])];

        Assert.Equal(8, examples.Length);
        Assert.All(examples, example => Assert.Contains(OneLine(example), here, StringComparison.Ordinal));
    }

    private static string OneLine(string code) => string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

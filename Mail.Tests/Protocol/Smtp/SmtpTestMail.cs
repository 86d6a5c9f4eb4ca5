using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Smtp;

internal static class SmtpTestMail
{
    public static byte[] Message { get; } = "Subject: test\r\n\r\none\r\n.two\r\n..three\r\n.\r\n"u8.ToArray();

    public static SmtpEnvelope Envelope(params string[] recipients) => new(EmailAddress.Parse("a@example.com"), [.. recipients.Select(EmailAddress.Parse)]);
}

using System.Buffers;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Smtp;

internal static class SmtpTestMail
{
    public static byte[] Message { get; } = "Subject: test\r\n\r\none\r\n.two\r\n..three\r\n.\r\n"u8.ToArray();

    public static SmtpEnvelope Envelope(params string[] recipients) => new(EmailAddress.Parse("a@example.com"), [.. recipients.Select(EmailAddress.Parse)]);

    /// <summary>A message as an application writes it, with what goes wrong easily: dots at line starts, accents, an id of its own to find it by.</summary>
    public static (string Id, ReadOnlyMemory<byte> Bytes) Write()
    {
        string id = $"{Guid.NewGuid():N}@example.com";
        MimeMessage message = new()
        {
            From = EmailAddress.Parse("Änn <a@example.com>"), To = { EmailAddress.Parse("one@box.test") }, Subject = "Réinitialisation du mot de passe",
            Date = DateTimeOffset.UnixEpoch, MessageId = id, TextBody = "Votre code :\n.\n..1234\n.\nFrom here\n", HtmlBody = "<p>Votre code&nbsp;: <b>1234</b></p>",
        };
        ArrayBufferWriter<byte> bytes = new();
        message.WriteTo(bytes);
        return (id, bytes.WrittenMemory);
    }
}

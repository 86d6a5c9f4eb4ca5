using Mail.Tests.Support;

namespace Mail.Tests.EndToEnd;

/// <summary>A message's id stands in its Message-ID, so a second copy shows itself.</summary>
internal static class MessageIds
{
    public static string Of(SmtpSinkMessage message)
    {
        int start = message.Text.IndexOf("Message-ID: <", StringComparison.OrdinalIgnoreCase) + "Message-ID: <".Length;
        return message.Text[start..message.Text.IndexOf('@', start)];
    }
}

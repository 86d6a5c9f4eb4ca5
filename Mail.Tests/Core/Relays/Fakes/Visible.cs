using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>What the headers of a message say about its recipients.</summary>
internal static class Visible
{
    public static IReadOnlyList<string> In(byte[] mime)
    {
        ParsedMessage message = ParsedMessage.Parse(mime);
        return [.. message.To.Concat(message.Cc).Select(mailbox => mailbox.Address)];
    }

    /// <summary>With Bcc, as a provider reads them that has nothing else to go by.</summary>
    public static IReadOnlyList<string> Recipients(byte[] mime) => [.. In(mime), .. ParsedMessage.Parse(mime).Bcc.Select(mailbox => mailbox.Address)];
}

using System.Text;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Protocol.Mime.Parsing;

/// <summary>Samples written as text: lines end with LF here and with CRLF in the message; characters up to U+00FF are octets.</summary>
internal static class ParseSamples
{
    public static ParsedMessage Parse(string text, MimeLimits? limits = null) => ParsedMessage.Parse(Octets(text), limits);

    public static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));

    public static ParsedHeader Header(string value) => ParsedHeaders.Parse(Octets($"X: {value}\n\n"), out _)[0];

    public static string[] Kinds(this ParsedMessage message) => [.. message.Defects.Select(d => d.Kind.ToString())];
}

using System.Text;

namespace Mail.Tests.Protocol.Dkim;

/// <summary>Messages of every shape that canonicalization treats specially, in wire form.</summary>
internal static class SampleMail
{
    private const string Header = "From: Jo <jo@example.com>\r\nTo: Suzie <suzie@example.net>\r\nSubject: Is dinner ready?\r\nDate: Fri, 11 Jul 2026 21:00:37 -0700\r\nMessage-ID: <1@example.com>\r\n";
    private const string Mime = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n";

    /// <summary>Name and octets. The names also name test cases and files.</summary>
    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["plain"] = Octets(Header + "\r\nHi.\r\n\r\nWe lost the game. Are you hungry yet?\r\n\r\nJo.\r\n"),
        ["eight-bit"] = Octets(Header + Mime + "\r\nPříliš žluťoučký kůň. 日本語 🙂\r\n"),
        ["latin-1-octets"] = [.. Octets(Header + Mime + "\r\ncaf"), 0xE9, .. Octets(" \t cr"), 0xE8, .. Octets("me  \r\n")],
        ["long-lines"] = Octets(Header + "\r\n" + new string('x', 998) + "\r\n" + string.Concat(Enumerable.Repeat("word \t", 1000)) + "\r\n"),
        ["empty-body"] = Octets(Header + "\r\n"),
        ["no-body"] = Octets(Header),
        ["one-empty-line"] = Octets(Header + "\r\n\r\n"),
        ["only-empty-lines"] = Octets(Header + "\r\n\r\n\r\n\r\n"),
        ["only-white-space"] = Octets(Header + "\r\n \r\n\t\r\n"),
        ["no-final-line-end"] = Octets(Header + "\r\nThe last line has no end."),
        ["trailing-empty-lines"] = Octets(Header + "\r\nText.\r\n\r\n\r\n\r\n"),
        ["trailing-white-lines"] = Octets(Header + "\r\nText. \r\n \r\n\t \r\n\r\n"),
        ["white-space-runs"] = Octets(Header + "\r\n  begin \t two   three\tfour \t \r\n\t\r\n.dot\r\n..\r\nend\t\r\n"),
        ["leading-empty-lines"] = Octets(Header + "\r\n\r\n\r\nText\r\n"),
        ["folded-headers"] = Octets("From: Jo\r\n <jo@example.com>\r\nTo: a@example.net,\r\n\tb@example.net,\r\n  c@example.net\r\nSubject: one\r\n  two\r\n\t three \r\nDate: Fri, 11 Jul 2026 21:00:37 -0700\r\n\r\nText\r\n"),
        ["repeated-headers"] = Octets("Received: from a\r\nReceived: from b\r\nList-Archive: <https://a.example/1>\r\n" + Header + "List-Archive: <https://a.example/2>\r\nCc: c@example.net\r\nlist-archive: <https://a.example/3>\r\n\r\nText\r\n"),
        ["odd-case"] = Octets("FROM: jo@example.com\r\nto: suzie@example.net\r\nSUBJECT: UPPER\r\nmime-VERSION: 1.0\r\n\r\nText\r\n"),
        ["empty-subject"] = Octets("From: jo@example.com\r\nSubject: \r\nTo: suzie@example.net\r\nReferences: \r\n\r\nText\r\n"),
        ["encoded-and-8bit-header"] = Octets("From: =?utf-8?Q?Jo=C3=A9?= <jo@example.com>\r\nTo: Zoë <zoe@example.net>\r\nSubject: žluť =?x?\r\n\r\nText\r\n"),
        ["list-mail"] = Octets(Header + "List-Unsubscribe: <https://example.com/u/1>,\r\n <mailto:u@example.com>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nFeedback-ID: 1:2:news:example\r\nX-Other: not covered\r\n\r\nText\r\n"),
        ["attack-like"] = Octets(Header + "X-B: v=1; b=abc; bh=def\r\n\r\nDKIM-Signature: v=1; b=abc\r\nFrom: x\r\n\r\n; b=1\r\n"),
    };

    public static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The signature or signatures and the message behind them.</summary>
    public static byte[] Join(ReadOnlyMemory<byte> fields, byte[] message) => [.. fields.Span, .. message];
}

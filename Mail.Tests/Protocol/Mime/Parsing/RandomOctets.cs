using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Mime;

namespace Mail.Tests.Protocol.Mime.Parsing;

/// <summary>Octets from pure noise to mail that is almost right.</summary>
internal static class RandomOctets
{
    private static readonly Gen<string> _piece = Gen.Elements(
        "\r\n", "\n", "\r", "\r\n\r\n", "\n\n", " ", "\t", "\r\n ", "a", "b", ":", ";", ",", "=", "\"", "\\", "(", ")", "<", ">", "@", "[", "]", "*", "'", "%", "%E2", "--", "--b", "--b--", "\n--b\n", "\n--c--\n",
        "From: ", "To: ", "Subject: ", "Date: ", "References: ", "Content-Type: ", "Content-Disposition: attachment", "Content-Transfer-Encoding: ", "From a\n", "a@b.example", "Ann <ann@example.com>", "Group: a@b;",
        "multipart/mixed; boundary=b\n\n--b\n", "multipart/mixed; boundary=\"c\"\n\n--c\n", "multipart/digest; boundary=b", "multipart/report", "message/rfc822\n\n", "text/rfc822-headers\n\n", "text/plain", "text/html; charset=",
        "utf-8", "utf-7", "utf-16", "iso-2022-jp", "gb18030", "windows-1252", "x-none", "hz-gb-2312", "base64\n\n", "quoted-printable\n\n", "x-uuencode\n\nbegin 644 a\n", "end\n", "=?utf-8?Q?", "=?iso-2022-jp?B?", "?=", "=?", "=C3=BC", "=20",
        "filename=", "filename*=utf-8''", "filename*0*=", "filename*1=", "; name=", "YWJj", "YQ==", "+AGE-", "M86%A\n", "\x1B$B", "\x1B(B", "~{", "\xFF", "\xC3\xBC", "\0", "Thu, 5 Mar 2026 12:00:00 +0100", "1", "2026", "12:00");

    private static readonly Gen<byte[]> _noise = ArbMap.Default.GeneratorFor<byte[]>();

    private static readonly Gen<byte[]> _pieces = _piece.ListOf().Select(pieces => Encoding.Latin1.GetBytes(string.Concat(pieces)));

    private static readonly Gen<(int Kind, int Place, int Length, string Piece)> _damage =
        from kind in Gen.Choose(0, 5)
        from place in Gen.Choose(0, 999)
        from length in Gen.Choose(0, 200)
        from piece in _piece
        select (kind, place, length, piece);

    private static readonly Gen<byte[]> _damagedMail =
        from message in RandomMail.Message
        from damages in _damage.ListOf()
        select damages.Aggregate(Write(message), (mail, damage) => Damage(mail, damage.Kind, damage.Place, damage.Length, damage.Piece));

    public static Gen<byte[]> Any { get; } = Gen.Frequency((1, _noise), (6, _pieces), (2, _damagedMail));

    private static byte[] Write(MimeMessage message)
    {
        ArrayBufferWriter<byte> output = new();
        message.WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>At a place (in thousandths): removes, doubles, reverses, changes one octet, puts in a piece, or cuts off the rest.</summary>
    private static byte[] Damage(byte[] mail, int kind, int place, int length, string piece)
    {
        int start = mail.Length * place / 1000;
        int end = Math.Min(mail.Length, start + length);
        byte[] middle = mail[start..end];
        byte[] changed = kind switch
        {
            0 => [],
            1 => [.. middle, .. middle],
            2 => [.. middle.Reverse()],
            3 => [.. middle.Select((octet, i) => i == 0 ? (byte)(octet ^ (1 << (length % 8))) : octet)],
            4 => [.. Encoding.Latin1.GetBytes(piece), .. middle],
            _ => middle,
        };
        return kind == 5 ? mail[..end] : [.. mail[..start], .. changed, .. mail[end..]];
    }
}

using System.Text;

namespace Mail.Tests.Protocol.Mime.Parsing;

/// <summary>Input made to cost as much as it can: each repeats what a careless parser looks at again and again, or makes an object of.</summary>
internal static class HostileMail
{
    private static readonly Dictionary<string, Func<int, string>> _makers = new()
    {
        ["headers of three octets"] = n => Repeat("a:\n", n),
        ["headers of one name"] = n => Repeat("Subject:x\n", n),
        ["folded lines"] = n => "Subject: " + Repeat("a\n ", n),
        ["lines of blanks"] = n => "Subject: a\n" + Repeat(" \n", n) + " x",
        ["lines that are no headers"] = n => "Subject: a\n" + Repeat("x\n", n) + "To: a",
        ["addresses of one letter"] = n => "To: " + Repeat("a,", n),
        ["addresses of four octets"] = n => "To: " + Repeat("a@b,", n),
        ["angle brackets"] = n => "To: " + Repeat("<", n),
        ["empty addresses"] = n => "To: " + Repeat("<>,", n),
        ["routes"] = n => "To: <" + Repeat("@a:", n) + "b@c>",
        ["colons after an address"] = n => "To: " + Repeat("a", n) + "@" + Repeat(":", n),
        ["commas in a route"] = n => "To: <" + Repeat("@a,", n),
        ["at signs"] = n => "To: " + Repeat("@ a", n),
        ["groups"] = n => "To: " + Repeat("a:;", n),
        ["quotes"] = n => "To: " + Repeat("\"", n) + "\\",
        ["quotes without an end"] = n => "To: \"" + Repeat("a,", n),
        ["comments in each other"] = n => "To: " + Repeat("(", n) + "\nContent-Type: " + Repeat("(", n),
        ["comments"] = n => "To: " + Repeat("(a)", n) + "a@b",
        ["literals without an end"] = n => "To: " + Repeat("[", n),
        ["backslashes"] = n => "To: \"" + Repeat("\\", n) + "\"\nContent-Type: a/b; c=\"" + Repeat("\\", n),
        ["beginnings of encoded words"] = n => "Subject: " + Repeat("=?", n),
        ["encoded words without an end"] = n => "Subject: " + Repeat("=?utf-8?Q?", n),
        ["encoded words within encoded words"] = n => "Subject: " + Repeat("=?u?Q?x ", n) + "?=",
        ["encoded words of nothing"] = n => "Subject: " + Repeat("=?u?Q??= ", n),
        ["encoded words of one letter in charsets by turns"] = n => "Subject: " + Repeat("=?utf-8?Q?a?= =?gbk?B?YQ==?= ", n),
        ["encoded words in unknown charsets"] = n => "Subject: " + Repeat("=?x?Q?=FF?= =?y?Q?=FF?= ", n),
        ["encoded words with question marks"] = n => "Subject: =?utf-8?Q?" + Repeat("?=20", n),
        ["encoded words in addresses"] = n => "To: " + Repeat("=?utf-8?Q?a?= <a@b>,", n),
        ["parameters"] = n => "Content-Type: a/b" + Repeat(";a=b", n),
        ["parameters of nothing"] = n => "Content-Type: a/b" + Repeat(";", n) + "\nContent-Disposition: " + Repeat("=;", n),
        ["continued parameters"] = n => "Content-Disposition: attachment" + string.Concat(Enumerable.Range(0, n / 12).Select(i => $";f*{i}*=''%41")),
        ["a parameter's missing piece"] = n => "Content-Disposition: attachment; f*2000000000=a" + Repeat(";f*1999999999*=%", n),
        ["ids"] = n => "References: " + Repeat("<a>", n) + "\nIn-Reply-To: " + Repeat("a ", n),
        ["dates"] = n => Repeat("Date: x\n", n),
        ["a long date"] = n => "Date: " + Repeat("1 ", n),
        ["boundaries"] = n => "Content-Type: multipart/mixed; boundary=a\n\n" + Repeat("--a\n", n),
        ["boundaries with empty headers"] = n => "Content-Type: multipart/mixed; boundary=a\n\n" + Repeat("--a\n\n", n),
        ["hyphens"] = n => "Content-Type: multipart/mixed; boundary=a\n\n" + Repeat("--", n),
        ["lines of hyphens"] = n => "Content-Type: multipart/mixed; boundary=a\n\n" + Repeat("--\n", n),
        ["multiparts in each other"] = n => string.Concat(Enumerable.Range(0, n / 60).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")),
        ["multiparts of one boundary in each other"] = n => Repeat("Content-Type: multipart/mixed; boundary=b\n\n--b\n", n),
        ["multiparts of wrong boundaries in each other"] = n => Repeat("Content-Type: multipart/mixed; boundary=b\n\n--c\n", n),
        ["multiparts of boundaries that begin alike"] = n => string.Concat(Enumerable.Range(0, 38).Select(i => $"Content-Type: multipart/mixed; boundary={new string('b', 200 - i)}\n\n--{new string('b', 200 - i)}\n")) + Repeat($"--{new string('b', 200)}x\n", n),
        ["messages in each other"] = n => Repeat("Content-Type: message/rfc822\n\n", n),
        ["digests in each other"] = n => Repeat("Content-Type: multipart/digest; boundary=b\n\n--b\n\n", n),
        ["messages in quoted-printable in each other"] = n => Repeat("Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n", n),
        ["base64 of dirt"] = n => "Content-Transfer-Encoding: base64\n\n" + Repeat("A!=", n),
        ["quoted-printable of dirt"] = n => "Content-Transfer-Encoding: quoted-printable\n\n" + Repeat("==\n ", n),
        ["uuencode of dirt"] = n => "Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n" + Repeat("M\n`", n),
        ["UTF-7 of shifts"] = n => "Content-Type: text/plain; charset=utf-7\n\n" + Repeat("+A", n),
        ["invalid UTF-8"] = n => "Content-Type: text/plain; charset=utf-8\nSubject: \xFF\n\n" + Repeat("\xFF", n),
        ["invalid windows-1253"] = n => "Content-Type: text/plain; charset=windows-1253\n\n" + Repeat("\xFF\xD2", n),
        ["invalid GB18030"] = n => "Content-Type: text/plain; charset=gb18030\n\n" + Repeat("\xFF", n),
        ["invalid Shift-JIS"] = n => "Content-Type: text/plain; charset=shift_jis\n\n" + Repeat("\xFD\xA0", n),
        ["invalid EUC-JP"] = n => "Content-Type: text/plain; charset=euc-jp\n\n" + Repeat("\xFF", n),
        ["invalid HZ"] = n => "Content-Type: text/plain; charset=hz-gb-2312\n\n" + Repeat("\xFF~~{\x21", n),
        ["invalid ISO-2022-KR"] = n => "Content-Type: text/plain; charset=iso-2022-kr\n\n\x1B$)C\x0E" + Repeat("\xFF\x21", n),
        ["invalid UTF-16"] = n => "Content-Type: text/plain; charset=utf-16le\n\n" + Repeat("a\xD8", n),
        ["invalid UTF-32"] = n => "Content-Type: text/plain; charset=utf-32\n\n" + Repeat("\xFF", n),
        ["ISO-2022 of escapes"] = n => "Content-Type: text/plain; charset=iso-2022-jp\n\n" + Repeat("\x1B$B", n),
        ["raw octets in headers"] = n => Repeat("Subject: \xE4\n", n),
        ["carriage returns"] = n => "Subject: a\r" + Repeat("\r", n),
        ["mailbox lines"] = n => Repeat("From a\n", n),
        ["text"] = n => "Subject: a\n\n" + Repeat("Some text that goes on.\n", n),
    };

    public static IEnumerable<string> Names => _makers.Keys;

    /// <summary>About as many octets as asked for.</summary>
    public static byte[] Make(string name, int size)
    {
        string text = _makers[name](size);
        return Encoding.Latin1.GetBytes(text.Length > size * 2 ? text[..(size * 2)] : text);
    }

    private static string Repeat(string text, int size) => new StringBuilder().Insert(0, text, size / text.Length).ToString();
}

using System.Text;
using Mail.Protocol.Mime.Parsing;
using static Mail.Tests.Protocol.Mime.Parsing.ParseSamples;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class CharsetTests
{
    [Theory]
    [InlineData("utf-8", "47 72 C3 BC C3 9F 65", "Grüße")]
    [InlineData("UTF8", "C3 BC", "ü")]
    [InlineData("utf-8", "EF BB BF 61", "a")]
    [InlineData("iso-8859-1", "FC 93 80", "ü“€")]                       // windows-1252, as in browsers
    [InlineData("latin1", "FC", "ü")]
    [InlineData("windows-1251", "CF F0 E8 E2 E5 F2", "Привет")]
    [InlineData("cp1251", "CF F0", "Пр")]
    [InlineData("win-1251", "CF F0", "Пр")]
    [InlineData("iso-8859-2", "B1", "ą")]
    [InlineData("iso8859-15", "A4", "€")]
    [InlineData("iso_8859-5:1988", "BF", "П")]
    [InlineData("iso-8859-8-i", "F9", "ש")]
    [InlineData("koi8-r", "F0 D2", "Пр")]
    [InlineData("ibm850", "81", "ü")]
    [InlineData("cp437", "81", "ü")]
    [InlineData("macintosh", "9F", "ü")]
    [InlineData("gb2312", "C4 E3 BA C3", "你好")]
    [InlineData("gbk", "C4 E3 BA C3", "你好")]
    [InlineData("gb18030", "81 30 84 36", "¥")]
    [InlineData("hz-gb-2312", "7E 7B 44 63 3A 43 7E 7D", "你好")]
    [InlineData("big5", "A7 41 A6 6E", "你好")]
    [InlineData("shift_jis", "83 65 83 58 83 67", "テスト")]
    [InlineData("x-sjis", "83 65", "テ")]
    [InlineData("euc-jp", "A5 C6 A5 B9 A5 C8", "テスト")]
    [InlineData("iso-2022-jp", "1B 24 42 25 46 25 39 25 48 1B 28 42 61", "テストa")]
    [InlineData("euc-kr", "BE C8 B3 E7", "안녕")]
    [InlineData("ks_c_5601-1987", "BE C8 B3 E7", "안녕")]
    [InlineData("iso-2022-kr", "1B 24 29 43 0E 3E 48 33 67 0F 61", "안녕a")]
    [InlineData("windows-874", "CA C7", "สว")]
    [InlineData("tis-620", "CA C7", "สว")]
    [InlineData("windows-1255", "F9", "ש")]
    [InlineData("windows-1256", "C7", "ا")]
    [InlineData("utf-16le", "FC 00 3D D8 00 DE", "ü😀")]
    [InlineData("utf-16be", "00 FC D8 3D DE 00", "ü😀")]
    [InlineData("utf-16", "FF FE FC 00", "ü")]
    [InlineData("utf-32", "FC 00 00 00", "ü")]
    [InlineData("utf-32be", "00 00 00 FC", "ü")]
    [InlineData("us-ascii", "C3 BC", "ü")]                             // more than it can be: UTF-8
    [InlineData("us-ascii", "FC", "ü")]                                // or windows-1252
    [InlineData("\"'utf-8'\"", "C3 BC", "ü")]
    public void Text_is_read_in_its_charset(string charset, string octets, string expected) => Assert.Equal(expected, Read(charset, octets).Root.DecodeText());

    [Fact]
    public void Every_charset_of_the_platform_is_known_by_its_name()
    {
        string[] names = [.. CodePagesEncodingProvider.Instance.GetEncodings().Concat(Encoding.GetEncodings()).Select(e => e.Name)];

        Assert.True(names.Length > 100);
        Assert.Equal([], names.Where(n => Charsets.Find(n) is null || Charsets.Find(n.ToUpperInvariant()) is null));
    }

    [Theory] // RFC 2152
    [InlineData("+AGEAYg-", "ab")]
    [InlineData("Hi Mom -+Jjo--!", "Hi Mom -☺-!")]
    [InlineData("A+ImIDkQ.", "A≢Α.")]
    [InlineData("+2D3eAA-", "😀")]
    [InlineData("1 +- 1", "1 + 1")]
    [InlineData("+", "+")]
    [InlineData("+!", "+!")]
    [InlineData("+2D0-", "\uFFFD")]
    [InlineData("\xFC", "\uFFFD")]
    public void Utf_7_is_read(string text, string expected) => Assert.Equal(expected, Parse($"Content-Type: text/plain; charset=utf-7\n\n{text}").Root.DecodeText());

    [Theory]
    [InlineData("x-none", "C3 BC", "ü", "UnknownCharset")]
    [InlineData("x-none", "FC", "ü", "UnknownCharset InvalidText")]
    [InlineData("", "C3 BC", "ü", "")]
    [InlineData("", "FC", "ü", "InvalidText")]
    [InlineData("utf-8", "61 FC 62", "a\uFFFDb", "InvalidText")]
    public void What_is_in_no_known_charset_is_read_nevertheless(string charset, string octets, string expected, string defects)
    {
        ParsedMessage message = Read(charset, octets);

        Assert.Equal(expected, message.Root.DecodeText());
        Assert.Equal(defects, string.Join(' ', message.Kinds()));
    }

    [Fact]
    public void Text_that_is_mostly_not_in_its_charset_is_in_another_one()
    {
        ParsedMessage message = Read("gb18030", string.Join(' ', Enumerable.Repeat("FC 20", 400)));

        Assert.Equal(string.Concat(Enumerable.Repeat("ü ", 400)), message.Root.DecodeText());
        Assert.Equal("InvalidText", message.Kinds()[0]);
    }

    private static ParsedMessage Read(string charset, string octets) =>
        ParsedMessage.Parse((byte[])[.. Octets($"Content-Type: text/plain{(charset.Length > 0 ? "; charset=" + charset : "")}\n\n"), .. octets.Split(' ').Select(o => Convert.ToByte(o, 16))]);
}

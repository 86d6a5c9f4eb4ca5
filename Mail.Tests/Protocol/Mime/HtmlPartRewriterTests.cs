using System.Text;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Protocol.Mime;

public sealed class HtmlPartRewriterTests
{
    private const string Parts = "From: a@example.com\r\nContent-Type: multipart/alternative; boundary=b\r\nX-Odd:\tvalue \r\n\r\npreamble\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\ngr\u00fc\u00dfe x\r\n--b\r\nContent-Type: text/html;\r\n charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\nX-Own: y\r\n\r\n<p>x</p>\r\n--b--\r\nepilogue\r\n";

    [Fact]
    public void Only_the_HTML_part_changes()
    {
        string changed = Rewrite(Parts, html => html.Replace("x", "é" + new string('y', 100), StringComparison.Ordinal));

        string before = Parts[..Parts.IndexOf("Content-Transfer-Encoding: 7bit", StringComparison.Ordinal)];
        Assert.StartsWith(before, changed, StringComparison.Ordinal);
        Assert.EndsWith("\r\n--b--\r\nepilogue\r\n", changed, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Own: y\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C3=A9yyy", changed, StringComparison.Ordinal);
        Assert.Equal($"<p>é{new string('y', 100)}</p>", ParsedMessage.Parse(Encoding.Latin1.GetBytes(changed)).HtmlBody);
        Assert.All(changed.Split("\r\n"), line => Assert.True(line.Length <= 76));
    }

    [Theory]
    [InlineData("base64", "PHA+eDwvcD4=")]
    [InlineData("quoted-printable", "<p>=78</p>")]
    [InlineData("BINARY", "<p>x</p>")]
    public void Whatever_its_transfer_encoding_was(string encoding, string body)
    {
        string changed = Rewrite($"Content-Type: text/html\r\ncontent-transfer-encoding: {encoding}\r\nContent-MD5: abc\r\nSubject: s\r\n\r\n{body}\r\n", html => html.TrimEnd() + "!");
        Assert.Equal("Content-Type: text/html\r\nSubject: s\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>x</p>!", changed);
    }

    [Fact]
    public void It_stays_in_its_charset()
    {
        string changed = Rewrite("Content-Type: text/html; charset=iso-8859-1\r\n\r\n<p>\u00fc</p>\r\n", html => html.Replace("<p>", "<p>ok ", StringComparison.Ordinal));
        Assert.Equal("<p>ok \u00fc</p>\r\n", ParsedMessage.Parse(Encoding.Latin1.GetBytes(changed)).HtmlBody);
        Assert.Contains("ok =FC", changed, StringComparison.Ordinal);
        Assert.Contains("charset=iso-8859-1", changed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: text/html\r\n\r\nx\r\n--a\r\nContent-Type: MULTIPART/SIGNED; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\nx\r\n--b--\r\n--a--\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: text/html\r\n\r\nx\r\n--a\r\nContent-Type: application/pkcs7-mime\r\n\r\nx\r\n--a--\r\n")]
    [InlineData("DKIM-Signature: v=1\r\nContent-Type: text/html\r\n\r\nx\r\n")]
    [InlineData("Content-Type: text/plain\r\n\r\n<p>x</p>\r\n")]
    [InlineData("Content-Type: text/html; charset=utf-8\r\n\r\nx\u00ff\r\n")] // is not what it says
    [InlineData("Content-Type: text/html; charset=gb2312\r\n\r\nx\u00ff\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=a.html\r\n\r\nx\r\n--a--\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: text/html\r\n\r\nx\r\n--a--\r\n")]
    [InlineData("Content-Type: text/html\r\n")]
    [InlineData("")]
    public void What_must_not_be_touched_stays_byte_for_byte(string mail) => Assert.Equal(mail, Rewrite(mail, html => html + "!"));

    [Fact]
    public void Of_several_parts_one_is_the_last()
    {
        List<bool> last = [];
        HtmlPartRewriter.Rewrite(Encoding.ASCII.GetBytes("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: text/html\r\n\r\nx\r\n--a\r\nContent-Type: text/html\r\n\r\ny\r\n--a--\r\n"), (html, isLast) =>
        {
            last.Add(isLast);
            return html;
        });
        Assert.Equal([false, true], last);
    }

    /// <summary>Whatever the structure, what is not HTML stays where it is.</summary>
    [Fact]
    public void Broken_structures_lose_nothing()
    {
        Random random = new(3);
        string[] pieces = ["--a", "--a--", "\r\n", "\r\n\r\n", "Content-Type: text/html\r\n", "Content-Type: multipart/mixed; boundary=a\r\n", "Content-Transfer-Encoding: base64\r\n", "x", " ", "<p>", "é", "Content-Type: message/rfc822\r\n"];
        for (int round = 0; round < 3000; round++)
        {
            string mail = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
            byte[] octets = Encoding.UTF8.GetBytes(mail);
            Assert.True(octets.AsSpan().SequenceEqual(HtmlPartRewriter.Rewrite(octets, (html, _) => html).Span));
            HtmlPartRewriter.Rewrite(octets, (html, _) => html + "!");
        }
    }

    private static string Rewrite(string mail, Func<string, string> change) => Encoding.Latin1.GetString(HtmlPartRewriter.Rewrite(Encoding.Latin1.GetBytes(mail), (html, _) => change(html)).Span);
}

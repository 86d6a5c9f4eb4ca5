using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Mail.Tests.Core.Tracking;

public sealed class HtmlMarkerTests
{
    [Theory]
    [InlineData("<a href=\"https://a.example/x\">x</a>", "<a href=\"[https://a.example/x]\">x</a>")]
    [InlineData("<A class=b HREF='http://a.example/?a=1&amp;b=2#c'>", "<A class=b HREF=\"[http://a.example/?a=1&b=2#c]\">")]
    [InlineData("<a href=https://a.example/x>y", "<a href=\"[https://a.example/x]\">y")]
    [InlineData("<a\n\thref = \"\n https://a.example/x \"\n>", "<a\n\thref = \"[https://a.example/x]\"\n>")]
    [InlineData("<a title=\">\" href=\"https://a.example/\">", "<a title=\">\" href=\"[https://a.example/]\">")]
    [InlineData("<a href=\"https://a.example/1\" href=\"https://a.example/2\">", "<a href=\"[https://a.example/1]\" href=\"https://a.example/2\">")] // browsers take the first
    [InlineData("<area shape=rect href='https://a.example/'>", "<area shape=rect href=\"[https://a.example/]\">")]
    [InlineData("<a/href=\"https://a.example/\"/>", "<a/href=\"[https://a.example/]\"/>")]
    [InlineData("<a href=\"&#104;ttps://a.example/&#x26;\">", "<a href=\"[https://a.example/&]\">")]
    [InlineData("<a href=\"https://a.example/ü?q=é x\">", "<a href=\"[https://a.example/%C3%BC?q=%C3%A9%20x]\">")]
    [InlineData("<a href=\"https://bücher.example/ü\">", "<a href=\"[https://xn--bcher-kva.example/%C3%BC]\">")]
    [InlineData("<a href=\"https://a.example/%C3%BC%41\">", "<a href=\"[https://a.example/%C3%BC%41]\">")]
    [InlineData("<a href=\"https://a.exa\nmple/x\">", "<a href=\"[https://a.example/x]\">")]
    public void A_link_leads_over_us_as_a_browser_would_read_it(string html, string expected) => Assert.Equal(expected, Marks.Apply(html));

    [Theory]
    [InlineData("<a href=\"mailto:a@example.com\">"), InlineData("<a href=\"tel:+4930\">"), InlineData("<a href=\"#top\">"), InlineData("<a href=\"/path\">"), InlineData("<a href=\"//a.example/\">")]
    [InlineData("<a href=\"javascript:alert(1)//https://a.example\">"), InlineData("<a href=\" java&#115;cript:x\">"), InlineData("<a href=\"data:text/html,x\">"), InlineData("<a href=\"\">"), InlineData("<a href>")]
    [InlineData("<a href=\"https://\">"), InlineData("<a href=\"https:// /\">"), InlineData("<a href=\"https://a.example\\@evil.example/\">"), InlineData("<a href=\"https://a.example/\u0001x\">"), InlineData("<a href=\"https://a.example/&#1;x\">")]
    [InlineData("<a href=\"{{url}}\">"), InlineData("<a data-href=\"https://a.example/\">"), InlineData("<abbr href=\"https://a.example/\">"), InlineData("<link href=\"https://a.example/a.css\">"), InlineData("<base href=\"https://a.example/\">"), InlineData("<img src=\"https://a.example/\">")]
    [InlineData("<!-- <a href=\"https://a.example/\"> -->"), InlineData("<style>a[href=\"https://a.example/\"]{}<a href=\"https://a.example/\"></style >"), InlineData("<script>'<a href=\"https://a.example/\">'</script>"), InlineData("<textarea><a href=\"https://a.example/\"></textarea>")]
    [InlineData("<title><a href=\"https://a.example/\"></title>"), InlineData("</a href=\"https://a.example/\">"), InlineData("<a href=\"https://a.example/"), InlineData("<a href=\"https://a.example/\" title=\"x"), InlineData("text < a href=\"https://a.example/\">"), InlineData("<"), InlineData("<a"), InlineData("")]
    [InlineData("<!doctype html \"<a href='https://a.example/'\">"), InlineData("<?xml <a href='https://a.example/'?>")]
    public void Everything_else_stays_as_it_is(string html) => Assert.Equal(html, Marks.Apply(html));

    [Theory]
    [InlineData("<a data-mail-track=\"off\" href=\"https://a.example/\">x</a>", "<a href=\"https://a.example/\">x</a>")]
    [InlineData("<a href='https://a.example/' data-mail-track=off>x</a>", "<a href='https://a.example/'>x</a>")]
    [InlineData("<a href='https://a.example/'\n DATA-MAIL-TRACK='OFF' class=x>x</a>", "<a href='https://a.example/' class=x>x</a>")]
    [InlineData("<a data-mail-track=\"on\" href=\"https://a.example/\">", "<a data-mail-track=\"on\" href=\"[https://a.example/]\">")]
    public void A_link_may_ask_to_be_left_alone(string html, string expected) => Assert.Equal(expected, Marks.Apply(html));

    [Theory]
    [InlineData("<a data-conversion=\"signup\" href=\"https://a.example/\">x</a>", "<a href=\"[signup:https://a.example/]\">x</a>")]
    [InlineData("<a href='https://a.example/' DATA-conversion='a.b:c-d_1' class=x>x</a>", "<a href=\"[a.b:c-d_1:https://a.example/]\" class=x>x</a>")]
    [InlineData("<a href=https://a.example/ data-conversion=signup>x</a>", "<a href=\"[signup:https://a.example/]\">x</a>")]
    [InlineData("<a data-conversion='not a name' href='https://a.example/'>", "<a href=\"[https://a.example/]\">")]
    [InlineData("<a data-conversion href='https://a.example/'>", "<a data-conversion href=\"[https://a.example/]\">")]
    [InlineData("<a data-conversion='signup' href='mailto:a@example.com'>", "<a href='mailto:a@example.com'>")]
    [InlineData("<a data-mail-track=off data-conversion=signup href='https://a.example/'>", "<a href='https://a.example/'>")]
    [InlineData("<a data-conversion=signup href='https://a.example/' data-mail-track=off>", "<a href='https://a.example/'>")]
    [InlineData("<a data-conversion=signup>x</a><p data-conversion=signup>", "<a>x</a><p data-conversion=signup>")]
    public void A_link_may_say_what_a_click_on_it_counts_as(string html, string expected) => Assert.Equal(expected, Marks.Apply(html));

    [Fact]
    public void What_a_click_counts_as_is_taken_out_where_clicks_are_not_tracked() =>
        Assert.Equal("<a href='https://a.example/'>x</a>[picture]", Marks.Apply("<a data-conversion=signup href='https://a.example/'>x</a>", opens: true, clicks: false));

    [Theory]
    [InlineData("<!--[if mso]><v:roundrect href=\"https://a.example/\"><![endif]--><!--[if !mso]><!--><a href=\"https://b.example/\"><!--<![endif]-->", "<!--[if mso]><v:roundrect href=\"[https://a.example/]\"><![endif]--><!--[if !mso]><!--><a href=\"[https://b.example/]\"><!--<![endif]-->")]
    [InlineData("<![if !mso]><a href=\"https://b.example/\"><![endif]>", "<![if !mso]><a href=\"[https://b.example/]\"><![endif]>")]
    [InlineData("<!--><a href=\"https://a.example/\">", "<!--><a href=\"[https://a.example/]\">")]
    [InlineData("<!-- a ---><a href=\"https://a.example/\">", "<!-- a ---><a href=\"[https://a.example/]\">")]
    [InlineData("<!-- a --!><a href=\"https://a.example/\">", "<!-- a --!><a href=\"[https://a.example/]\">")]
    [InlineData("<!-- a -- b -><a href=\"https://a.example/\">--><a href=\"https://b.example/\">", "<!-- a -- b -><a href=\"https://a.example/\">--><a href=\"[https://b.example/]\">")]
    public void Comments_are_those_of_browsers_and_of_Outlook(string html, string expected) => Assert.Equal(expected, Marks.Apply(html));

    [Theory]
    [InlineData("<html><body>x</body></html>", "<html><body>x[picture]</body></html>")]
    [InlineData("<html><body>x</BODY ></html>", "<html><body>x[picture]</BODY ></html>")]
    [InlineData("x", "x[picture]")]
    [InlineData("<html>x</html>\n", "<html>x[picture]</html>\n")]
    [InlineData("<body><!-- </body> --><!--[if mso]></body><![endif]-->y</body>", "<body><!-- </body> --><!--[if mso]></body><![endif]-->y[picture]</body>")]
    [InlineData("<body>a</body><p><body>b</body>", "<body>a</body><p><body>b[picture]</body>")]
    public void The_picture_stands_at_the_end_of_the_body(string html, string expected) => Assert.Equal(expected, Marks.Apply(html, opens: true, clicks: false));

    [Fact]
    public void Only_what_is_wanted_is_done()
    {
        const string Html = "<body><a href=\"https://a.example/\">x</a></body>";

        Assert.Equal("<body><a href=\"https://a.example/\">x</a>[picture]</body>", Marks.Apply(Html, opens: true, clicks: false));
        Assert.Equal("<body><a href=\"[https://a.example/]\">x</a>[picture]</body>", Marks.Apply(Html, opens: true));
        Assert.Same(Html, Marks.Of(clicks: false).Apply(Html));
    }

    [Fact]
    public void Ways_to_unsubscribe_are_left_alone()
    {
        Mail.Core.Tracking.MailMarks marks = Marks.Of();
        Assert.Equal("<a href=\"https://links.example.com/t/c/abc\">", marks.Apply("<a href=\"https://links.example.com/t/c/abc\">")); // ours already
        marks.LeaveAlone("https://mail.example.com/unsubscribe/");
        marks.LeaveAloneListed("<mailto:u@example.com>, <https://shop.example/u?a=1>");

        Assert.Equal(
            "<a href=\"https://mail.example.com/unsubscribe/abc\"><a href=\"https://shop.example/u?a=1\"><a href=\"[https://shop.example/]\">",
            Marks.Readable(marks.Apply("<a href=\"https://mail.example.com/unsubscribe/abc\"><a href=\"https://shop.example/u?a=1\"><a href=\"https://shop.example/\">")));
    }

    [Fact]
    public void A_link_that_no_server_would_read_is_left_alone()
    {
        string longest = "https://a.example/" + new string('x', 4096 - 18), longer = longest + "x", huge = "https://a.example/" + new string('x', 64 * 1024);

        Assert.Equal($"[{longest}]", Marks.Apply($"<a href=\"{longest}\">")[9..^2]);
        Assert.Equal($"<a href=\"{longer}\"><a href=\"{huge}\">", Marks.Apply($"<a href=\"{longer}\"><a href=\"{huge}\">"));
    }

    /// <summary>What is repeated costs what it is long, whatever it is; a quadratic pass would take minutes.</summary>
    [Theory]
    [InlineData("<a href=\"https://a.example/x\">x</a>"), InlineData("<a href=\"mailto:x\">"), InlineData("<a href='"), InlineData("<!--"), InlineData("<!--[if "), InlineData("<!-- -- - "), InlineData("<style>"), InlineData("</style"), InlineData("<a "), InlineData("<"), InlineData("</body>"), InlineData("&<a href=&amp;")]
    [InlineData("<a data-mail-track=off>"), InlineData("<!---"), InlineData("<![if x]>")]
    public void Hostile_HTML_costs_linear_time(string piece)
    {
        string html = string.Concat(Enumerable.Repeat(piece, 200_000));
        Stopwatch watch = Stopwatch.StartNew();

        string marked = Marks.Of(opens: true).Apply(html);

        Assert.True(marked.Length >= 200_000);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    [Fact]
    public void Ten_thousand_links_are_all_led_over_us()
    {
        StringBuilder html = new("<body>");
        for (int i = 0; i < 10_000; i++) html.Append(System.Globalization.CultureInfo.InvariantCulture, $"<p>text <a href=\"https://a.example/{i}?a=1&amp;b=2\">x</a></p>");

        string marked = Marks.Of(opens: true).Apply(html.ToString());

        Assert.Equal(10_000, Regex.Count(marked, "https://links\\.example\\.com/t/c/"));
    }

    /// <summary>Whatever the pass takes for a tag, taking its additions out gives the original: nothing of the text is lost.</summary>
    [Fact]
    public void Nothing_but_links_changes_in_random_HTML()
    {
        Random random = new(7);
        string[] pieces = ["<a href=\"https://a.example/\">", "<a href='x'>", "</a>", "<!--", "-->", "<![endif]-->", "<!--[if mso]>", "<", ">", "\"", "'", "<style>", "</style>", "text", " ", "=", "/", "</body>", "&amp;", "<a ", "href=", "é", "\0"];
        for (int round = 0; round < 5_000; round++)
        {
            string html = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)]));
            string marked = Marks.Apply(html, opens: true);
            string back = Regex.Replace(marked.Replace("[picture]", "", StringComparison.Ordinal), "[\"']?\\[?(https://a\\.example/)\\]?[\"']?", "\"$1\"");
            Assert.Equal(Regex.Replace(html, "[\"']?(https://a\\.example/)[\"']?", "\"$1\""), back);
        }
    }
}

using Mail.Core.Templates.Text;

namespace Mail.Tests.Core.Templates.Text;

public sealed class TextFromHtmlTests
{
    [Theory]
    [InlineData("<p>Hello</p><p>World</p>", "Hello\n\nWorld\n")]
    [InlineData("<div>One</div><div>Two <b>bold</b>  word</div>", "One\nTwo bold word\n")]
    [InlineData("one<br>two<br/><br>three<br><br><br><br>four", "one\ntwo\n\nthree\n\nfour\n")]
    [InlineData("<h1>Title</h1>Text", "Title\n\nText\n")]
    [InlineData("a &amp; b &lt;c&gt; &eacute;", "a & b <c> é\n")]
    [InlineData("1 < 2 and {not} an expression", "1 < 2 and {not} an expression\n")]
    [InlineData("a<hr>b", "a\n---\nb\n")]
    [InlineData("<pre>  a\n    b</pre>c", "  a\n    b\n\nc\n")]
    public void Text_reads_as_the_page_does(string html, string text) => Assert.Equal(text, TextFromHtml.Of(html));

    [Theory]
    [InlineData("<p><a href=\"https://a.example/?x=1&amp;y=2\">Open</a></p>", "Open: https://a.example/?x=1&y=2\n")]
    [InlineData("<p>Read the <a href=\"https://a.example/\">terms</a>, please.</p>", "Read the terms (https://a.example/), please.\n")]
    [InlineData("<a href=\"https://a.example/\">https://a.example/</a>", "https://a.example/\n")]
    [InlineData("Write to <a href=\"mailto:ann@example.com\">ann@example.com</a>.", "Write to ann@example.com.\n")]
    [InlineData("<a href=\"#top\">Top</a>", "Top\n")]
    [InlineData("<a href=\"https://a.example/\"><img src=\"x.png\" alt=\"Our shop\"></a>", "Our shop: https://a.example/\n")]
    [InlineData("<a href=\"{{url}}\">{{t \"button\"}}</a>", "{{t \"button\"}}: {{url}}\n")]
    [InlineData("<a href='{{#if (equals a \"b\")}}{{url}}{{/if}}'>Go</a>", "Go: {{#if (equals a \"b\")}}{{url}}{{/if}}\n")]
    public void Link_stands_with_its_address(string html, string text) => Assert.Equal(text, TextFromHtml.Of(html));

    [Theory]
    [InlineData("<ul><li>one</li><li>two<ul><li>inner</li></ul></li></ul>after", "- one\n- two\n  - inner\n\nafter\n")]
    [InlineData("<ol><li>first<li>second</ol>", "1. first\n2. second\n")]
    [InlineData("<table><tr><th>Item</th><th>Price</th></tr><tr><td>Tea</td><td>3 €</td></tr></table>", "Item | Price\nTea | 3 €\n")]
    [InlineData("<table role=\"presentation\"><tr><td>Left</td><td>Right</td></tr></table>", "Left\nRight\n")]
    [InlineData("<table><tr><td>a</td></tr>{{#each rows}}<tr><td>{{name}}</td><td>{{price}}</td></tr>{{/each}}</table>", "a\n{{#each rows}}\n{{name}} | {{price}}\n{{/each}}\n")]
    public void Lists_and_tables_are_written_as_text(string html, string text) => Assert.Equal(text, TextFromHtml.Of(html));

    [Theory]
    [InlineData("<head><title>T</title><style>p > a { color: red }</style></head><body>Hi</body>", "Hi\n")]
    [InlineData("<div style=\"display: none; max-height:0\">Preheader&#8199;&#847;</div>Hi", "Hi\n")]
    [InlineData("<!--[if mso]><table><tr><td>Outlook</td></tr></table><![endif]-->Hi<!-- note -->", "Hi\n")]
    [InlineData("<!--[if !mso]><!-->Others<!--<![endif]-->", "Others\n")]
    [InlineData("<span aria-hidden=\"true\">A</span>Acme", "Acme\n")]
    [InlineData("<script>var a = '<p>';</script>Hi{{! note }}", "Hi\n")]
    public void What_nobody_reads_is_left_out(string html, string text) => Assert.Equal(text, TextFromHtml.Of(html));

    [Theory]
    [InlineData("<p>{{#if name}}Hello {{name}},{{else}}Hello,{{/if}}</p><p>{{t \"intro\"}}</p>", "{{#if name}}Hello {{name}},{{else}}Hello,{{/if}}\n\n{{t \"intro\"}}\n")]
    [InlineData("<p>{{{raw}}} and {{plural n \"a\" \"b\"}}</p>", "{{{raw}}} and {{plural n \"a\" \"b\"}}\n")]
    [InlineData("{{#if url}}<a href=\"{{url}}\">{{/if}}{{name}}{{#if url}}</a>{{/if}}", "{{#if url}}{{/if}}{{name}}{{#if url}} ({{url}}){{/if}}\n")]
    public void Expressions_stay_as_they_are(string html, string text) => Assert.Equal(text, TextFromHtml.Of(html));

    [Theory]
    [InlineData("<a href=\"", 20_000)]
    [InlineData("<p><table><tr><td>", 20_000)]
    [InlineData("{{", 50_000)]
    [InlineData("<!--", 50_000)]
    [InlineData("</p>", 50_000)]
    [InlineData("<a {{", 50_000)]
    [InlineData("<a title='{{{", 50_000)]
    public void Hostile_html_ends_soon(string piece, int times) => Assert.NotNull(TextFromHtml.Of(string.Concat(Enumerable.Repeat(piece, times))));

    [Fact]
    public void Expressions_that_never_end_within_a_tag_are_not_looked_for_each_to_the_end()
    {
        string braces = string.Concat(Enumerable.Repeat("{{ ", 700_000)); // 2 MB: some minutes if the time went by the square

        Assert.Equal("A\n", TextFromHtml.Of($"<a title=\"{braces}\" hidden='' href='https://a.example/'>Hidden</a>A"));
        Assert.Equal("A\n", TextFromHtml.Of($"<a title=\"{braces.Replace("{{", "{{{", StringComparison.Ordinal)}\" hidden>Hidden</a>A"));
    }
}

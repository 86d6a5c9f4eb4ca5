using System.Globalization;
using System.Net;
using System.Text;
using Mail.Core.Templates.Expressions;

namespace Mail.Core.Templates.Text;

/// <summary>
/// Writes the text part of a template whose author wrote none: what a person reads in the HTML, its links with their addresses, lists and tables as text, and the
/// expressions as they are. Works on the template, once, and not on each mail. Takes HTML as it comes: expressions stand where no parser would leave them.
/// </summary>
internal sealed class TextFromHtml
{
    private static readonly HashSet<string> _void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    private static readonly HashSet<string> _unseen = ["head", "style", "script", "title", "template", "textarea", "select", "svg", "object"];

    /// <summary>Elements with an empty line before and after them.</summary>
    private static readonly HashSet<string> _paragraphs = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "dl"];

    /// <summary>Elements that begin on a line of their own.</summary>
    private static readonly HashSet<string> _lines = ["div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "figure", "figcaption", "center", "dt", "dd", "table", "tbody", "thead", "tfoot", "caption", "tr", "form", "body", "html"];

    /// <summary>What stands deeper is text all the same; no mail is built so.</summary>
    private const int MaxDepth = 256;

    private readonly StringBuilder _text = new();
    private readonly Stack<Element> _open = new();
    private int _newLines;
    private bool _space;
    private int _unseenDepth;
    private int _preformatted;

    private TextFromHtml()
    {
    }

    public static string Of(string html)
    {
        TextFromHtml writer = new();
        foreach (HtmlToken token in HtmlToken.Scan(html)) writer.Take(token);
        return writer._text.ToString().TrimEnd() + "\n";
    }

    private void Take(HtmlToken token)
    {
        switch (token.Kind)
        {
            case HtmlTokenKind.StartTag:
                Start(token);
                break;
            case HtmlTokenKind.EndTag:
                End(token.Text);
                break;
            case HtmlTokenKind.Expression when _unseenDepth == 0:
                Expression(token.Text);
                break;
            case HtmlTokenKind.Text when _unseenDepth == 0:
                Text(WebUtility.HtmlDecode(token.Text));
                break;
        }
    }

    private void Start(HtmlToken tag)
    {
        if (tag.Text == "br") _newLines = Math.Min(_newLines + 1, 2);
        else if (_unseenDepth == 0 && tag.Text == "hr") Line("---");
        else if (_unseenDepth == 0 && tag.Text == "img") Text(tag.Attribute("alt") ?? "");
        if (_void.Contains(tag.Text) || _open.Count >= MaxDepth) return;
        bool unseen = _unseen.Contains(tag.Text) || IsHidden(tag);
        Element element = new(tag.Text) { Unseen = unseen, IsLayout = tag.Attribute("role") is "presentation" or "none" };
        if (unseen) _unseenDepth++;
        if (_unseenDepth == 0) Enter(element, tag);
        _open.Push(element);
    }

    private void Enter(Element element, HtmlToken tag)
    {
        switch (element.Name)
        {
            case "a":
                Flush();
                (element.Href, element.Start, element.IsAlone) = (tag.Attribute("href"), _text.Length, _text.Length == 0 || _text[^1] == '\n');
                return;
            case "li":
                Break(1);
                Element? list = _open.FirstOrDefault(outer => outer.Name is "ul" or "ol");
                int depth = Math.Max(0, _open.Count(outer => outer.Name is "ul" or "ol") - 1);
                Flush();
                _text.Append(' ', 2 * depth).Append(list?.Name == "ol" ? string.Create(CultureInfo.InvariantCulture, $"{++list.Items}. ") : "- ");
                return;
            case "td" or "th":
                Element? row = _open.FirstOrDefault(outer => outer.Name == "tr");
                if (Table is { IsLayout: true } || row is null) Break(1);
                else if (row.Items++ > 0) Separate();
                return;
            case "pre":
                Break(2);
                _preformatted++;
                return;
            default:
                Break(_paragraphs.Contains(element.Name) && !(element.Name is "ul" or "ol" && _open.Any(outer => outer.Name == "li")) ? 2 : _lines.Contains(element.Name) ? 1 : 0);
                return;
        }
    }

    private Element? Table => _open.FirstOrDefault(outer => outer.Name == "table");

    private void End(string name)
    {
        if (_open.All(element => element.Name != name)) return;
        Element element;
        do
        {
            element = _open.Pop();
            if (_unseenDepth == 0) Leave(element);
            if (element.Unseen) _unseenDepth--;
        }
        while (element.Name != name);
    }

    private void Leave(Element element)
    {
        if (element.Name == "a") Link(element);
        else if (element.Name == "pre") _preformatted--;
        if (_paragraphs.Contains(element.Name) && !(element.Name is "ul" or "ol" && _open.Any(outer => outer.Name == "li"))) Break(2);
        else if (_lines.Contains(element.Name) || element.Name == "li") Break(1);
        else if (element.Name == "table") Break(2);
    }

    /// <summary>An address that stands there already is not repeated; one within the page leads nowhere in a text.</summary>
    private void Link(Element link)
    {
        if (string.IsNullOrWhiteSpace(link.Href) || link.Href.StartsWith('#')) return;
        string address = link.Href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || link.Href.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? link.Href[(link.Href.IndexOf(':', StringComparison.Ordinal) + 1)..] : link.Href.Trim();
        string label = _text.ToString(link.Start, _text.Length - link.Start).Trim();
        if (label.EndsWith(address, StringComparison.Ordinal)) return;
        if (label.Length == 0) Raw(address);
        else Raw(link.IsAlone ? $": {address}" : $" ({address})");
    }

    private void Expression(string expression)
    {
        // What opens or closes a block is no word: the spaces and line ends around it are those of the words on either side.
        if (ExpressionToken.Scan(expression).FirstOrDefault() is { Kind: ExpressionKind.Comment }) return;
        Flush();
        _text.Append(expression);
    }

    private void Text(string text)
    {
        if (_preformatted > 0)
        {
            Flush();
            _text.Append(text.Replace("\r\n", "\n", StringComparison.Ordinal));
            return;
        }

        foreach (char c in text)
        {
            if (c is ' ' or '\t' or '\n' or '\r' or '\f') _space = true;
            else if (!IsInvisible(c))
            {
                Flush();
                _text.Append(c);
            }
        }
    }

    private void Raw(string text) => _text.Append(text);

    private void Separate()
    {
        (_newLines, _space) = (0, false);
        Raw(" | ");
    }

    private void Line(string text)
    {
        Break(1);
        Flush();
        _text.Append(text);
        Break(1);
    }

    private void Break(int lines) => _newLines = Math.Max(_newLines, lines);

    /// <summary>Line ends and spaces wait until something stands behind them.</summary>
    private void Flush()
    {
        if (_newLines > 0 && _text.Length > 0)
        {
            while (_text.Length > 0 && _text[^1] == ' ') _text.Length--;
            _text.Append('\n', _newLines);
        }
        else if (_space && _text.Length > 0 && _text[^1] is not ('\n' or ' ')) _text.Append(' ');
        (_newLines, _space) = (0, false);
    }

    private static bool IsHidden(HtmlToken tag)
    {
        if (tag.Attribute("hidden") is not null || tag.Attribute("aria-hidden") is "true") return true;
        string style = (tag.Attribute("style") ?? "").Replace(" ", "", StringComparison.Ordinal);
        return style.Contains("display:none", StringComparison.OrdinalIgnoreCase) || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What preheaders are filled up with.</summary>
    private static bool IsInvisible(char c) => c is '\u00ad' or '\u034f' or (>= '\u200b' and <= '\u200f') or '\u2060' or '\ufeff';

    private sealed class Element(string name)
    {
        public string Name => name;

        public bool Unseen { get; init; }

        public bool IsLayout { get; init; }

        public string? Href { get; set; }

        public int Start { get; set; }

        public bool IsAlone { get; set; }

        public int Items { get; set; }
    }
}

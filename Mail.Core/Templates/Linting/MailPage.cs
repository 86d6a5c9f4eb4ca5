using System.Net;

namespace Mail.Core.Templates.Linting;

/// <summary>
/// The elements, texts and style sheets of a rendered mail, in order. Comments are passed over, and with them what is for Outlook alone. A browser's parser builds the
/// tree anew around elements that are closed in the wrong order, which a hostile mail makes cost the square of its length; this one takes time by the length.
/// </summary>
internal sealed class MailPage
{
    private const int MostAttributes = 100;

    private static readonly HashSet<string> _void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    private static readonly HashSet<string> _closesItself = ["p", "li", "tr", "td", "th", "dt", "dd", "option"];
    private static readonly HashSet<string> _rawText = ["style", "script", "title", "textarea", "xmp"];

    private readonly string _html;
    private readonly List<MailElement> _elements = [];
    private readonly List<MailText> _texts = [];
    private readonly List<MailSheet> _sheets = [];
    private readonly Stack<MailElement> _open = new();
    private readonly Dictionary<string, int> _openByName = [];

    private MailPage(string html) => _html = html;

    public IReadOnlyList<MailElement> Elements => _elements;

    /// <summary>What is neither blank nor in a style sheet, script or title.</summary>
    public IReadOnlyList<MailText> Texts => _texts;

    public IReadOnlyList<MailSheet> Sheets => _sheets;

    /// <summary>Null without one.</summary>
    public string? Title { get; private set; }

    public static MailPage Parse(string html)
    {
        MailPage page = new(html);
        int position = 0;
        while (position < html.Length) position = html[position] == '<' ? page.TakeMarkup(position) : page.TakeText(position);
        return page;
    }

    private int TakeText(int start)
    {
        int end = _html.IndexOf('<', start);
        while (end >= 0 && !IsMarkup(end)) end = _html.IndexOf('<', end + 1);
        if (end < 0) end = _html.Length;
        AddText(_html[start..end]);
        return end;
    }

    private void AddText(string text)
    {
        if (!string.IsNullOrWhiteSpace(text)) _texts.Add(new MailText(WebUtility.HtmlDecode(text), _open.TryPeek(out MailElement? parent) ? parent : null));
    }

    private bool IsMarkup(int at) => at + 1 < _html.Length && (_html[at + 1] is '/' or '!' or '?' || char.IsAsciiLetter(_html[at + 1]));

    private int TakeMarkup(int start)
    {
        if (!IsMarkup(start))
        {
            int end = TakeText(start + 1);
            return end;
        }

        if (string.CompareOrdinal(_html, start, "<!--", 0, 4) == 0) return After("-->", start + 4);
        if (_html[start + 1] is '!' or '?') return After(">", start + 2);
        return _html[start + 1] == '/' ? TakeEndTag(start + 2) : TakeStartTag(start);
    }

    private int After(string mark, int from)
    {
        int found = _html.IndexOf(mark, from, StringComparison.Ordinal);
        return found < 0 ? _html.Length : found + mark.Length;
    }

    private int TakeEndTag(int name)
    {
        int after = EndOfName(name);
        Close(_html[name..after].ToLowerInvariant());
        return After(">", after);
    }

    private int EndOfName(int at)
    {
        while (at < _html.Length && !char.IsWhiteSpace(_html[at]) && _html[at] is not ('>' or '/')) at++;
        return at;
    }

    /// <summary>What was left open within it is closed with it; what closes nothing is passed over.</summary>
    private void Close(string name)
    {
        if (_openByName.GetValueOrDefault(name) == 0) return;
        string closed;
        do
        {
            closed = _open.Pop().Name;
            _openByName[closed]--;
        }
        while (closed != name);
    }

    private int TakeStartTag(int start)
    {
        int at = EndOfName(start + 1);
        string name = _html[(start + 1)..at].ToLowerInvariant();
        List<KeyValuePair<string, string>> attributes = [];
        while (at < _html.Length && _html[at] != '>')
        {
            if (char.IsWhiteSpace(_html[at]) || _html[at] == '/') at++;
            else at = TakeAttribute(at, attributes);
        }

        if (at >= _html.Length) return at; // a tag that does not end is none
        bool isEmpty = _html[at - 1] == '/';
        if (_closesItself.Contains(name) && _open.TryPeek(out MailElement? before) && before.Name == name) Close(name);
        MailElement element = new(name, _elements.Count, _open.TryPeek(out MailElement? parent) ? parent : null, _html[start..(at + 1)], attributes);
        _elements.Add(element);
        at++;
        if (_void.Contains(name) || isEmpty && (element.IsInSvg || name.Contains(':', StringComparison.Ordinal))) return at;
        if (_rawText.Contains(name)) return TakeRawText(element, at);
        _open.Push(element);
        _openByName[name] = _openByName.GetValueOrDefault(name) + 1;
        return at;
    }

    private int TakeAttribute(int at, List<KeyValuePair<string, string>> attributes)
    {
        int start = at++;
        while (at < _html.Length && !char.IsWhiteSpace(_html[at]) && _html[at] is not ('=' or '>' or '/')) at++;
        int end = at;
        while (at < _html.Length && char.IsWhiteSpace(_html[at])) at++;
        int from = at, to = at;
        if (at < _html.Length && _html[at] == '=')
        {
            at++;
            while (at < _html.Length && char.IsWhiteSpace(_html[at])) at++;
            char quote = at < _html.Length && _html[at] is '"' or '\'' ? _html[at++] : '\0';
            from = at;
            while (at < _html.Length && (quote == '\0' ? !char.IsWhiteSpace(_html[at]) && _html[at] != '>' : _html[at] != quote)) at++;
            to = at;
            if (quote != '\0') at++;
        }

        if (attributes.Count < MostAttributes) attributes.Add(new(_html[start..end].ToLowerInvariant(), WebUtility.HtmlDecode(_html[from..to])));
        return at;
    }

    private int TakeRawText(MailElement element, int start)
    {
        int end = _html.IndexOf("</" + element.Name, start, StringComparison.OrdinalIgnoreCase);
        if (end < 0) end = _html.Length;
        string content = _html[start..end];
        if (element.Name == "style") _sheets.Add(new MailSheet(content, element["media"] ?? ""));
        else if (element.Name == "title" && !element.IsInSvg) Title ??= WebUtility.HtmlDecode(content).Trim();
        return end == _html.Length ? end : After(">", end);
    }
}

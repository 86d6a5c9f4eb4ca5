using System.Text;

namespace Mail.Core.Tracking;

/// <summary>
/// Puts tracked links and the picture into HTML, in one pass. It splits the text into tags, comments and raw text as browsers do (HTML Living Standard §13.2.5) and
/// copies everything but the values it changes. Outlook's conditional comments are looked into, because Outlook shows what stands there.
/// </summary>
internal ref struct HtmlMarker
{
    private const int LongestCondition = 200; // a condition that does not end is an ordinary comment

    /// <summary>On an anchor: this link is left alone. Taken out, because it is nobody else's business.</summary>
    private const string Off = "data-mail-track";

    /// <summary>On an anchor: what a click counts as, beyond a click. Taken out too.</summary>
    private const string Conversion = "data-conversion";

    /// <summary>Elements whose content is text and no tags, whatever it looks like.</summary>
    private static readonly HashSet<string> _raw = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext" };
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _isRaw = _raw.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly string _html;
    private readonly MailMarks? _links;
    private readonly StringBuilder _output;
    private readonly bool _withPicture;
    private int _copied;
    private bool _isChanged;
    private int _end = -1; // where the body ends, in the output
    private bool _endIsBody;
    private bool _inCondition;

    private HtmlMarker(string html, MailMarks? links, bool withPicture)
    {
        (_html, _links, _withPicture) = (html, links, withPicture);
        _output = new StringBuilder(html.Length + (html.Length / 4) + 512);
    }

    /// <param name="links">Null to leave links alone.</param>
    /// <param name="picture">Null for no picture.</param>
    public static string Apply(string html, MailMarks? links, MailMarks? picture)
    {
        HtmlMarker marker = new(html, links, picture is not null);
        marker.Run();
        if (picture is null && !marker._isChanged) return html;
        marker._output.Append(html, marker._copied, html.Length - marker._copied);
        if (picture is not null) marker._output.Insert(marker._end < 0 ? marker._output.Length : marker._end, picture.Picture());
        return marker._output.ToString();
    }

    private void Run()
    {
        for (int at = 0; at < _html.Length;)
        {
            int open = _html.IndexOf('<', at);
            if (open < 0 || open + 1 >= _html.Length) return;
            char next = _html[open + 1];
            at = next switch
            {
                '!' => AfterDeclaration(open),
                '?' => After('>', open),
                '/' => open + 2 < _html.Length && char.IsAsciiLetter(_html[open + 2]) ? EndTag(open) : After('>', open),
                _ => char.IsAsciiLetter(next) ? StartTag(open) : open + 1,
            };
        }
    }

    private int AfterDeclaration(int open)
    {
        ReadOnlySpan<char> rest = _html.AsSpan(open);
        if (!rest.StartsWith("<!--"))
        {
            if (rest.StartsWith("<![endif", StringComparison.OrdinalIgnoreCase)) _inCondition = false;
            return After('>', open);
        }

        if (rest.StartsWith("<!-->")) return open + 5;
        if (rest.StartsWith("<!--->")) return open + 6;
        if (rest.StartsWith("<!--[if", StringComparison.OrdinalIgnoreCase))
        {
            int condition = rest[..Math.Min(rest.Length, LongestCondition)].IndexOf("]>");
            if (condition >= 0)
            {
                _inCondition = !rest[(condition + 2)..].StartsWith("<!--"); // <!--[if !mso]><!--> is shown to everybody
                return open + condition + 2;
            }
        }

        int end = rest[4..].IndexOf("--");
        for (int from = 4; end >= 0; end = rest[from..].IndexOf("--"))
        {
            int after = from + end + 2;
            if (after < rest.Length && rest[after] == '>') return open + after + 1;
            if (after + 1 < rest.Length && rest[after] == '!' && rest[after + 1] == '>') return open + after + 2;
            from = after - 1; // the second dash may begin the end: --->
        }

        return _html.Length;
    }

    private int EndTag(int open)
    {
        int name = NameEnd(open + 2);
        ReadOnlySpan<char> element = _html.AsSpan(open + 2, name - open - 2);
        bool isBody = element.Equals("body", StringComparison.OrdinalIgnoreCase);
        if (_withPicture && !_inCondition && (isBody || (!_endIsBody && element.Equals("html", StringComparison.OrdinalIgnoreCase))))
        {
            _output.Append(_html, _copied, open - _copied);
            (_copied, _end, _endIsBody) = (open, _output.Length, isBody);
        }

        return Attributes(name, out _);
    }

    private int StartTag(int open)
    {
        int name = NameEnd(open + 1);
        int end = Attributes(name, out LinkMarks marks);
        ReadOnlySpan<char> element = _html.AsSpan(open + 1, name - open - 1);
        if (_html[end - 1] != '>') return end; // never closed: no browser shows it
        if (IsLink(element)) Mark(marks);
        return _isRaw.Contains(element) ? AfterRaw(element, end) : end;
    }

    /// <summary>Anchors, areas of a picture, and the shapes that stand for buttons in Outlook.</summary>
    private static bool IsLink(ReadOnlySpan<char> element) =>
        element is "a" or "A" || element.Equals("area", StringComparison.OrdinalIgnoreCase) || element.StartsWith("v:", StringComparison.OrdinalIgnoreCase);

    private void Mark(LinkMarks marks)
    {
        bool leads = _links is not null && marks.Link is not null && marks.Off is null;
        int link = leads ? marks.Link!.Value.Start.Value : 0;
        Cut(marks, 0, link);
        if (leads) Lead(marks.Link!.Value, marks.Name is { } name ? _html.AsSpan(name.Start.Value, name.End.Value - name.Start.Value).Trim("\"'") : default);
        Cut(marks, link, _html.Length);
    }

    /// <summary>Our own attributes within these bounds, in the order in which they stand.</summary>
    private void Cut(LinkMarks marks, int from, int to)
    {
        (Range? first, Range? second) = marks.Off?.Start.Value < marks.Conversion?.Start.Value ? (marks.Off, marks.Conversion) : (marks.Conversion, marks.Off);
        Cut(first, from, to);
        Cut(second, from, to);
    }

    private void Cut(Range? attribute, int from, int to)
    {
        if (attribute is not { } range || range.Start.Value < from || range.Start.Value >= to) return;
        _output.Append(_html, _copied, range.Start.Value - _copied);
        (_copied, _isChanged) = (range.End.Value, true);
    }

    private void Lead(Range value, ReadOnlySpan<char> conversion)
    {
        (int start, int end) = (value.Start.Value, value.End.Value);
        ReadOnlySpan<char> text = _html.AsSpan(start, end - start);
        if (text is ['"', .., '"'] or ['\'', .., '\'']) text = text[1..^1];
        _output.Append(_html, _copied, start - _copied).Append('"');
        _copied = start; // also of a link that stays: what was copied is not copied again
        if (_links!.TryWriteLink(text, NewConversion.IsName(conversion) ? conversion : default, _output))
        {
            _output.Append('"');
            (_copied, _isChanged) = (end, true);
        }
        else
        {
            _output.Length--;
        }
    }

    /// <param name="at">Behind the element's name.</param>
    /// <returns>Behind the tag; the text's end when it is never closed.</returns>
    private readonly int Attributes(int at, out LinkMarks marks)
    {
        marks = default;
        while (true)
        {
            int before = at;
            while (at < _html.Length && (IsSpace(_html[at]) || _html[at] == '/')) at++;
            if (at >= _html.Length) return _html.Length;
            if (_html[at] == '>') return at + 1;
            int name = at++;
            while (at < _html.Length && !IsSpace(_html[at]) && _html[at] is not ('/' or '>' or '=')) at++;
            ReadOnlySpan<char> attribute = _html.AsSpan(name, at - name);
            int equals = at;
            while (equals < _html.Length && IsSpace(_html[equals])) equals++;
            if (equals >= _html.Length || _html[equals] != '=') continue;
            at = equals + 1;
            while (at < _html.Length && IsSpace(_html[at])) at++;
            if (at >= _html.Length) return _html.Length;
            int value = at;
            if (_html[at] is '"' or '\'')
            {
                int quote = _html.IndexOf(_html[at], at + 1);
                if (quote < 0) return _html.Length;
                at = quote + 1;
            }
            else
            {
                while (at < _html.Length && !IsSpace(_html[at]) && _html[at] != '>') at++;
            }

            if (marks.Link is null && attribute.Equals("href", StringComparison.OrdinalIgnoreCase)) marks.Link = value..at;
            else if (marks.Conversion is null && attribute.Equals(Conversion, StringComparison.OrdinalIgnoreCase)) (marks.Conversion, marks.Name) = (before..at, value..at);
            else if (attribute.Equals(Off, StringComparison.OrdinalIgnoreCase) && _html.AsSpan(value, at - value).Trim("\"'").Equals("off", StringComparison.OrdinalIgnoreCase)) marks.Off = before..at;
        }
    }

    private readonly int AfterRaw(ReadOnlySpan<char> element, int at)
    {
        while (true)
        {
            int open = _html.IndexOf("</", at, StringComparison.Ordinal);
            if (open < 0) return _html.Length;
            ReadOnlySpan<char> rest = _html.AsSpan(open + 2);
            if (rest.StartsWith(element, StringComparison.OrdinalIgnoreCase) && rest.Length > element.Length && (IsSpace(rest[element.Length]) || rest[element.Length] is '/' or '>')) return open;
            at = open + 2;
        }
    }

    private readonly int NameEnd(int at)
    {
        while (at < _html.Length && !IsSpace(_html[at]) && _html[at] is not ('/' or '>')) at++;
        return at;
    }

    private readonly int After(char c, int at) => _html.IndexOf(c, at) is >= 0 and int found ? found + 1 : _html.Length;

    /// <summary>Where they stand in the tag.</summary>
    private struct LinkMarks
    {
        /// <summary>The value of the first href, with its quotes.</summary>
        public Range? Link;

        /// <summary>The attribute that says to leave the link alone, with the white space before it.</summary>
        public Range? Off;

        /// <summary>The attribute that says what a click counts as, with the white space before it, and its value with its quotes.</summary>
        public Range? Conversion, Name;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}

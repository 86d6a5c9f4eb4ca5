using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>One pass over an address list. Every character is looked at a fixed number of times, whatever stands in it.</summary>
internal sealed class AddressListScanner(string text, MimeSource source, long offset)
{
    private readonly List<ParsedMailbox> _mailboxes = [];
    // Short mailboxes cost more than their characters: no real list has many of fewer than four octets.
    private readonly int _limit = Math.Min(source.Limits.MaxAddresses, Math.Max(64, text.Length / 4));
    private readonly MailboxBuilder _mailbox = new(source, offset);
    private readonly StringBuilder _comment = new();
    private readonly StringBuilder _angle = new();
    private EncodedWordReader _encodedWords = new(text);
    private int _position;
    private string? _group;
    private int _start = -1; // where the current mailbox begins
    private int _lastQuote = -2; // the last double quote of the text, once it was looked for
    private int _nextBracketEnd = -1; // where a literal that begins before it can end

    /// <summary>The first character that does not follow the grammar, or -1.</summary>
    public int ErrorOffset { get; private set; } = -1;

    public List<ParsedMailbox> Read()
    {
        while (_position < text.Length && _mailboxes.Count < _limit) ReadOne(text[_position]);
        Finish();
        if (_group is not null) Error(text.Length);
        if (_position < text.Length) source.Note(MimeDefectKind.TooManyAddresses, offset, $"A field has more than {_limit} mailboxes; the rest was left out.");
        if (ErrorOffset >= 0) source.Note(MimeDefectKind.InvalidHeaderValue, offset, $"A list of addresses is not as it should be at its character {ErrorOffset}.");
        return _mailboxes;
    }

    private void ReadOne(char c)
    {
        switch (c)
        {
            case ' ' or '\t' or '\r' or '\n':
                _mailbox.Blank();
                _position++;
                return;
            case '(':
                ReadComment();
                return;
            case ',':
                Finish();
                _position++;
                return;
            case ';':
                Finish();
                if (_group is null) Error(_position); // Outlook's separator
                _group = null;
                _position++;
                return;
            case ':' when _group is null && _mailbox.CanNameGroup:
                _group = _mailbox.TakeGroup();
                _start = -1;
                _position++;
                return;
            default:
                if (_start < 0) _start = _position;
                ReadWord(c);
                return;
        }
    }

    private void ReadWord(char c)
    {
        switch (c)
        {
            case '<':
                ReadAngle();
                return;
            case '"' when HasClosingQuote():
                _mailbox.AppendQuoted(ReadQuoted());
                return;
            case '[':
                ReadLiteral();
                return;
            case '=' when _position + 1 < text.Length && text[_position + 1] == '?' && _encodedWords.TryRead(_position, out EncodedWord word):
                _mailbox.Append(text.AsSpan(_position, word.End - _position)); // a comma in it separates nothing
                _position = word.End;
                return;
            default:
                if (c is '>' or '"' or ':' or '\\' or ']' or ')' || char.IsControl(c)) Error(_position);
                if (c != '>') _mailbox.Append(text.AsSpan(_position, 1));
                _position++;
                return;
        }
    }

    /// <summary>A quoted string with its quotes; there must be a closing one.</summary>
    private ReadOnlySpan<char> ReadQuoted()
    {
        int open = _position;
        for (_position++; text[_position] != '"'; _position++)
            if (text[_position] == '\\' && _position < _lastQuote - 1) _position++;
        return text.AsSpan(open, ++_position - open);
    }

    private bool HasClosingQuote()
    {
        if (_lastQuote == -2) _lastQuote = text.LastIndexOf('"');
        return _lastQuote > _position;
    }

    private void ReadLiteral()
    {
        int close = ClosingBracket();
        if (close == text.Length) Error(_position);
        int end = close == text.Length ? _position + 1 : close + 1;
        _mailbox.Append(text.AsSpan(_position, end - _position));
        _position = end;
    }

    /// <summary>The next "]"; one after a comma or ">" belongs to another mailbox. The text's length when there is none.</summary>
    private int ClosingBracket()
    {
        if (_nextBracketEnd < _position) _nextBracketEnd = text.IndexOfAny([']', ',', '>'], _position) is >= 0 and int end ? end : text.Length;
        return _nextBracketEnd < text.Length && text[_nextBracketEnd] == ']' ? _nextBracketEnd : text.Length;
    }

    private void ReadComment()
    {
        int start = _position;
        _mailbox.Comment(ReadComment(_comment.Clear()));
        if (_position > text.Length) Error(start); // not closed
    }

    /// <summary>The content, inner comments included; the position is behind the text's end when the comment is not closed.</summary>
    private StringBuilder ReadComment(StringBuilder content)
    {
        int depth = 0;
        for (; _position < text.Length; _position++)
        {
            char c = text[_position];
            if (c == '\\' && _position + 1 < text.Length) c = text[++_position];
            else if (c == '(' && depth++ == 0) continue;
            else if (c == ')' && --depth == 0) break;
            content.Append(c);
        }
        _position++;
        return content;
    }

    private void ReadAngle()
    {
        if (_mailbox.HasAngle)
        {
            Error(_position); // a second address without a comma
            string words = _mailbox.TakeWordsAfterAngle();
            Finish();
            if (words.Length > 0) _mailbox.Append(words);
            _start = _position;
        }

        StringBuilder address = _angle.Clear();
        bool isRoute = false; // <@a,@b:ann@example.com>: only the last part counts (RFC 5322 §4.4)
        _position++;
        while (_position < text.Length && text[_position] != '>')
        {
            char c = text[_position];
            if (c is ';' || (c == '<' && address.Length > 0) || (c == ',' && !isRoute)) break;
            if (c == '<') Error(_position); // one bracket too many
            if (c == '(') ReadComment();
            else if (c == '"' && HasClosingQuote()) address.Append(ReadQuoted());
            else
            {
                if (address.Length == 0 && c == '@') isRoute = true;
                if (c == ':' && isRoute) isRoute = address.Clear().Length > 0;
                else if (c is not (' ' or '\t' or '\r' or '\n' or '<')) address.Append(c);
                _position++;
            }
        }
        if (_position < text.Length && text[_position] == '>') _position++;
        else Error(_start);
        _mailbox.Angle(address.ToString());
    }

    private void Finish()
    {
        if (_mailbox.IsEmpty) _mailbox.Clear(); // nothing between two commas (RFC 5322 §4.4)
        else
        {
            _mailboxes.Add(_mailbox.Take(_group, out bool isWhole));
            if (!isWhole) Error(_start);
        }
        _start = -1;
    }

    private void Error(int at)
    {
        if (ErrorOffset < 0) ErrorOffset = Math.Max(at, 0);
    }
}

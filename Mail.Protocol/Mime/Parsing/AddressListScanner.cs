using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>One pass over an address list. Every character is looked at a fixed number of times, whatever stands in it.</summary>
internal sealed class AddressListScanner(string text, MimeSource source, long offset)
{
    private readonly List<ParsedMailbox> _mailboxes = [];
    // Short mailboxes cost more than their characters: no real list has many of fewer than four octets.
    private readonly int _limit = Math.Min(source.Limits.MaxAddresses, Math.Max(64, text.Length / 4));
    private readonly StringBuilder _words = new();   // as shown to people: quotes removed
    private readonly StringBuilder _address = new(); // the same as an address: quotes kept, no blanks around dots and @
    private readonly StringBuilder _angleText = new();
    private readonly StringBuilder _commentText = new();
    private EncodedWordReader _encodedWords = new(text);
    private int _position;
    private string? _group;
    private string? _comment;
    private string? _angle; // what stands in angle brackets, once they came
    private int _nameLength; // how much of the words stood before the angle brackets
    private int _start = -1; // where the current mailbox begins
    private int _lastQuote = -2; // the last double quote of the text, once it was looked for
    private int _nextBracketEnd = -1; // where a literal that begins before it can end
    private bool _afterBlank;
    private bool _isQuoted;

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
                _afterBlank = true;
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
            case ':' when _angle is null && _group is null && _words.Length > 0 && !Contains(_address, '@'):
                _group = EncodedWordDecoder.Decode(_words.ToString(), source, offset);
                Clear();
                _position++;
                return;
            default:
                break;
        }

        if (_start < 0) _start = _position;
        switch (c)
        {
            case '<':
                ReadAngle();
                return;
            case '"' when HasClosingQuote():
                ReadQuoted();
                return;
            case '[':
                ReadLiteral();
                return;
            case '=' when _position + 1 < text.Length && text[_position + 1] == '?' && _encodedWords.TryRead(_position, out EncodedWord word):
                Append(text.AsSpan(_position, word.End - _position), word: true); // a comma in it separates nothing
                _position = word.End;
                return;
            default:
                if (c is '>' or '"' or ':' or '\\' or ']' or ')' || char.IsControl(c)) Error(_position);
                if (c != '>') Append(text.AsSpan(_position, 1), word: false);
                _position++;
                return;
        }
    }

    private void Append(ReadOnlySpan<char> piece, bool word)
    {
        // Two atoms with a blank between are two words; a blank beside a dot or @ is none of the address (RFC 5322 §4.4).
        if (_afterBlank && _words.Length > 0) _words.Append(' ');
        if (_afterBlank && _address.Length > 0 && (word || (piece[0] is not ('.' or '@') && _address[^1] is not ('.' or '@')))) _address.Append(' ');
        _afterBlank = false;
        _words.Append(piece);
        _address.Append(piece);
    }

    private void ReadQuoted()
    {
        int open = _position;
        if (_afterBlank && _words.Length > 0) _words.Append(' ');
        if (_afterBlank && _address.Length > 0 && _address[^1] is not ('.' or '@')) _address.Append(' ');
        _afterBlank = false;
        _isQuoted = true;
        for (_position++; text[_position] != '"'; _position++)
        {
            if (text[_position] == '\\' && _position < _lastQuote - 1) _position++;
            _words.Append(text[_position]);
        }
        _position++;
        _address.Append(text, open, _position - open);
    }

    private bool HasClosingQuote()
    {
        if (_lastQuote == -2) _lastQuote = text.LastIndexOf('"');
        return _lastQuote > _position;
    }

    /// <summary>The next "]"; one after a comma or ">" belongs to another mailbox. The text's length when there is none.</summary>
    private int ClosingBracket()
    {
        if (_nextBracketEnd < _position) _nextBracketEnd = text.IndexOfAny([']', ',', '>'], _position) is >= 0 and int end ? end : text.Length;
        return _nextBracketEnd < text.Length && text[_nextBracketEnd] == ']' ? _nextBracketEnd : text.Length;
    }

    private void ReadLiteral()
    {
        int close = ClosingBracket();
        if (close == text.Length)
        {
            Error(_position);
            Append("[", word: false);
            _position++;
            return;
        }
        Append(text.AsSpan(_position, close + 1 - _position), word: true);
        _position = close + 1;
    }

    /// <summary>A comment counts as the name where there is none: <c>ann@example.com (Ann Smith)</c>.</summary>
    private void ReadComment()
    {
        int start = _position + 1;
        int depth = 0;
        _commentText.Clear();
        for (; _position < text.Length; _position++)
        {
            char c = text[_position];
            if (c == '\\' && _position + 1 < text.Length) c = text[++_position];
            else if (c == '(' && depth++ == 0) continue;
            else if (c == ')' && --depth == 0) break;
            _commentText.Append(c);
        }
        if (depth > 0) Error(start - 1);
        _position++;
        _afterBlank = true;
        if (_comment is null && _commentText.Length > 0) _comment = _commentText.ToString().Trim();
    }

    private void ReadAngle()
    {
        if (_angle is not null)
        {
            Error(_position); // a second address without a comma: the words between are its name
            string words = _words.ToString(_nameLength, _words.Length - _nameLength).TrimStart();
            _words.Length = _nameLength;
            Finish();
            _words.Append(words);
            _start = _position;
        }
        StringBuilder address = _angleText.Clear();
        _position++;
        while (_position < text.Length && text[_position] != '>')
        {
            char c = text[_position];
            if (c == '<' && address.Length == 0)
            {
                Error(_position++); // one bracket too many
                continue;
            }
            if (c is '<' or ';' || (c == ',' && !IsRoute(address))) break;
            if (c == '"' && HasClosingQuote())
            {
                int open = _position;
                for (_position++; text[_position] != '"'; _position++)
                    if (text[_position] == '\\' && _position < _lastQuote - 1) _position++;
                _position++;
                address.Append(text, open, _position - open);
                continue;
            }
            if (c == '(')
            {
                ReadComment();
                continue;
            }
            if (c == ':' && IsRoute(address)) address.Clear(); // <@a,@b:ann@example.com>: only the last part counts (RFC 5322 §4.4)
            else if (c is not (' ' or '\t' or '\r' or '\n')) address.Append(c);
            _position++;
        }
        if (_position < text.Length && text[_position] == '>') _position++;
        else Error(_start);
        _angle = address.ToString();
        _nameLength = _words.Length;
        _afterBlank = true;
    }

    private static bool IsRoute(StringBuilder address) => address.Length > 0 && address[0] == '@';

    private void Finish()
    {
        if (_angle is null && _words.Length == 0 && !_isQuoted)
        {
            Clear(); // nothing between two commas (RFC 5322 §4.4)
            return;
        }

        string? name = null;
        string address;
        if (_angle is not null)
        {
            name = _words.ToString();
            address = _angle;
        }
        else
        {
            address = _address.ToString();
            if (Mailboxless(address))
            {
                if (_isQuoted || address.Contains(' ', StringComparison.Ordinal) || address.StartsWith("=?", StringComparison.Ordinal))
                {
                    name = _words.ToString();
                    address = "";
                }
            }
            else if (!_isQuoted && address.Contains(' ', StringComparison.Ordinal)) (name, address) = SplitWords(address);
        }
        if (!IsWhole(address)) Error(_start);
        string? shown = string.IsNullOrWhiteSpace(name) ? _comment : name;
        shown = string.IsNullOrWhiteSpace(shown) ? null : EncodedWordDecoder.Decode(shown, source, offset).Trim();
        _mailboxes.Add(new ParsedMailbox(string.IsNullOrEmpty(shown) ? null : shown, address, _group));
        Clear();
    }

    private static bool Mailboxless(string address) => !address.Contains('@', StringComparison.Ordinal);

    /// <summary><c>Ann Smith ann@example.com</c>: the word with the @ is the address, the others are the name.</summary>
    private (string? Name, string Address) SplitWords(string words)
    {
        Error(_start);
        int at = words.IndexOf('@', StringComparison.Ordinal);
        int from = words.LastIndexOf(' ', at) + 1;
        int to = words.IndexOf(' ', at);
        if (to < 0) to = words.Length;
        return ($"{words[..from].Trim()} {words[to..].Trim()}".Trim(), words[from..to]);
    }

    private static bool IsWhole(string address) => address.LastIndexOf('@') is > 0 and int at && at < address.Length - 1;

    private static bool Contains(StringBuilder builder, char c)
    {
        foreach (ReadOnlyMemory<char> chunk in builder.GetChunks())
            if (chunk.Span.Contains(c)) return true;
        return false;
    }

    private void Error(int at)
    {
        if (ErrorOffset < 0) ErrorOffset = Math.Max(at, 0);
    }

    private void Clear()
    {
        _words.Clear();
        _address.Clear();
        _angle = null;
        _comment = null;
        _start = -1;
        _afterBlank = false;
        _isQuoted = false;
    }
}

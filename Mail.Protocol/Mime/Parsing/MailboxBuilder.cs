using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Collects the words of one mailbox until it is known which of them are its name and which its address.</summary>
internal sealed class MailboxBuilder(MimeSource source, long offset)
{
    private readonly StringBuilder _words = new();   // as shown to people: quotes removed
    private readonly StringBuilder _address = new(); // the same as an address: quotes kept, no blanks around dots and @
    private Place _word;                             // where the current word begins
    private Place? _addressWord;                     // where the word with the @ begins
    private Place? _afterAddressWord;
    private string? _angle;                          // what stands in angle brackets, once they came
    private int _nameLength;                         // how much of the words stood before the angle brackets
    private string? _comment;
    private bool _afterBlank;
    private bool _isQuoted;

    public bool IsEmpty => _angle is null && _words.Length == 0 && !_isQuoted;

    public bool HasAngle => _angle is not null;

    /// <summary>Whether the words so far may be the name of a group.</summary>
    public bool CanNameGroup => _angle is null && _addressWord is null && _words.Length > 0;

    public void Blank() => _afterBlank = true;

    /// <summary>An atom, a part of one, or a special character.</summary>
    public void Append(ReadOnlySpan<char> piece)
    {
        // Two atoms with a blank between are two words; a blank beside a dot or @ is none of the address (RFC 5322 §4.4).
        Space(joins: piece is "." or "@");
        if (piece is "@") _addressWord ??= _word;
        _words.Append(piece);
        _address.Append(piece);
    }

    /// <summary>A quoted string with its quotes.</summary>
    public void AppendQuoted(ReadOnlySpan<char> quoted)
    {
        Space(joins: false);
        _isQuoted = true;
        _address.Append(quoted);
        ReadOnlySpan<char> content = quoted[1..^1];
        while (content.IndexOf('\\') is >= 0 and int escape && escape + 1 < content.Length)
        {
            _words.Append(content[..escape]).Append(content[escape + 1]);
            content = content[(escape + 2)..];
        }
        _words.Append(content);
    }

    /// <summary>A comment counts as the name where there is none: <c>ann@example.com (Ann Smith)</c>.</summary>
    public void Comment(StringBuilder comment)
    {
        _afterBlank = true;
        if (_comment is null && comment.Length > 0) _comment = comment.ToString().Trim();
    }

    public void Angle(string address)
    {
        _angle = address;
        _nameLength = _words.Length;
        _afterBlank = true;
    }

    /// <summary>Removes what stands after the angle brackets: it belongs to the mailbox that follows without a comma.</summary>
    public string TakeWordsAfterAngle()
    {
        string words = _words.ToString(_nameLength, _words.Length - _nameLength).TrimStart();
        _words.Length = _nameLength;
        return words;
    }

    /// <summary>The words as the name of a group; nothing is left.</summary>
    public string TakeGroup()
    {
        string name = Decode(_words.ToString());
        Clear();
        return name;
    }

    /// <summary>The mailbox; nothing is left.</summary>
    /// <param name="group">The group it stands in, or <see langword="null"/>.</param>
    /// <param name="isWhole">Whether it has a local part and a domain, and nothing that belongs to neither name nor address.</param>
    public ParsedMailbox Take(string? group, out bool isWhole)
    {
        (string? name, string address) = Separate(out bool isMixed);
        isWhole = !isMixed && address.LastIndexOf('@') is > 0 and int at && at < address.Length - 1;
        string shown = Decode(string.IsNullOrWhiteSpace(name) ? _comment ?? "" : name);
        Clear();
        return new ParsedMailbox(shown.Length == 0 ? null : shown, OneLine.Of(address), group);
    }

    private (string? Name, string Address) Separate(out bool isMixed)
    {
        isMixed = false;
        if (_angle is not null) return (_words.ToString(), _angle);
        if (_addressWord is { } start)
        {
            // "Ann Smith ann@example.com": the word with the @ is the address, the others are the name.
            Place end = _afterAddressWord ?? new Place(_words.Length, _address.Length);
            isMixed = start.Address > 0 || end.Address < _address.Length;
            string name = isMixed ? $"{_words.ToString(0, start.Words).TrimEnd()} {_words.ToString(end.Words, _words.Length - end.Words).TrimStart()}" : "";
            return (name, _address.ToString(start.Address, end.Address - start.Address));
        }
        // A single word stands for an address (root); several, a quoted or an encoded one are a name.
        string words = _words.ToString();
        bool isName = _isQuoted || _word.Address > 0 || words.StartsWith("=?", StringComparison.Ordinal);
        return isName ? (words, "") : (null, words);
    }

    private void Space(bool joins)
    {
        if (_afterBlank)
        {
            bool isWord = !joins && _address.Length > 0 && _address[^1] is not ('.' or '@');
            if (isWord && _addressWord is not null) _afterAddressWord ??= new Place(_words.Length, _address.Length);
            if (_words.Length > 0) _words.Append(' ');
            if (isWord)
            {
                _address.Append(' ');
                _word = new Place(_words.Length, _address.Length);
            }
        }
        _afterBlank = false;
    }

    private string Decode(string text) => OneLine.Of(EncodedWordDecoder.Decode(text, source, offset)).Trim();

    public void Clear()
    {
        _words.Clear();
        _address.Clear();
        _word = default;
        _addressWord = _afterAddressWord = null;
        _angle = _comment = null;
        _afterBlank = _isQuoted = false;
    }

    /// <summary>One place in both texts.</summary>
    private readonly record struct Place(int Words, int Address);
}

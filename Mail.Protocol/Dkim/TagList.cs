using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Mail.Protocol.Dkim;

/// <summary>A list of <c>name=value;</c> as signatures and key records have it, read strictly by RFC 6376 §3.2, in linear time.</summary>
internal sealed class TagList
{
    private const int MaxNameLength = 64; // so that a message about it stays short
    private const int MaxTags = 64; // names are compared with each other; the RFCs define 13

    private readonly byte[] _text;
    private readonly List<Tag> _tags = [];

    private TagList(byte[] text) => _text = text;

    /// <summary>How many tags there are.</summary>
    public int Count => _tags.Count;

    /// <summary>Reads a list.</summary>
    /// <param name="text">The list; kept, not copied.</param>
    /// <param name="tags">The tags, or <see langword="null"/>.</param>
    /// <param name="error">What is wrong, or <see langword="null"/>.</param>
    public static bool TryParse(byte[] text, [NotNullWhen(true)] out TagList? tags, [NotNullWhen(false)] out string? error)
    {
        TagList list = new(text);
        error = list.Read();
        tags = error is null ? list : null;
        return error is null;
    }

    /// <summary>The value without the white space around it, or <see langword="false"/> when there is no such tag.</summary>
    public bool TryGet(string name, out ReadOnlySpan<byte> value)
    {
        foreach (Tag tag in _tags)
        {
            if (!Ascii.Equals(Slice(tag.Name), name)) continue; // names are case-sensitive
            value = Slice(tag.Value);
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>The value as text, white space inside included, or <see langword="null"/>.</summary>
    public string? Text(string name) => TryGet(name, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : null;

    /// <summary>The value as text without the white space inside, for the values that may be folded there: lists with colons and quoted-printable.</summary>
    public string? Folded(string name) => TryGet(name, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(WithoutWhiteSpace(value)) : null;

    /// <summary>The octets of a value in base64, which may be folded anywhere (RFC 6376 §2.10); <see langword="null"/> when it is none.</summary>
    public byte[]? Base64(string name)
    {
        if (!TryGet(name, out ReadOnlySpan<byte> value)) return null;
        byte[] text = WithoutWhiteSpace(value);
        byte[] octets = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return System.Buffers.Text.Base64.DecodeFromUtf8(text, octets, out _, out int written) == System.Buffers.OperationStatus.Done ? octets[..written] : null;
    }

    /// <summary>Where a value stands in the text, with the white space around it.</summary>
    public Range WholeValue(string name)
    {
        foreach (Tag tag in _tags)
            if (Ascii.Equals(Slice(tag.Name), name)) return tag.WholeValue;
        return default;
    }

    /// <summary>Whether a tag is the first of the list.</summary>
    public bool IsFirst(string name) => _tags.Count > 0 && Ascii.Equals(Slice(_tags[0].Name), name);

    private static byte[] WithoutWhiteSpace(ReadOnlySpan<byte> value)
    {
        byte[] text = new byte[value.Length];
        int length = 0;
        foreach (byte b in value)
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) text[length++] = b;
        return text[..length];
    }

    private ReadOnlySpan<byte> Slice(Range range) => _text.AsSpan(range);

    private string? Read()
    {
        int position = 0;
        while (true)
        {
            int length = _text.AsSpan(position).IndexOf((byte)';');
            int end = length < 0 ? _text.Length : position + length;
            bool last = length < 0;
            if (last && _tags.Count > 0 && IsWhiteSpace(_text.AsSpan(position..end))) return null; // behind the last semicolon
            if (Add(position, end) is { } error) return error;
            if (last) return null;
            position = end + 1;
        }
    }

    private string? Add(int start, int end)
    {
        if (_tags.Count == MaxTags) return $"There are more than {MaxTags} tags.";
        int equals = _text.AsSpan(start..end).IndexOf((byte)'=');
        if (equals < 0) return "A tag has no \"=\".";
        if (Trim(start, start + equals) is not { } name || !IsName(Slice(name))) return "A tag has no valid name.";
        if (Trim(start + equals + 1, end) is not { } value || !IsValue(Slice(value))) return $"The tag {Encoding.ASCII.GetString(Slice(name))} holds a character that is not allowed.";
        foreach (Tag other in _tags)
            if (Slice(other.Name).SequenceEqual(Slice(name))) return $"The tag {Encoding.ASCII.GetString(Slice(name))} stands there twice.";
        _tags.Add(new Tag(name, value, (start + equals + 1)..end));
        return null;
    }

    // Without the folding white space at both ends; null when what stands there is a line end that folds nothing.
    private Range? Trim(int start, int end)
    {
        while (start < end && WhiteSpaceAt(start, end) is > 0 and int length) start += length;
        int tail = end;
        while (tail > start && _text[tail - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') tail--;
        for (int i = tail; i < end;)
        {
            int length = WhiteSpaceAt(i, end);
            if (length == 0) return null;
            i += length;
        }
        return start..tail;
    }

    // The length of a space, a tab, or a CRLF with the space or tab that makes it a fold (RFC 6376 §2.8); 0 where none of them stands.
    private int WhiteSpaceAt(int position, int end) => _text[position] switch
    {
        (byte)' ' or (byte)'\t' => 1,
        (byte)'\r' when position + 2 < end && _text[position + 1] == '\n' && _text[position + 2] is (byte)' ' or (byte)'\t' => 3,
        _ => 0,
    };

    private static bool IsWhiteSpace(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > MaxNameLength || !char.IsAsciiLetter((char)name[0])) return false;
        foreach (byte b in name)
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '_') return false;
        return true;
    }

    // Printable, other scripts (RFC 8616 §5), and white space inside, folded or not.
    private static bool IsValue(ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            byte b = value[i];
            if (b is > 0x20 and not 0x7F or (byte)' ' or (byte)'\t') continue;
            if (b != '\r' || i + 2 >= value.Length || value[i + 1] != '\n' || value[i + 2] is not ((byte)' ' or (byte)'\t')) return false;
            i += 2;
        }
        return true;
    }

    private readonly record struct Tag(Range Name, Range Value, Range WholeValue);
}

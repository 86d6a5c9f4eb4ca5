using System.Globalization;
using System.Text;
using HandlebarsDotNet;

namespace Mail.Core.Templates;

/// <summary>What a part is rendered into: text of a bounded length. A template that would write more is stopped there, and not when the memory is full.</summary>
internal sealed class BoundedText : TextWriter
{
    /// <summary>Characters of a part. Gmail cuts a mail off at 102 KB; twenty times that is no mail any more.</summary>
    public const int MaxCharacters = 2 * 1024 * 1024;

    /// <summary>A writer that has held more than this is not kept for the next mail.</summary>
    private const int Kept = 256 * 1024;

    /// <summary>Writers of this thread that nobody uses, one for each level of texts within parts: a thread that renders needs no new ones.</summary>
    [ThreadStatic] private static BoundedText? _spare;

    private BoundedText? _next;
    private char[] _text = new char[1024];
    private int _length;

    private BoundedText()
        : base(CultureInfo.InvariantCulture)
    {
    }

    public override Encoding Encoding => Encoding.Unicode;

    public static string Render(HandlebarsTemplate<TextWriter, object, object> template, object variables) => Render(template, variables, static text => new string(text));

    /// <param name="finish">Makes of what was written what is wanted.</param>
    public static string Render(HandlebarsTemplate<TextWriter, object, object> template, object variables, Func<ReadOnlySpan<char>, string> finish)
    {
        BoundedText writer = _spare ?? new BoundedText();
        (_spare, writer._next) = (writer._next, null);
        try
        {
            template(writer, variables);
            return finish(writer._text.AsSpan(0, writer._length));
        }
        finally
        {
            writer._length = 0;
            if (writer._text.Length <= Kept) (writer._next, _spare) = (_spare, writer);
        }
    }

    public override void Write(char value)
    {
        if (_length == _text.Length) Grow(1);
        _text[_length++] = value;
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (buffer.Length > _text.Length - _length) Grow(buffer.Length);
        buffer.CopyTo(_text.AsSpan(_length));
        _length += buffer.Length;
    }

    public override void Write(string? value) => Write(value.AsSpan());

    public override string ToString() => new(_text, 0, _length);

    private void Grow(int count)
    {
        if (_length + (long)count > MaxCharacters) throw new HandlebarsRuntimeException($"A part of it would have more than {MaxCharacters:N0} characters.");
        Array.Resize(ref _text, Math.Min(MaxCharacters, Math.Max(_text.Length * 2, _length + count)));
    }
}

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

    [ThreadStatic] private static BoundedText? _spare;

    private readonly StringBuilder _text = new(16 * 1024);

    private BoundedText()
        : base(System.Globalization.CultureInfo.InvariantCulture)
    {
    }

    public override Encoding Encoding => Encoding.Unicode;

    public static string Render(HandlebarsTemplate<TextWriter, object, object> template, object variables)
    {
        BoundedText writer = _spare ?? new BoundedText();
        _spare = null; // a text within the part takes a writer of its own
        try
        {
            template(writer, variables);
            return writer._text.ToString();
        }
        finally
        {
            writer._text.Clear();
            if (writer._text.Capacity <= Kept) _spare = writer;
        }
    }

    public override void Write(char value)
    {
        Require(1);
        _text.Append(value);
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Require(buffer.Length);
        _text.Append(buffer);
    }

    public override void Write(string? value) => Write(value.AsSpan());

    public override string ToString() => _text.ToString();

    private void Require(int count)
    {
        if (_text.Length + count > MaxCharacters) throw new HandlebarsRuntimeException($"A part of it would have more than {MaxCharacters:N0} characters.");
    }
}

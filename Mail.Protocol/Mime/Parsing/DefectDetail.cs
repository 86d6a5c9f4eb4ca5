using System.Globalization;
using System.Runtime.CompilerServices;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>The sentence of a defect, put together only when the defect is going to be kept: hostile input may repeat one a million times.</summary>
[InterpolatedStringHandler]
internal ref struct DefectDetail
{
    private DefaultInterpolatedStringHandler _text;

    public DefectDetail(int literalLength, int formattedCount, MimeSource source, MimeDefectKind kind, long offset, out bool isWanted)
    {
        isWanted = source.Takes(kind, offset);
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
        IsWanted = isWanted;
    }

    public bool IsWanted { get; }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string ToText() => _text.ToStringAndClear();
}

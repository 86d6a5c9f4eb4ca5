namespace Mail.Core.Templates.Expressions;

/// <summary>An expression that could not be rendered.</summary>
/// <param name="Offset">Where it stands in the source, in characters.</param>
internal sealed record ExpressionProblem(int Offset, string Detail)
{
    /// <summary>Line and column, both from 1.</summary>
    public static (int Line, int Column) Position(string source, int offset)
    {
        ReadOnlySpan<char> before = source.AsSpan(0, Math.Min(offset, source.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}

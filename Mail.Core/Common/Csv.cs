using System.Buffers;

namespace Mail.Core.Common;

/// <summary>Lines of a CSV file (RFC 4180).</summary>
public static class Csv
{
    private static readonly SearchValues<char> _toQuote = SearchValues.Create("\",;\t\r\n");

    public static string Cell(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAny(_toQuote) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>What a program for tables would take for a formula gets an apostrophe before it: somebody else may have written it.</summary>
    public static string Line(params string?[] cells) => string.Join(',', cells.Select(cell => Cell(Guarded(cell ?? ""))));

    public static string Guarded(string cell) => IsLikeFormula(cell) ? $"'{cell}" : cell;

    /// <summary>Takes off what <see cref="Guarded"/> puts on.</summary>
    public static string Unguarded(string cell) => cell is ['\'', .. string rest] && IsLikeFormula(rest) ? rest : cell;

    /// <summary>Also in the wide letters of East Asia; and with apostrophes before it, so that what comes back is what went out.</summary>
    private static bool IsLikeFormula(string cell) =>
        cell.AsSpan().TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..];
}

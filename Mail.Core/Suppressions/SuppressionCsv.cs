using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mail.Core.Suppressions;

/// <summary>The list as lines of a CSV file (RFC 4180).</summary>
public static class SuppressionCsv
{
    private static readonly SearchValues<char> _toQuote = SearchValues.Create("\",;\t\r\n");

    /// <returns>The header, then a line for each entry.</returns>
    public static async IAsyncEnumerable<string> LinesAsync(IAsyncEnumerable<Suppression> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        yield return string.Join(',', SuppressionColumns.Exported);
        await foreach (Suppression entry in entries)
        {
            StringBuilder line = new();
            line.Append(Cell(entry.Address)).Append(',').Append(entry.Reason.Name()).Append(',').Append(entry.Topic).Append(',')
                .Append(Cell(SuppressionColumns.Guarded(entry.Note ?? ""))).Append(',').Append(Time(entry.CreatedAt)).Append(',').Append(Time(entry.ExpiresAt)).Append(',').Append(entry.MessageId);
            yield return line.ToString();
        }
    }

    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(_toQuote) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture) ?? "";
}

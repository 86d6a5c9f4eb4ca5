using System.Globalization;
using System.Text;
using Mail.Core.Common;

namespace Mail.Core.Suppressions;

/// <summary>The list as lines of a CSV file (RFC 4180).</summary>
public static class SuppressionCsv
{
    /// <returns>The header, then a line for each entry.</returns>
    public static async IAsyncEnumerable<string> LinesAsync(IAsyncEnumerable<Suppression> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        yield return string.Join(',', SuppressionColumns.Exported);
        await foreach (Suppression entry in entries)
        {
            StringBuilder line = new();
            line.Append(Csv.Cell(Csv.Guarded(entry.Address))).Append(',').Append(entry.Reason.Name()).Append(',').Append(entry.Topic).Append(',')
                .Append(Csv.Cell(Csv.Guarded(entry.Note ?? ""))).Append(',').Append(Time(entry.CreatedAt)).Append(',').Append(Time(entry.ExpiresAt)).Append(',').Append(entry.MessageId);
            yield return line.ToString();
        }
    }

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture) ?? "";
}

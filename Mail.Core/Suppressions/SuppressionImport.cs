using Mail.Core.Common;

namespace Mail.Core.Suppressions;

/// <summary>What became of a file.</summary>
/// <param name="Lines">Records with an address, right or wrong.</param>
/// <param name="Known">Of the right ones, how many stood there, or twice in the file.</param>
/// <param name="Refused">How many were wrong; the others were taken all the same.</param>
/// <param name="Problems">The first of the wrong ones.</param>
public sealed record SuppressionImportReport(long Lines, long Added, long Known, long Refused, IReadOnlyList<SuppressionImportProblem> Problems);

/// <param name="Line">In the file; the first is 1.</param>
public sealed record SuppressionImportProblem(int Line, string Message);

/// <summary>
/// Takes over a list as a CSV file: with a header that names its columns in any order (`email` or `address`, and perhaps `reason`, `topic_id`, `note`,
/// `created_at`, `expires_at`; others are passed over), or without one, addresses in the first column. Nothing is told as an event.
/// </summary>
public sealed class SuppressionImport(SuppressionList list, TimeProvider clock)
{
    /// <summary>How many problems are named; the others are counted.</summary>
    public const int MostProblems = 1000;

    private const int Portion = 1000;

    /// <param name="reason">Of lines that name none.</param>
    /// <param name="topic">Of lines that name none; empty for all.</param>
    public async Task<SuppressionImportReport> ReadAsync(ProjectId projectId, TextReader file, SuppressionReason reason, string topic, CancellationToken ct)
    {
        CsvReader reader = new(file);
        SuppressionColumns? columns = null;
        Dictionary<(string, string, SuppressionReason), NewSuppression> portion = [];
        List<SuppressionImportProblem> problems = [];
        long lines = 0, added = 0, refused = 0;
        while (await reader.ReadAsync(ct) is { } record)
        {
            bool isFirst = columns is null;
            columns ??= SuppressionColumns.Of(record.Cells);
            if (isFirst && columns.IsHeader) continue;
            if (record.Problem is null && record.Cells.All(cell => cell.Length == 0)) continue;
            lines++;
            string? problem = record.Problem;
            if (problem is null && columns.Read(record.Cells, reason, topic, clock.GetUtcNow(), out problem) is { } entry) portion[(entry.Address, entry.Topic, entry.Reason)] = entry;
            if (problem is not null && ++refused <= MostProblems) problems.Add(new SuppressionImportProblem(record.Line, problem));
            if (portion.Count == Portion) await StoreAsync();
        }

        await StoreAsync();
        return new SuppressionImportReport(lines, added, lines - refused - added, refused, problems);

        async Task StoreAsync()
        {
            added += (await list.AddAsync(projectId, [.. portion.Values], tell: false, ct)).Count(one => one.IsNew);
            portion.Clear();
        }
    }
}

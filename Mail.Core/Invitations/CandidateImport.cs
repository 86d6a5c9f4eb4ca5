using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Invitations;

/// <summary>What is wrong with a row of a file.</summary>
/// <param name="Row">As a program for tables counts: the line of names is 1.</param>
/// <param name="Column">Its name; null for the row as a whole.</param>
public sealed record CandidateProblem(int Row, string? Column, string Message);

/// <param name="Rows">Of candidates, right or wrong.</param>
/// <param name="Unchanged">Who stood there with the same data.</param>
/// <param name="Refused">The wrong ones; the others are taken all the same.</param>
/// <param name="Problems">The first thousand.</param>
public sealed record CandidateReport(int Rows, int Added, int Changed, int Unchanged, int Refused, IReadOnlyList<CandidateProblem> Problems);

/// <summary>Takes candidates over from a file, once each by their application: the same file again changes nothing. All right rows in one transaction.</summary>
public sealed class CandidateImport(NpgsqlDataSource dataSource, InvitationStore store, InvitationWriter writer, TimeProvider clock)
{
    public const int MostRows = 10_000, MostProblems = 1000;

    private static readonly (string, string, string, string, string) _names = ("application_id", "email", "name", "locale", "time_zone");

    private const string KnownSql = "SELECT to_json(c)::text FROM candidates c WHERE project_id = $1 AND is_test = $2 AND application_id = ANY($3) ORDER BY id FOR NO KEY UPDATE";

    /// <param name="dryRun">Only tells what would come of it.</param>
    public async Task<Result<CandidateReport>> ReadAsync(Campaign campaign, string text, bool dryRun, InvitationCause cause, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        List<CandidateProblem> problems = [];
        Result<(List<(int Row, CandidateWish Wish)> Wishes, int Rows, int Refused)> parsed = await ParseAsync(campaign, text, problems, ct);
        if (!parsed.IsSuccess) return parsed.Failure;
        (List<(int Row, CandidateWish Wish)> wishes, int rows, int refused) = parsed.Value;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        DateTimeOffset now = clock.GetUtcNow();
        Dictionary<string, Invitation> known = await KnownAsync(campaign, wishes, connection, ct);
        List<Invitation> added = [];
        List<InvitationStep> changed = [];
        int unchanged = 0;
        foreach ((int row, CandidateWish wish) in wishes)
        {
            if (!known.TryGetValue(wish.ApplicationId, out Invitation? there)) added.Add(wish.ToCandidate(campaign, now));
            else if (there.CampaignId != campaign.Id)
            {
                refused++;
                Add(problems, row, "application_id", "belongs to another campaign of this project.");
            }
            else if (wish.ChangeOf(there, now) is { } change) changed.Add(change);
            else unchanged++;
        }

        if (!dryRun)
        {
            HashSet<Guid> made = added.Count == 0 ? [] : await InvitationStore.AddAsync(added, connection, ct);
            unchanged += added.RemoveAll(one => !made.Contains(one.Id)); // another import was faster
            await writer.TellAsync(connection, campaign, [.. added.Select(one => new InvitationStep(one, InvitationEvents.Added))], cause, now, ct);
            await writer.WriteAsync(connection, campaign, changed, cause, ct);
            await transaction.CommitAsync(ct);
        }

        problems.Sort((one, other) => one.Row.CompareTo(other.Row));
        return new CandidateReport(rows, added.Count, changed.Count, unchanged, refused, problems);
    }

    private static async Task<Result<(List<(int, CandidateWish)>, int, int)>> ParseAsync(Campaign campaign, string text, List<CandidateProblem> problems, CancellationToken ct)
    {
        using StringReader lines = new(text);
        CsvReader reader = new(lines);
        CandidateColumns? columns = null;
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        List<(int, CandidateWish)> wishes = [];
        int rows = 0, refused = 0, row = 0;
        while (await reader.ReadAsync(ct) is { } record)
        {
            row++;
            if (columns is null)
            {
                Result<CandidateColumns> header = record.Problem is { } broken ? Failure.Field("file", $"has a first line that {broken}") : CandidateColumns.Of(record.Cells);
                if (!header.IsSuccess) return header.Failure;
                columns = header.Value;
                continue;
            }

            if (record.Problem is null && record.Cells.All(cell => cell.Length == 0)) continue;
            if (++rows > MostRows) return Failure.Field("file", $"has more than {MostRows} candidates. Send it in parts: what is known already is not added again.");
            (string? Column, string Message)? problem = record.Problem is { } bad ? (null, bad) : null;
            CandidateWish wish = new(
                campaign.Project, campaign.IsTest, columns.Cell(record.Cells, "application_id") ?? "", columns.Cell(record.Cells, "email"), columns.Cell(record.Cells, "name"),
                columns.Cell(record.Cells, "locale"), columns.Cell(record.Cells, "time_zone"), campaign.Id);
            problem ??= wish.ApplicationId.Length == 0 ? ("application_id", "is missing.") : wish.Email is null ? ("email", "is missing.") : null;
            problem ??= CandidateWish.ProblemWith(wish.ApplicationId, wish.Email, wish.Name, wish.Locale, wish.TimeZone, _names);
            if (problem is null && !seen.TryAdd(wish.ApplicationId, row)) problem = ("application_id", $"stands in row {seen[wish.ApplicationId]} too.");
            if (problem is { } wrong)
            {
                refused++;
                Add(problems, row, wrong.Column, wrong.Message);
            }
            else wishes.Add((row, wish));
        }

        return columns is null ? Failure.Field("file", "is empty.") : (wishes, rows, refused);
    }

    private async Task<Dictionary<string, Invitation>> KnownAsync(Campaign campaign, List<(int Row, CandidateWish Wish)> wishes, NpgsqlConnection connection, CancellationToken ct) => (await store.ReadAsync(
        KnownSql, connection, ct, new NpgsqlParameter<Guid> { TypedValue = campaign.ProjectId }, new NpgsqlParameter<bool> { TypedValue = campaign.IsTest },
        new NpgsqlParameter<string[]> { TypedValue = [.. wishes.Select(one => one.Wish.ApplicationId)] })).ToDictionary(one => one.ApplicationId, StringComparer.Ordinal);

    private static void Add(List<CandidateProblem> problems, int row, string? column, string message)
    {
        if (problems.Count < MostProblems) problems.Add(new CandidateProblem(row, column, message));
    }
}

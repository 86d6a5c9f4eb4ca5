using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Privacy;

/// <summary>A table whose rows may say a person's address in texts, read in the order of its key.</summary>
/// <param name="Name">The table's.</param>
/// <param name="Keys">The columns of its primary key after project_id, and their types.</param>
/// <param name="Texts">Expressions of type text.</param>
internal sealed record TextTable(string Name, (string Column, string Type)[] Keys, params string[] Texts)
{
    /// <summary>The column that says whose row it is; a person's own rows are always deleted.</summary>
    public string? Person { get; init; }

    /// <summary>What takes the address out of a row that stays; null where the row goes.</summary>
    public string? Clean { get; init; }

    /// <summary>What else the export shows of a row: a JSON object.</summary>
    public string Shown { get; init; } = "to_jsonb(t) - 'project_id'";

    /// <summary>The field's name in an export; the table's without one.</summary>
    public string? ExportedAs { get; init; }

    /// <summary>Whether rows of the installation, which are no project's, are looked at too.</summary>
    public bool IsInstallations { get; init; }

    /// <summary>Whether the part before the at sign is enough to be the person's: in the words of servers about few rows.</summary>
    public bool LocalPartCounts { get; init; }

    /// <summary>Whether the texts are names that programs made, in which dashes part words.</summary>
    public bool AreNames { get; init; }

    /// <summary>Rows in a page.</summary>
    public int Portion { get; init; } = 2000;

    private string KeyList => string.Join(", ", Keys.Select(key => key.Column));

    private string AllText => $"concat_ws(' ', {string.Join(", ", Texts)})";

    private string MayBe => string.Join(" OR ", new[] { Person is { } person ? PersonSql.MayBe(person, 4) : null, LocalPartCounts ? "true" : PersonSql.MaySay(AllText, 6) }.OfType<string>());

    // Keys as text, so that one reader reads all tables; texts only where it is worth a look.
    private string PageSql(bool isFirst, bool shows) => $"""
        SELECT ARRAY[{string.Join(", ", Keys.Select(key => key.Column + "::text"))}], {Person ?? "NULL::text"}, CASE WHEN {MayBe} THEN ARRAY[{string.Join(", ", Texts)}] END, {(shows ? $"CASE WHEN {MayBe} THEN ({Shown})::text END" : "NULL")}
        FROM {Name} t WHERE project_id = $1{(isFirst ? "" : $" AND ({KeyList}) > ({string.Join(", ", Keys.Select((key, i) => $"($2::text[])[{i + 1}]::{key.Type}"))})")}
        ORDER BY {KeyList} LIMIT $3
        """;

    private string Chosen => $"project_id = $1 AND ({KeyList}) IN (SELECT {string.Join(", ", Keys.Select((key, i) => $"k{i}::{key.Type}"))} FROM unnest({string.Join(", ", Keys.Select((_, i) => $"${i + 2}::text[]"))}) AS chosen({string.Join(", ", Keys.Select((_, i) => $"k{i}"))}))";

    /// <param name="after">The key of the row at which the last page ended; null for the first page.</param>
    /// <returns>The key of the last row that was looked at, null when there are no more; and those that say the address.</returns>
    public async Task<(string[]? Last, List<TextRow> Rows)> ReadAsync(NpgsqlConnection connection, Guid project, PersonAddress person, string[]? after, bool shows, CancellationToken ct)
    {
#pragma warning disable CA2100 // made of the constants of PersonTables
        await using NpgsqlCommand command = new(PageSql(after is null, shows), connection);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project).AddTyped(after ?? []).AddTyped(Portion).AddAddress(person).AddRuns(person);
        string[]? last = null;
        List<TextRow> found = [];
        int count = 0;
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        for (; await reader.ReadAsync(ct); count++)
        {
            last = reader.GetFieldValue<string[]>(0);
            if (reader.IsDBNull(2)) continue;
            bool isOwn = reader.OptionalText(1) is { } whose && person.Is(whose);
            if (isOwn || reader.GetFieldValue<string?[]>(2).Any(text => IsSaid(person, text))) found.Add(new TextRow(last, isOwn, reader.OptionalText(3)));
        }

        return (count < Portion ? null : last, found);
    }

    /// <returns>How many rows are gone, and how many stayed without the address.</returns>
    public async Task<(int Deleted, int Cleaned)> EraseAsync(NpgsqlConnection connection, Guid project, List<TextRow> rows, CancellationToken ct)
    {
        int deleted = await ExecuteAsync(connection, $"DELETE FROM {Name} WHERE {Chosen}", project, [.. rows.Where(row => row.IsOwn || Clean is null)], ct);
        return (deleted, Clean is null ? 0 : await ExecuteAsync(connection, $"UPDATE {Name} SET {Clean} WHERE {Chosen}", project, [.. rows.Where(row => !row.IsOwn)], ct));
    }

    private bool IsSaid(PersonAddress person, string? text) => text is { Length: > 0 }
        && ((text[0] is '{' or '[' ? person.IsInJson(text) : person.IsIn(text)) || (LocalPartCounts && person.LocalPartIsIn(text)) || (AreNames && person.IsInName(text)));

    private async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, Guid project, List<TextRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return 0;
#pragma warning disable CA2100 // made of the constants of PersonTables
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project);
        for (int i = 0; i < Keys.Length; i++) command.Parameters.AddTyped(rows.Select(row => row.Key[i]).ToArray());
        return await command.ExecuteNonQueryAsync(ct);
    }
}

/// <param name="IsOwn">The row is the person's, and does not only quote the address.</param>
/// <param name="Shown">For an export.</param>
internal sealed record TextRow(string[] Key, bool IsOwn, string? Shown);

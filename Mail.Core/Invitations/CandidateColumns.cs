using Mail.Core.Common;

namespace Mail.Core.Invitations;

/// <summary>Which column of a file of candidates holds what; its first line names them, in English or French.</summary>
internal sealed class CandidateColumns
{
    private static readonly (string Field, string[] Names)[] _fields =
    [
        ("application_id", ["application_id", "application", "candidature", "id_candidature", "id candidature"]),
        ("email", ["email", "e-mail", "mail", "candidate_email", "courriel", "adresse"]),
        ("name", ["name", "candidate_name", "nom", "full_name"]),
        ("locale", ["locale", "language", "langue"]),
        ("time_zone", ["time_zone", "timezone", "fuseau", "fuseau horaire"]),
    ];

    private readonly Dictionary<string, int> _index = [];

    /// <param name="first">The first record of the file.</param>
    /// <returns>A refusal when what must be there is not.</returns>
    public static Result<CandidateColumns> Of(IReadOnlyList<string> first)
    {
        CandidateColumns columns = new();
        for (int i = 0; i < first.Count; i++)
            foreach ((string field, string[] names) in _fields)
                if (names.Contains(first[i], StringComparer.OrdinalIgnoreCase)) columns._index.TryAdd(field, i);
        return columns._index.ContainsKey("application_id") && columns._index.ContainsKey("email")
            ? columns
            : Failure.Field("file", "must begin with a line of names, `application_id` and `email` among them; `name`, `locale` and `time_zone` may be there too.");
    }

    /// <returns>Null for an empty cell. The apostrophe with which our export guards a cell is taken off again.</returns>
    public string? Cell(IReadOnlyList<string> cells, string field)
    {
        if (!_index.TryGetValue(field, out int index) || index >= cells.Count || cells[index].Length == 0) return null;
        return Csv.Unguarded(cells[index]);
    }
}

using System.Globalization;
using Mail.Core.Common;

namespace Mail.Core.Suppressions;

/// <summary>Which column of a file holds what.</summary>
internal sealed class SuppressionColumns
{
    private static readonly string[] _addressNames = ["email", "address", "email_address", "email address", "recipient"];

    private readonly Dictionary<string, int> _index = new(StringComparer.OrdinalIgnoreCase);

    private SuppressionColumns(bool isHeader) => IsHeader = isHeader;

    /// <summary>Whether the first record was one of names.</summary>
    public bool IsHeader { get; }

    /// <summary>The names in the order in which an export writes them.</summary>
    public static IReadOnlyList<string> Exported { get; } = ["email", "reason", "topic_id", "note", "created_at", "expires_at", "email_id"];

    /// <param name="first">The first record of the file.</param>
    public static SuppressionColumns Of(IReadOnlyList<string> first)
    {
        int address = -1;
        for (int i = 0; i < first.Count && address < 0; i++)
            if (_addressNames.Contains(first[i], StringComparer.OrdinalIgnoreCase)) address = i;
        SuppressionColumns columns = new(isHeader: address >= 0);
        if (address >= 0)
            for (int i = 0; i < first.Count; i++) columns._index.TryAdd(first[i], i);
        columns._index["email"] = Math.Max(address, 0);
        return columns;
    }

    /// <param name="problem">What is wrong, as a sentence; null when nothing is.</param>
    /// <returns>Null when something is wrong.</returns>
    public NewSuppression? Read(IReadOnlyList<string> cells, SuppressionReason reason, string topic, DateTimeOffset now, out string? problem)
    {
        if (!NormalAddress.TryParse(Csv.Unguarded(Cell("email")), out string? address, out string? error))
        {
            problem = $"`email` is not an address: {error}";
            return null;
        }

        SuppressionReason why = reason;
        if (Cell("reason") is { Length: > 0 } name && !SuppressionReasons.TryParse(name, out why))
        {
            problem = $"`reason` must be one of {string.Join(", ", SuppressionReasons.All.Select(known => known.Name()))}.";
            return null;
        }

        DateTimeOffset? createdAt = null, expiresAt = null;
        problem = Time("created_at", ref createdAt) ?? Time("expires_at", ref expiresAt);
        if (problem is not null) return null;
        if (createdAt > now) createdAt = now;
        string note = Csv.Unguarded(Cell("note"));
        string about = Cell("topic_id") is { Length: > 0 } given ? given : why.MayHaveTopic() ? topic : ""; // one given for the whole file is for those lines that may have one
        NewSuppression entry = new(address, about, why, note.Length == 0 ? null : note, expiresAt, createdAt);
        if (entry.Problem(now) is { } failure)
        {
            problem = $"`{failure.Field}` {failure.Problem}";
            return null;
        }

        return entry;

        string Cell(string column) => _index.TryGetValue(column, out int index) && index < cells.Count ? cells[index] : "";

        string? Time(string column, ref DateTimeOffset? value)
        {
            string text = Cell(column);
            if (text.Length == 0) return null;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds < 100_000_000_000) value = DateTimeOffset.FromUnixTimeSeconds(seconds); // as SendGrid exports it
            else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)) value = time.ToUniversalTime();
            else return $"`{column}` is no time: write it as 2026-01-31T08:00:00Z.";
            return null;
        }
    }
}

using System.Text.Json.Serialization;

namespace Mail.Core.Privacy;

/// <summary>What an erasure has done so far, in rows by table.</summary>
[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
public sealed class ErasedCounts
{
    /// <summary>Rows that are gone.</summary>
    public SortedDictionary<string, long> Removed { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows that others are concerned by as well, which stay without the address.</summary>
    public SortedDictionary<string, long> Cleaned { get; } = new(StringComparer.Ordinal);

    internal void AddRemoved(string table, long rows) => Add(Removed, table, rows);

    internal void AddCleaned(string table, long rows) => Add(Cleaned, table, rows);

    private static void Add(SortedDictionary<string, long> counts, string table, long rows)
    {
        if (rows > 0) counts[table] = counts.GetValueOrDefault(table) + rows;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErasedCounts))]
internal sealed partial class ErasedCountsJson : JsonSerializerContext;

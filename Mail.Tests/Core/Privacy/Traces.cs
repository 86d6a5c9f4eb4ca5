using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace Mail.Tests.Core.Privacy;

/// <param name="But">Texts that hold the words and are others'.</param>
/// <param name="NotOf">A project whose rows do not count.</param>
internal sealed record TraceQuestion(string[] Words, string[] But, Guid NotOf);

/// <summary>Reads every column of every row of every table that the database says it has, and finds words in it, however they are encoded.</summary>
internal static partial class Traces
{
    public static Task<SortedDictionary<string, int>> FindAsync(NpgsqlDataSource database, params string[] words) => FindAsync(database, new TraceQuestion(words, [], Guid.Empty));

    /// <returns>`table.column` and how many rows, of those that say one of the words.</returns>
    public static async Task<SortedDictionary<string, int>> FindAsync(NpgsqlDataSource database, TraceQuestion question)
    {
        List<string> tables = [];
        await using (NpgsqlCommand list = database.CreateCommand("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND NOT EXISTS (SELECT FROM pg_partitioned_table WHERE partrelid = to_regclass(quote_ident(table_name))) ORDER BY 1"))
        await using (NpgsqlDataReader reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        SortedDictionary<string, int> found = new(StringComparer.Ordinal);
        foreach (string table in tables)
        {
#pragma warning disable CA2100 // a table's own name
            await using NpgsqlCommand read = database.CreateCommand($"SELECT * FROM \"{table}\"");
#pragma warning restore CA2100
            await using NpgsqlDataReader reader = await read.ExecuteReaderAsync();
            int project = Enumerable.Range(0, reader.FieldCount).FirstOrDefault(i => reader.GetName(i) == "project_id", -1);
            while (await reader.ReadAsync())
            {
                if (project >= 0 && reader.GetGuid(project) == question.NotOf) continue;
                for (int i = 0; i < reader.FieldCount; i++)
                {
                    if (reader.IsDBNull(i) || !Says(Text(reader.GetValue(i)), question)) continue;
                    string column = $"{Partition().Replace(table, "")}.{reader.GetName(i)}";
                    found[column] = found.GetValueOrDefault(column) + 1;
                }
            }
        }

        return found;
    }

    public static bool Says(string text, params string[] words) => Says(text, new TraceQuestion(words, [], Guid.Empty));

    /// <summary>As it is, as JSON, HTML, a URL or quoted-printable have it, and whatever looks like base64 decoded.</summary>
    private static bool Says(string text, TraceQuestion question)
    {
        if (SaysPlainly(text, question)) return true;
        foreach (Match run in Base64().Matches(text))
        {
            string packed = run.Value.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
            byte[] bytes = new byte[packed.Length];
            if (Convert.TryFromBase64String(packed.PadRight((packed.Length + 3) / 4 * 4, '='), bytes, out int length) && length > 8 && Says(Encoding.Latin1.GetString(bytes.AsSpan(0, length)), question)) return true;
        }

        return false;
    }

    private static bool SaysPlainly(string text, TraceQuestion question)
    {
        string json = Escape().Replace(text, match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        string printable = Quoted().Replace(text.Replace("=\r\n", "", StringComparison.Ordinal), match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        foreach (string form in (string[])[text, json, printable, WebUtility.HtmlDecode(json), WebUtility.UrlDecode(text), Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(printable))])
        {
            string rest = question.But.Aggregate(form, (text, other) => text.Replace(other, "", StringComparison.OrdinalIgnoreCase));
            if (question.Words.Any(word => rest.Contains(word, StringComparison.OrdinalIgnoreCase))) return true;
        }

        return false;
    }

    private static string Text(object value) => value switch
    {
        byte[] bytes => Encoding.Latin1.GetString(bytes) + " " + Encoding.UTF8.GetString(bytes),
        Array many => string.Join(' ', many.Cast<object?>().Select(one => one is null ? "" : Text(one))),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    [GeneratedRegex("_([0-9]{4}_[0-9]{2}|default)$")]
    private static partial Regex Partition();

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escape();

    [GeneratedRegex("=([0-9A-Fa-f]{2})")]
    private static partial Regex Quoted();

    [GeneratedRegex("[A-Za-z0-9+/][A-Za-z0-9+/\r\n]{14,}={0,2}")]
    private static partial Regex Base64();
}

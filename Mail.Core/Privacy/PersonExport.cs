using System.Text.Encodings.Web;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Suppressions;
using Npgsql;

namespace Mail.Core.Privacy;

/// <summary>
/// Writes out everything that is known of a person in one project (GDPR art. 15 and 20), as one JSON document, while it is read: it may be longer than memory. What
/// an erasure would remove is what stands in it.
/// </summary>
public sealed class PersonExport(NpgsqlDataSource dataSource, SuppressionHashes hashes, TimeProvider clock)
{
    private const string SuppressionsSql = """
        SELECT jsonb_build_object('id', id, 'email', address, 'topic_id', nullif(topic, ''), 'reason', reason, 'message_id', message_id, 'note', note, 'created_at', created_at, 'expires_at', expires_at)::text
        FROM suppressions WHERE project_id = $1 AND address = $2 ORDER BY id
        """;

    private const string KeptSql = """
        SELECT jsonb_build_object('topic_id', nullif(topic, ''), 'reason', reason, 'created_at', created_at, 'expires_at', expires_at)::text
        FROM erased_suppressions WHERE project_id = $1 AND address_hash = $2 ORDER BY created_at
        """;

    private const string CountsSql = "SELECT jsonb_build_object('email', address, 'count', count, 'since', since)::text FROM soft_bounces WHERE project_id = $1 AND address = $2";

    private static readonly JsonWriterOptions _format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <param name="output">Written as it comes, and not closed.</param>
    public async Task WriteAsync(ProjectId project, PersonAddress person, Stream output, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(person);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using Utf8JsonWriter json = new(output, _format);
        json.WriteStartObject();
        json.WriteString("object", "privacy_export");
        json.WriteString("email", person.Normal);
        json.WriteString("project_id", project.ToString());
        json.WriteString("exported_at", clock.GetUtcNow());
        json.WriteStartArray("messages");
        for (Guid? after = Guid.Empty; after is { } from;)
        {
            ScannedPage page = await MessageScan.ReadAsync(connection, project, person, from, Guid.AllBitsSet, ct);
            foreach (ConcernedMessage message in page.Messages)
            {
                await MessageExport.WriteAsync(connection, project, person, message, json, ct);
                await json.FlushAsync(ct);
            }

            after = page.Last;
        }

        json.WriteEndArray();
        byte[] hash = await hashes.OfAsync(new SuppressionKey(project, person.Normal), ct);
        await WriteRowsAsync(connection, json, "suppressions", SuppressionsSql, project, parameters => parameters.AddTyped(person.Normal), ct);
        await WriteRowsAsync(connection, json, "kept_suppressions", KeptSql, project, parameters => parameters.AddTyped(hash), ct);
        await WriteRowsAsync(connection, json, "soft_bounces", CountsSql, project, parameters => parameters.AddTyped(person.Normal), ct);
        foreach (TextTable table in PersonTables.All) await WriteTableAsync(connection, json, table, project, person, ct);
        json.WriteEndObject();
        await json.FlushAsync(ct);
    }

    private static async Task WriteTableAsync(NpgsqlConnection connection, Utf8JsonWriter json, TextTable table, ProjectId project, PersonAddress person, CancellationToken ct)
    {
        json.WriteStartArray(table.ExportedAs ?? table.Name);
        string[]? after = null;
        do
        {
            (after, List<TextRow> rows) = await table.ReadAsync(connection, project.Value, person, after, shows: true, ct);
            foreach (TextRow row in rows)
                if (row.Shown is { } shown) json.WriteRawValue(shown);
            await json.FlushAsync(ct);
        }
        while (after is not null);

        json.WriteEndArray();
    }

    private static async Task WriteRowsAsync(NpgsqlConnection connection, Utf8JsonWriter json, string name, string sql, ProjectId project, Action<NpgsqlParameterCollection> add, CancellationToken ct)
    {
        json.WriteStartArray(name);
#pragma warning disable CA2100 // one of the constants above
        await using (NpgsqlCommand command = new(sql, connection))
#pragma warning restore CA2100
        {
            add(command.Parameters.AddTyped(project.Value));
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) json.WriteRawValue(reader.GetString(0));
        }

        json.WriteEndArray();
        await json.FlushAsync(ct);
    }
}

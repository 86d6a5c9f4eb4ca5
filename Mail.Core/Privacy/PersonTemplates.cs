using System.Text.Json;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Privacy;

/// <summary>
/// The words of a project's templates and layouts: what it sends to everybody. An address in them is the project's own setup, a contact's for questions perhaps, and
/// goes by an edit alone. Examples for previews are no words; they go by themselves (<see cref="PersonTables"/>).
/// </summary>
internal static class PersonTemplates
{
    private const string Sample = "sample";

    private static readonly string _sql = $"""
        SELECT 'the template', own.key, ARRAY[own.draft::text, v.source::text, v.layout::text, v.html, v.text]
        FROM templates own LEFT JOIN template_versions v ON v.project_id = own.project_id AND v.template_id = own.id AND v.version = own.published_version
        WHERE own.project_id = $1 AND own.deleted_at IS NULL AND {PersonSql.MaySay("concat_ws(' ', own.draft::text, v.source::text, v.layout::text, v.html, v.text)", 2)}
        UNION ALL
        SELECT 'the layout', own.key, ARRAY[own.source::text] FROM template_layouts own WHERE own.project_id = $1 AND {PersonSql.MaySay("own.source::text", 2)}
        """;

    /// <returns>Where the address stands, as the end of a sentence; null for nowhere.</returns>
    public static async Task<string?> FindAsync(NpgsqlDataSource dataSource, ProjectId project, PersonAddress person, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(_sql);
        command.Parameters.AddTyped(project.Value).AddRuns(person);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (reader.GetFieldValue<string?[]>(2).Any(text => Says(person, text))) return $"in the words of {reader.GetString(0)} `{reader.GetString(1)}`, in its draft or as it is published";
        return null;
    }

    private static bool Says(PersonAddress person, string? text)
    {
        if (string.IsNullOrEmpty(text)) return false;
        if (text[0] != '{') return person.IsIn(text);
        try
        {
            using JsonDocument source = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 128 });
            return source.RootElement.EnumerateObject().Any(field => field.Name != Sample && person.IsIn(field.Value));
        }
        catch (JsonException)
        {
            return person.IsIn(text); // finished HTML or text that begins with a handlebar
        }
    }
}

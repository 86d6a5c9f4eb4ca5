using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Contacts;

/// <summary>The tables `contacts` and `contact_consents`.</summary>
public sealed class ContactStore(NpgsqlDataSource dataSource)
{
    private const string Columns = "id, address, name, locale, time_zone, attributes, created_at, updated_at";

    // Ids are UUIDv7, so that a page is a range of ux_contacts_id. One row too many tells whether there is another page.
    private const string ListSql = $"SELECT {Columns} FROM contacts WHERE project_id = $1 AND id < $2 AND ($3::text IS NULL OR position($3 IN address) > 0) ORDER BY id DESC LIMIT $4";
    private const string FindSql = $"SELECT {Columns} FROM contacts WHERE project_id = $1 AND (address = $2 OR id = $3)";
    private const string AddSql = "INSERT INTO contacts (project_id, id, address, name, locale, time_zone, attributes, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT DO NOTHING";

    private const string PutSql = """
        INSERT INTO contacts AS c (project_id, id, address, name, locale, time_zone, attributes, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
        ON CONFLICT (project_id, address) DO UPDATE SET name = $4, locale = $5, time_zone = $6, attributes = $7, updated_at = $8
        """;

    // Attributes are merged; one that is null goes.
    private const string ChangeSql = $"""
        UPDATE contacts SET name = CASE WHEN $3 THEN $4 ELSE name END, locale = CASE WHEN $5 THEN $6 ELSE locale END, time_zone = CASE WHEN $7 THEN $8 ELSE time_zone END,
            attributes = jsonb_strip_nulls(attributes || $9), updated_at = $10
        WHERE project_id = $1 AND address = $2 RETURNING {Columns}
        """;

    private const string RemoveSql = "DELETE FROM contacts WHERE project_id = $1 AND address = $2";
    private const string ConsentsSql = "SELECT id, purpose, granted, source, at FROM contact_consents WHERE project_id = $1 AND address = $2 ORDER BY at DESC, id DESC LIMIT 1000";

    private const string ConsentSql = """
        INSERT INTO contact_consents (project_id, address, id, purpose, granted, source, at)
        SELECT $1, $2, $3, $4, $5, $6, $7 WHERE EXISTS (SELECT FROM contacts WHERE project_id = $1 AND address = $2 FOR KEY SHARE)
        """;

    /// <param name="after">The last id of the page before.</param>
    /// <param name="part">Of the address.</param>
    public async Task<(IReadOnlyList<Contact> Page, bool HasMore)> ListAsync(ProjectId project, int limit, Guid? after, string? part, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(after ?? Guid.AllBitsSet).AddTyped(part, NpgsqlDbType.Text).AddTyped(limit + 1);
        List<Contact> page = await ReadAsync(command, ct);
        return (page[..Math.Min(limit, page.Count)], page.Count > limit);
    }

    /// <param name="name">An id, or an address in its normal form.</param>
    public async Task<Contact?> FindAsync(ProjectId project, string name, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(name).AddTyped(Guid.TryParse(name, out Guid id) ? id : default);
        return (await ReadAsync(command, ct)).FirstOrDefault();
    }

    /// <returns>False when there is one of this address already.</returns>
    public Task<bool> AddAsync(ProjectId project, Contact contact, CancellationToken ct) => WriteAsync(AddSql, project, contact, ct);

    /// <summary>The contact, whether it was there or not.</summary>
    public Task<bool> PutAsync(ProjectId project, Contact contact, CancellationToken ct) => WriteAsync(PutSql, project, contact, ct);

    /// <param name="email">In its normal form.</param>
    /// <returns>Null when there is none.</returns>
    public async Task<Contact?> ChangeAsync(ProjectId project, string email, ContactChange change, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using NpgsqlCommand command = dataSource.CreateCommand(ChangeSql);
        command.Parameters.AddTyped(project.Value).AddTyped(email).AddTyped(change.Name.IsGiven).AddTyped(change.Name.Value, NpgsqlDbType.Text).AddTyped(change.Locale.IsGiven).AddTyped(change.Locale.Value, NpgsqlDbType.Text)
            .AddTyped(change.TimeZone.IsGiven).AddTyped(change.TimeZone.Value, NpgsqlDbType.Text).AddTyped(Json(change.Attributes), NpgsqlDbType.Jsonb).AddTyped(now.UtcDateTime);
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    public async Task<bool> RemoveAsync(ProjectId project, string email, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(email);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>What came last first.</summary>
    public async Task<IReadOnlyList<Consent>> ConsentsAsync(ProjectId project, string email, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ConsentsSql);
        command.Parameters.AddTyped(project.Value).AddTyped(email);
        List<Consent> consents = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) consents.Add(new Consent(reader.GetGuid(0), reader.GetString(1), reader.GetBoolean(2), reader.OptionalText(3), reader.GetFieldValue<DateTimeOffset>(4)));
        return consents;
    }

    /// <returns>False when the contact is gone.</returns>
    public async Task<bool> AddConsentAsync(ProjectId project, string email, Consent consent, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(consent);
        await using NpgsqlCommand command = dataSource.CreateCommand(ConsentSql);
        command.Parameters.AddTyped(project.Value).AddTyped(email).AddTyped(consent.Id).AddTyped(consent.Purpose).AddTyped(consent.Granted).AddTyped(consent.Source, NpgsqlDbType.Text).AddTyped(consent.At.UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    internal static Contact Read(NpgsqlDataReader reader, int first) => new(
        reader.GetGuid(first), reader.GetString(first + 1), reader.OptionalText(first + 2), reader.OptionalText(first + 3), reader.OptionalText(first + 4),
        JsonSerializer.Deserialize(reader.GetString(first + 5), ContactJson.Default.Attributes)!, reader.GetFieldValue<DateTimeOffset>(first + 6), reader.GetFieldValue<DateTimeOffset>(first + 7));

    private async Task<bool> WriteAsync(string sql, ProjectId project, Contact contact, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project.Value).AddTyped(contact.Id).AddTyped(contact.Email).AddTyped(contact.Name, NpgsqlDbType.Text).AddTyped(contact.Locale, NpgsqlDbType.Text).AddTyped(contact.TimeZone, NpgsqlDbType.Text)
            .AddTyped(Json(contact.Attributes), NpgsqlDbType.Jsonb).AddTyped(contact.UpdatedAt.UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    private static string Json(IReadOnlyDictionary<string, JsonElement> attributes) => JsonSerializer.Serialize(attributes, ContactJson.Default.Attributes);

    private static async Task<List<Contact>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<Contact> contacts = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) contacts.Add(Read(reader, 0));
        return contacts;
    }
}

/// <summary>What is to change; what is not given stays.</summary>
/// <param name="Attributes">Merged over those that are there; null removes one.</param>
public sealed record ContactChange(
    (bool IsGiven, string? Value) Name, (bool IsGiven, string? Value) Locale, (bool IsGiven, string? Value) TimeZone, IReadOnlyDictionary<string, JsonElement> Attributes);

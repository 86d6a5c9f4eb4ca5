using Mail.Core.Common;
using Mail.Core.Database;
using Npgsql;

namespace Mail.Core.Contacts;

/// <summary>What is known of the recipients of mail that is being accepted, for all requests that wait together.</summary>
public sealed class ContactLookup : IAsyncDisposable
{
    // One probe of the primary key for each address.
    private const string FindSql = """
        SELECT c.project_id, c.id, c.address, c.name, c.locale, c.time_zone, c.attributes, c.created_at, c.updated_at
        FROM unnest($1::uuid[], $2::text[]) AS wanted(project_id, address) JOIN contacts c ON c.project_id = wanted.project_id AND c.address = wanted.address
        """;

    private readonly HeldConnection _connection;
    private readonly SharedQuery<(ProjectId Project, string Email), Dictionary<(ProjectId Project, string Email), Contact>> _query;

    public ContactLookup(NpgsqlDataSource dataSource)
    {
        _connection = new HeldConnection(dataSource);
        _query = new(QueryAsync);
    }

    /// <param name="emails">In their normal form.</param>
    /// <returns>By address; those that are known.</returns>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public async Task<IReadOnlyDictionary<string, Contact>> FindAsync(ProjectId project, IReadOnlyCollection<string> emails, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(emails);
        if (emails.Count == 0) return new Dictionary<string, Contact>();
        Dictionary<(ProjectId Project, string Email), Contact> found = await _query.AskAsync([.. emails.Select(email => (project, email))]).WaitAsync(ct);
        Dictionary<string, Contact> own = new(emails.Count, StringComparer.Ordinal);
        foreach (string email in emails)
            if (found.TryGetValue((project, email), out Contact? contact)) own[email] = contact;
        return own;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task<Dictionary<(ProjectId Project, string Email), Contact>> QueryAsync(IReadOnlyList<(ProjectId Project, string Email)> wanted) => _connection.UseAsync(async (connection, ct) =>
    {
        (ProjectId Project, string Email)[] addresses = [.. wanted.Distinct()];
        await using NpgsqlCommand command = new(FindSql, connection);
        command.Parameters.AddTyped(Array.ConvertAll(addresses, address => address.Project.Value)).AddTyped(Array.ConvertAll(addresses, address => address.Email));
        await command.PrepareAsync(ct);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        Dictionary<(ProjectId Project, string Email), Contact> found = [];
        while (await reader.ReadAsync(ct)) found[(new ProjectId(reader.GetGuid(0)), reader.GetString(2))] = ContactStore.Read(reader, 1);
        return found;
    }, CancellationToken.None);
}

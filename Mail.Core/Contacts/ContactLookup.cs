using Mail.Core.Common;
using Mail.Core.Database;
using Npgsql;

namespace Mail.Core.Contacts;

/// <summary>What is known of the recipients of mail that is being accepted, for all requests that wait together.</summary>
public static class ContactLookup
{
    // One probe of the primary key for each address.
    private const string FindSql = """
        SELECT c.project_id, c.id, c.address, c.name, c.locale, c.time_zone, c.attributes, c.created_at, c.updated_at
        FROM unnest($1::uuid[], $2::text[]) AS wanted(project_id, address) JOIN contacts c ON c.project_id = wanted.project_id AND c.address = wanted.address
        """;

    /// <param name="addresses">In their normal form, each once.</param>
    /// <param name="found">Those that are known are put in here.</param>
    public static BatchedQuery Query((ProjectId Project, string Address)[] addresses, Dictionary<(ProjectId, string), Contact> found)
    {
        NpgsqlBatchCommand command = new(FindSql);
        command.Parameters.AddTyped(Array.ConvertAll(addresses, address => address.Project.Value)).AddTyped(Array.ConvertAll(addresses, address => address.Address));
        return new BatchedQuery(command, async (reader, ct) =>
        {
            while (await reader.ReadAsync(ct)) found[(new ProjectId(reader.GetGuid(0)), reader.GetString(2))] = ContactStore.Read(reader, 1);
        });
    }
}

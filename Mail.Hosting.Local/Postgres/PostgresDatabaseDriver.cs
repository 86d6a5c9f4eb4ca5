using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Running;
using Npgsql;

namespace Mail.Hosting.Local.Postgres;

/// <summary>Creates the database when its server is ready, as real Aspire does.</summary>
internal sealed class PostgresDatabaseDriver(PostgresDatabaseResource database) : ValueDriver
{
    public override string ResourceType => "Database";

    public override async Task CreateAsync(LocalHost host, CancellationToken ct)
    {
        NpgsqlConnectionStringBuilder target = new(await database.Parent.GetConnectionStringAsync(ct)) { Database = "postgres", Pooling = false };
        await using NpgsqlConnection connection = new(target.ConnectionString);
        await connection.OpenAsync(ct);
        await using NpgsqlCommand find = new("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = database.DatabaseName } } };
        if (await find.ExecuteScalarAsync(ct) is not null) return;

        string name = new NpgsqlCommandBuilder().QuoteIdentifier(database.DatabaseName); // a name cannot be a parameter
        await using NpgsqlCommand create = new($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync(ct);
    }
}

using Mail.Core.Database;
using Mail.Tests.Api;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Core.Database;

/// <summary>An older version on a newer schema (docs/guides/upgrade.md).</summary>
public sealed class SchemaCheckTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("0006_AddTable", true)]
    [InlineData("0006_AddTable 0007_DropColumn_needs_0005", true)] // the version before knows 0005
    [InlineData("0006_AddTable 0007_DropColumn_needs_0006", false)]
    [InlineData("0006_AddTable 0008_Late_needs_0007 0009_More", false)]
    [InlineData("0006_WhatItneeds_0009x", true)]
    public void A_version_is_left_behind_by_what_needs_a_migration_that_it_does_not_know(string newer, bool isFine)
    {
        string[] known = ["0004_Before", "0005_Ours"];

        string? problem = SchemaCheck.Judge(known, [.. known, .. newer.Split(' ')]);

        Assert.Equal(isFine, problem is null);
        if (!isFine) Assert.Contains("0005", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_starts_on_the_next_versions_schema_and_not_on_one_that_left_it_behind()
    {
        string database = await postgres.CreateDatabaseAsync();
        string[] first = await StartAsync(database);
        await AddMigrationAsync(database, "9998_Adds");
        string[] second = await StartAsync(database);
        await AddMigrationAsync(database, "9999_TakesAway_needs_9998");
        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(database)); // the process has ended with the message; a test's host has only its end
        SchemaTooNewException refused = await Assert.ThrowsAsync<SchemaTooNewException>(() => Migration.RunAsync(database));

        Assert.DoesNotContain(first, line => line.Contains("newer than this version", StringComparison.Ordinal));
        Assert.Contains(second, line => line.Contains("newer than this version: 9998_Adds", StringComparison.Ordinal));
        Assert.Contains("9999_TakesAway_needs_9998 of a newer version", refused.Message, StringComparison.Ordinal);
    }

    private async Task<string[]> StartAsync(string database)
    {
        await using ApiFixture api = new(postgres) { Settings = { ["ConnectionStrings:maildb"] = database } };
        await api.InitializeAsync();
        using HttpClient client = api.ClientWith(null);
        using HttpResponseMessage answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
        return [.. api.Log];
    }

    private static async Task AddMigrationAsync(string database, string name)
    {
        await using NpgsqlConnection connection = new(database);
        await connection.OpenAsync();
        await using NpgsqlCommand add = new("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ($1, '10.0.0')""", connection);
        add.Parameters.Add(new NpgsqlParameter { Value = name });
        await add.ExecuteNonQueryAsync();
    }
}

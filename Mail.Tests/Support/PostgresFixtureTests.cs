using Npgsql;

namespace Mail.Tests.Support;

public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_database_is_new_and_empty()
    {
        string first = await postgres.CreateDatabaseAsync();
        string second = await postgres.CreateDatabaseAsync();

        await using NpgsqlDataSource one = NpgsqlDataSource.Create(first);
        await one.CreateCommand("CREATE TABLE here (id int)").ExecuteNonQueryAsync();
        await using NpgsqlDataSource two = NpgsqlDataSource.Create(second);

        Assert.Equal(0L, await two.CreateCommand("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_database_can_be_a_copy_of_another()
    {
        string original = await postgres.CreateDatabaseAsync();
        await using (NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(original) { Pooling = false }.ConnectionString))
        {
            await connection.OpenAsync();
            await new NpgsqlCommand("CREATE TABLE here (id int)", connection).ExecuteNonQueryAsync();
        }

        string copy = await postgres.CreateDatabaseAsync(template: new NpgsqlConnectionStringBuilder(original).Database!);

        await using NpgsqlDataSource data = NpgsqlDataSource.Create(copy);
        Assert.Equal(0L, await data.CreateCommand("SELECT count(*) FROM here").ExecuteScalarAsync());
    }

    [Fact]
    public async Task Upper_and_lower_case_know_letters_beyond_ascii()
    {
        await using NpgsqlDataSource data = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());

        Assert.Equal("élan", await data.CreateCommand("SELECT lower('ÉLAN')").ExecuteScalarAsync());
    }
}

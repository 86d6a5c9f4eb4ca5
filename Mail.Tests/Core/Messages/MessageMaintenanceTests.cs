using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messages;
using Mail.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Mail.Tests.Core.Messages;

public sealed class MessageMaintenanceTests(PostgresFixture postgres)
{
    [Fact]
    public async Task It_removes_what_is_over_and_nothing_else()
    {
        await using NpgsqlDataSource dataSource = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await using MailDbContext db = new(new DbContextOptionsBuilder<MailDbContext>().UseNpgsql(dataSource).Options);
        await db.Database.MigrateAsync();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (Guid kept, Guid orphan, Guid recent, Guid project) = (UuidV7.New(now.AddHours(-30)), UuidV7.New(now.AddHours(-2)), UuidV7.New(now), Guid.NewGuid());
        await using (NpgsqlCommand seed = dataSource.CreateCommand($$"""
            INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content) VALUES ('{{project}}', '{{kept}}', now(), 1, false, 'at_least_once', 's', '{}', '{}');
            INSERT INTO attachments SELECT '{{project}}', id, 0, '' FROM unnest(ARRAY['{{kept}}', '{{orphan}}', '{{recent}}']::uuid[]) AS a(id);
            INSERT INTO idempotency_keys SELECT '{{project}}', 'old-' || n, '', '', now() - interval '1 second' FROM generate_series(1, 5001) AS n;
            INSERT INTO idempotency_keys VALUES ('{{project}}', 'live', '', '', now() + interval '1 hour');
            """))
        {
            await seed.ExecuteNonQueryAsync();
        }

        MessageMaintenance maintenance = new(dataSource, new PartitionMaintenance(dataSource), new AttachmentStore(dataSource), TimeProvider.System, NullLogger<MessageMaintenance>.Instance);
        await maintenance.RunOnceAsync(CancellationToken.None);
        await maintenance.RunOnceAsync(CancellationToken.None);

        Assert.Equal(new[] { kept, recent }.Order(), (await ReadAsync<Guid>(dataSource, "SELECT message_id FROM attachments")).Order());
        Assert.Equal(["live"], await ReadAsync<string>(dataSource, "SELECT key FROM idempotency_keys"));
        string nextMonth = "events_" + now.AddMonths(1).ToString("yyyy_MM", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(nextMonth, await ReadAsync<string>(dataSource, "SELECT relname::text FROM pg_class WHERE relispartition"));
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlDataSource dataSource, string sql)
    {
#pragma warning disable CA2100 // a test's own constants
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<T> values = [];
        while (await reader.ReadAsync()) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }
}

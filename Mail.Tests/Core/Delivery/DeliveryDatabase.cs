using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Tests.Support;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Tests.Core.Delivery;

/// <summary>A migrated database of a test's own, and rows in it as intake would write them.</summary>
internal sealed class DeliveryDatabase : IAsyncDisposable
{
    private readonly PostgresFixture _postgres;

    private DeliveryDatabase(PostgresFixture postgres, string connectionString)
    {
        _postgres = postgres;
        ConnectionString = connectionString;
        Source = NpgsqlDataSource.Create(connectionString);
    }

    public static ProjectId Project { get; } = new(Guid.Parse("01900000-0000-7000-8000-000000000001"));

    public static ProjectId OtherProject { get; } = new(Guid.Parse("01900000-0000-7000-8000-000000000002"));

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public static async Task<DeliveryDatabase> CreateAsync(PostgresFixture postgres) => new(postgres, await postgres.CreateMigratedDatabaseAsync());

    /// <summary>A message and its deliveries.</summary>
    public async Task<MessageId> AddMessageAsync(
        string[] to, Lane lane = Lane.Normal, DeliveryGuarantee guarantee = DeliveryGuarantee.AtLeastOnce, bool isTest = false, DateTimeOffset? due = null,
        string subject = "Hello", string from = "Sender <sender@example.org>", string[]? bcc = null, TemplateUse? template = null, string? text = "Body", string? rawContent = null,
        IReadOnlyDictionary<string, string>? headers = null, AttachmentFacts[]? attachments = null, ProjectId? project = null)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        MessageId id = MessageId.New(now);
        MessageEnvelope envelope = new(from, to, [], bcc ?? [], [], []);
        MessageContent content = new(null, template is null ? text : null, template, headers ?? new Dictionary<string, string>(), attachments ?? []);
        await using NpgsqlCommand insert = Source.CreateCommand("""
            WITH message AS (
                INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            )
            INSERT INTO deliveries (project_id, id, message_id, recipient, kind, lane, state, next_attempt_at, reason)
            SELECT $1, r.id, $2, r.recipient, r.kind, $4, 'queued', $10, 'Accepted; waiting for a worker.' FROM unnest($11::uuid[], $12::text[], $13::text[]) AS r(id, recipient, kind)
            """);
        string[] all = [.. to, .. bcc ?? []];
        insert.Parameters
            .AddTyped((project ?? Project).Value).AddTyped(id.Value).AddTyped(now.UtcDateTime).AddTyped((short)lane).AddTyped(isTest).AddTyped(guarantee.Name()).AddTyped(subject)
            .AddTyped(JsonSerializer.Serialize(envelope, StoredMessageJson.Default.MessageEnvelope), NpgsqlDbType.Json)
            .AddTyped(rawContent ?? JsonSerializer.Serialize(content, StoredMessageJson.Default.MessageContent), NpgsqlDbType.Json)
            .AddTyped((due ?? now).UtcDateTime)
            .AddTyped(all.Select(_ => Guid.CreateVersion7(now)).ToArray()).AddTyped(all).AddTyped(all.Select((_, i) => i < to.Length ? "to" : "bcc").ToArray());
        await insert.ExecuteNonQueryAsync();
        return id;
    }

    /// <summary>Many messages of one recipient each, r0@example.com and so on, in one statement.</summary>
    public async Task AddMessagesAsync(int count, Lane lane = Lane.Normal, DateTimeOffset? due = null, string text = "Body", ProjectId? project = null)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        MessageContent content = new(null, text, null, new Dictionary<string, string>(), []);
        await using NpgsqlCommand insert = Source.CreateCommand("""
            WITH new AS MATERIALIZED (SELECT * FROM unnest($5::uuid[], $6::uuid[], $7::text[]) AS n(message_id, delivery_id, recipient)
            ), message AS (
                INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content)
                SELECT $1, message_id, $2, $3, false, 'at_least_once', 'Hello', json_build_object('from', 'Sender <sender@example.org>', 'to', json_build_array(recipient), 'cc', '[]'::json, 'bcc', '[]'::json, 'reply_to', '[]'::json, 'tags', '[]'::json), $4 FROM new
            )
            INSERT INTO deliveries (project_id, id, message_id, recipient, kind, lane, state, next_attempt_at, reason)
            SELECT $1, delivery_id, message_id, recipient, 'to', $3, 'queued', $8, 'Accepted; waiting for a worker.' FROM new
            """);
        insert.CommandTimeout = 120;
        insert.Parameters
            .AddTyped((project ?? Project).Value).AddTyped(now.UtcDateTime).AddTyped((short)lane).AddTyped(JsonSerializer.Serialize(content, StoredMessageJson.Default.MessageContent), NpgsqlDbType.Json)
            .AddTyped(Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7(now)).ToArray()).AddTyped(Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7(now)).ToArray())
            .AddTyped(Enumerable.Range(0, count).Select(i => $"r{i}@example.com").ToArray()).AddTyped((due ?? now).UtcDateTime);
        await insert.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = Source.CreateCommand(sql);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync() is T value ? value : throw new InvalidOperationException($"No {typeof(T).Name}: {sql}");
    }

    public Task<long> CountAsync(string from) => ScalarAsync<long>($"SELECT count(*) FROM {from}");

    /// <summary>A recipient's state as a reader sees it: state, attempts, code, reason and whether a next attempt is planned.</summary>
    public async Task<(string State, int Attempts, int? Code, string? Reason, DateTimeOffset? NextAttemptAt)> RecipientAsync(string recipient)
    {
        await using NpgsqlCommand command = Source.CreateCommand("SELECT state, attempts, code, reason, next_attempt_at FROM recipients WHERE recipient = $1");
        command.Parameters.AddTyped(recipient);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync(), $"{recipient} is neither waiting nor finished.");
        var found = (reader.GetString(0), reader.GetInt32(1), reader.OptionalInt(2), reader.OptionalText(3), reader.OptionalTime(4));
        Assert.False(await reader.ReadAsync(), $"{recipient} is there twice.");
        return found;
    }

    public async Task<string?> RelayOfAsync(string recipient)
    {
        await using NpgsqlCommand command = Source.CreateCommand("SELECT relay FROM recipients WHERE recipient = $1");
        command.Parameters.AddTyped(recipient);
        return await command.ExecuteScalarAsync() as string;
    }

    public async Task<List<string>> EventsAsync(string recipient)
    {
        await using NpgsqlCommand command = Source.CreateCommand("SELECT type FROM events WHERE recipient = $1 AND type LIKE 'email.%' ORDER BY created_at, id");
        command.Parameters.AddTyped(recipient);
        List<string> types = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) types.Add(reader.GetString(0));
        return types;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _postgres.DropDatabaseAsync(ConnectionString);
    }
}

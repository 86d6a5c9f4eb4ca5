using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Mail.Core.Database;
using Mail.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mail.Core.Domains;

/// <summary>Tells a project's webhooks of its domains, in Resend's shape, in the transaction of what happened.</summary>
public sealed class DomainEvents(MailDbContext db, WebhookPublisher publisher, TimeProvider clock)
{
    public const string Created = "domain.created", Updated = "domain.updated", Deleted = "domain.deleted";

    /// <summary>To be called inside a transaction of the context.</summary>
    /// <param name="type">Of the three above.</param>
    public async Task TellAsync(string type, DomainInSetup domain, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(domain);
        DateTimeOffset now = clock.GetUtcNow();
        await publisher.PublishAsync(domain.Domain.ProjectId, Guid.CreateVersion7(now), type, Data(domain), now, (NpgsqlConnection)db.Database.GetDbConnection(), ct);
    }

    /// <summary>What the event says. Two that say the same are no change: a check that finds all as it was tells nobody.</summary>
    public static JsonElement Data(DomainInSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        Dictionary<string, RecordState> states = setup.Domain.Records.DistinctBy(state => state.Record).ToDictionary(state => state.Record);
        ArrayBufferWriter<byte> data = new();
        using (Utf8JsonWriter json = new(data))
        {
            json.WriteStartObject();
            json.WriteString("id", setup.Domain.Id.ToString());
            json.WriteString("name", setup.Domain.Name);
            json.WriteString("status", setup.Domain.Status.Name());
            json.WriteBoolean("include_subdomains", setup.Domain.IncludesSubdomains);
            json.WriteString("created_at", setup.Domain.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartArray("records");
            foreach (DomainRecord record in setup.Records)
            {
                json.WriteStartObject();
                json.WriteString("record", record.Purpose);
                json.WriteString("name", record.Name);
                json.WriteString("type", record.Type);
                json.WriteString("ttl", "Auto");
                json.WriteString("status", states.GetValueOrDefault(record.Key)?.Status.Name() ?? "not_started");
                json.WriteString("value", record.Value);
                if (record.KeyState is { } key) json.WriteString("key", key.Name());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return JsonDocument.Parse(data.WrittenMemory).RootElement;
    }
}

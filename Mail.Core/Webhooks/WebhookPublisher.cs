using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Webhooks;

/// <summary>For events that are no message's, which no row of `events` tells: a domain, a suppression, an alert.</summary>
public sealed class WebhookPublisher(NpgsqlDataSource dataSource)
{
    /// <summary>Queues it for every endpoint of the project that asks for its type. A second one of the same id is the same event.</summary>
    /// <param name="type">Of <see cref="WebhookEvents.All"/>.</param>
    /// <param name="data">What the request's `data` will be.</param>
    /// <param name="connection">The caller's, so that it happens in its transaction; null for one of its own.</param>
    /// <returns>How many endpoints will hear of it.</returns>
    public async Task<int> PublishAsync(ProjectId project, Guid eventId, string type, JsonElement data, DateTimeOffset happenedAt, NpgsqlConnection? connection, CancellationToken ct)
    {
        if (!WebhookEvents.IsKnown(type)) throw new ArgumentException($"'{type}' is not among the events of webhooks.", nameof(type));
        await using NpgsqlCommand command = connection is null ? dataSource.CreateCommand(WebhookSql.Publish) : new NpgsqlCommand(WebhookSql.Publish, connection);
        command.Parameters.AddTyped(project.Value).AddTyped(eventId).AddTyped(type).AddTyped(happenedAt.UtcDateTime).AddTyped(data.GetRawText(), NpgsqlDbType.Json);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Several at once. Those of one subject come in their order.</summary>
    public async Task PublishManyAsync(ProjectId project, IReadOnlyList<NewWebhookEvent> events, DateTimeOffset happenedAt, NpgsqlConnection? connection, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.FirstOrDefault(one => !WebhookEvents.IsKnown(one.Type)) is { } unknown) throw new ArgumentException($"'{unknown.Type}' is not among the events of webhooks.", nameof(events));
        await using NpgsqlCommand command = dataSource.CreateCommand(WebhookSql.PublishMany, connection);
        command.Parameters.AddTyped(project.Value).AddTyped(events.Select(one => one.Id).ToArray()).AddTyped(events.Select(one => one.Subject).ToArray()).AddTyped(events.Select(one => one.Type).ToArray())
            .AddTyped(happenedAt.UtcDateTime).AddTyped(events.Select(one => one.Data.GetRawText()).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Json);
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <param name="Subject">What it is about: events of one subject keep their order.</param>
public sealed record NewWebhookEvent(Guid Id, Guid Subject, string Type, JsonElement Data);

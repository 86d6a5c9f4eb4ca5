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
}

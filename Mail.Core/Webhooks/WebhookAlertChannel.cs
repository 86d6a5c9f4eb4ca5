using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Webhooks;

/// <summary>Tells apps of alerts: those of their project, and the operator's project of the installation's.</summary>
internal sealed class WebhookAlertChannel(NpgsqlDataSource dataSource, WebhookPublisher publisher, TimeProvider clock) : IAlertChannel
{
    private const string FirstProject = "SELECT id FROM projects ORDER BY created_at, id LIMIT 1";

    public async Task<string?> TellAsync(Alert alert, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ProjectId? project = alert.Key.Project ?? await FirstProjectAsync(ct);
        if (project is not { } id) return "There is no project yet.";
        string type = alert.IsOpen ? WebhookEvents.AlertRaised : WebhookEvents.AlertResolved;
        int told = await publisher.PublishAsync(id, EventId(alert), type, Data(alert), clock.GetUtcNow(), null, ct);
        // Also when every worker has told it before: then mail has been told as well, and the alert is marked as told by whoever was first.
        return told > 0 ? null : "No webhook hears of alerts.";
    }

    /// <summary>Told by whichever worker comes first; the same telling has the same id everywhere.</summary>
    private static Guid EventId(Alert alert) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{alert.Id}/{(alert.IsOpen ? "stands" : "over")}/{(alert.IsOpen ? alert.ToldAt : alert.ToldEndAt)?.UtcTicks ?? 0}")).AsSpan(0, 16));

    private static JsonElement Data(Alert alert)
    {
        AlertText text = AlertText.Of(alert, "en");
        ArrayBufferWriter<byte> data = new();
        using (Utf8JsonWriter json = new(data))
        {
            json.WriteStartObject();
            json.WriteString("alert_id", alert.Id);
            json.WriteString("kind", alert.Key.Kind.Name());
            json.WriteString("subject", alert.Key.Subject);
            json.WriteString("scope", alert.IsInstallations ? "installation" : "project");
            json.WriteString("title", text.Title);
            json.WriteString("summary", text.Summary);
            json.WriteString("remedy", text.Remedy);
            if (alert.Facts.Reason is { } reason) json.WriteString("reason", reason);
            if (alert.Facts.Cause is { } cause) json.WriteString("cause", cause);
            json.WriteNumber("count", alert.Count);
            json.WriteString("opened_at", EventFacts.Time(alert.OpenedAt));
            if (alert.ResolvedAt is { } resolved) json.WriteString("resolved_at", EventFacts.Time(resolved));
            json.WriteEndObject();
        }

        return JsonDocument.Parse(data.WrittenMemory).RootElement;
    }

    private async Task<ProjectId?> FirstProjectAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FirstProject);
        return await command.ExecuteScalarAsync(ct) is Guid id ? new ProjectId(id) : null;
    }
}

using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Alerts;

/// <summary>
/// Tells by mail: to the project's alert addresses or its owners, over any relay that may carry it but the one in trouble. It is a message like
/// any other, which everybody can see in the console; only its way differs (<see cref="RelayDirectory.ForAsync"/>).
/// </summary>
internal sealed class MailAlertChannel(
    NpgsqlDataSource dataSource, PlatformMail mail, RelayDirectory relays, IOptions<AlertOptions> options) : IAlertChannel
{
    private const string Template = "operations-alert";

    public async Task<string?> TellAsync(Alert alert, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (await ReadersAsync(alert, ct) is not { } readers) return "There is no project yet.";
        if (readers.Addresses.Length == 0) return "Nobody is named to be told: set Alerts__To, the project's alert addresses, or give the project an owner.";
        if (!mail.HasSender) return "There is no sender for alerts: set EMAIL_FROM.";

        // To each reader a mail of their own: a dead address must not be seen by the others, nor keep it from them.
        string? problem = null;
        foreach (string address in readers.Addresses) problem = await SendAsync(alert, readers, address, ct) ?? problem;
        return problem;
    }

    private async Task<string?> SendAsync(Alert alert, Readers readers, string address, CancellationToken ct)
    {
        // Told by whichever worker comes first: the key makes the second one's a repetition.
        PlatformMessage message = new(readers.Project, readers.Locale, address, Template, Variables(alert, readers))
        {
            Key = $"mail-alert/{alert.Id}/{(alert.IsOpen ? "stands" : "over")}/{(alert.IsOpen ? alert.ToldAt : alert.ToldEndAt)?.UtcTicks ?? 0}/{address}",
            Source = MessageSources.Alert, OverAnyRelay = true, Avoids = alert.IsOpen && alert.Key.Kind.IsAboutRelay() ? alert.Key.Subject : null,
            Tags = [new TagRequest("alert", alert.Key.Kind.Name())],
        };
        Result<NewMessage> prepared = await mail.PrepareAsync(message, ct);
        if (!prepared.IsSuccess) return prepared.Failure.Detail;
        StoredMessage stored = prepared.Value.Message;
        IReadOnlyList<RelayRoute> routes = (await relays.ForAsync(stored, ct)).For(stored, Random.Shared);
        if (!routes.Any(route => route.Breaker.Fault is null && route.Relay.Name != stored.Envelope.Avoids)) return "No other relay can be used.";
        return (await mail.SendAsync(message, prepared.Value))?.Detail;
    }

    private static Dictionary<string, JsonElement> Variables(Alert alert, Readers readers)
    {
        AlertText text = AlertText.Of(alert, readers.Locale);
        Dictionary<string, JsonElement> variables = new() { ["headline"] = Json(text.Title), ["summary"] = Json(text.Summary), ["remedy"] = Json(text.Remedy) };
        if (alert is { IsOpen: true, Facts.Reason: { Length: > 0 } reason }) variables["reason"] = Json(reason);
        if (!alert.IsInstallations) variables["project"] = Json(readers.Name);
        return variables;
    }

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text.Replace("\0", "", StringComparison.Ordinal), AlertJson.Default.String);

    private async Task<Readers?> ReadersAsync(Alert alert, CancellationToken ct)
    {
        ProjectId? project = alert.Key.Project ?? await FirstProjectAsync(ct);
        if (project is not { } id) return null;
        await using NpgsqlCommand command = dataSource.CreateCommand(AlertSql.Recipients);
        command.Parameters.AddTyped(id.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return new Readers(id, "", "en", options.Value.Addresses);
        (string name, string locale, string[] named, string[] owners) = (reader.GetString(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetFieldValue<string[]>(3));
        string[][] choices = alert.IsInstallations ? [options.Value.Addresses, named, owners] : [named, owners, options.Value.Addresses];
        return new Readers(id, name, locale, [.. (Array.Find(choices, choice => choice.Length > 0) ?? []).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    private async Task<ProjectId?> FirstProjectAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(AlertSql.FirstProject);
        return await command.ExecuteScalarAsync(ct) is Guid id ? new ProjectId(id) : null;
    }

    private sealed record Readers(ProjectId Project, string Name, string Locale, string[] Addresses);
}

using System.Security.Cryptography;
using System.Text;
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
    NpgsqlDataSource dataSource, MessageFactory factory, IntakeCommitter committer, RelayDirectory relays, IOptions<AlertOptions> options, IOptions<MessageOptions> messages) : IAlertChannel
{
    private const string Template = "operations-alert";

    public async Task<string?> TellAsync(Alert alert, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (await ReadersAsync(alert, ct) is not { } readers) return "There is no project yet.";
        if (readers.Addresses.Length == 0) return "Nobody is named to be told: set Alerts__To, the project's alert addresses, or give the project an owner.";
        if (string.IsNullOrEmpty(messages.Value.DefaultFrom)) return "There is no sender for alerts: set EMAIL_FROM.";

        // To each reader a mail of their own: a dead address must not be seen by the others, nor keep it from them.
        string? problem = null;
        foreach (string address in readers.Addresses) problem = await SendAsync(alert, readers, address, ct) ?? problem;
        return problem;
    }

    private async Task<string?> SendAsync(Alert alert, Readers readers, string address, CancellationToken ct)
    {
        Result<PreparedMessage> prepared = factory.Create(new MessageSender(readers.Project, IsTest: false, readers.Locale), Request(alert, readers, address));
        if (!prepared.IsSuccess) return prepared.Failure.Detail;
        NewMessage message = Marked(prepared.Value.New, alert);
        IReadOnlyList<RelayRoute> routes = (await relays.ForAsync(message.Message, ct)).For(message.Message, Random.Shared);
        if (!routes.Any(route => route.Breaker.Fault is null && route.Relay.Name != message.Message.Envelope.Avoids)) return "No other relay can be used.";

        // Told by whichever worker comes first: the key makes the second one's a repetition.
        string key = $"mail-alert/{alert.Id}/{(alert.IsOpen ? "stands" : "over")}/{(alert.IsOpen ? alert.ToldAt : alert.ToldEndAt)?.UtcTicks ?? 0}/{address}";
        IdempotencyRecord once = new(key, SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        Result<IntakeResult> accepted = await committer.CommitAsync(new Submission(readers.Project, [message], once, $$"""{"id":"{{message.Message.Id}}"}"""));
        return accepted.IsSuccess ? null : accepted.Failure.Detail;
    }

    private EmailRequest Request(Alert alert, Readers readers, string address)
    {
        AlertText text = AlertText.Of(alert, readers.Locale);
        Dictionary<string, JsonElement> variables = new() { ["headline"] = Json(text.Title), ["summary"] = Json(text.Summary), ["remedy"] = Json(text.Remedy) };
        if (alert is { IsOpen: true, Facts.Reason: { Length: > 0 } reason }) variables["reason"] = Json(reason);
        if (!alert.IsInstallations) variables["project"] = Json(readers.Name);
        return new EmailRequest
        {
            From = messages.Value.DefaultFrom, To = [address], Lane = Lane.Critical.Name(), Template = new TemplateRequest(Template, variables, readers.Locale),
            Tags = [new TagRequest("alert", alert.Key.Kind.Name())], Headers = new() { ["Auto-Submitted"] = "auto-generated" },
        };
    }

    private static NewMessage Marked(NewMessage message, Alert alert)
    {
        MessageEnvelope envelope = message.Message.Envelope with { Source = MessageSources.Alert, Avoids = alert.IsOpen && alert.Key.Kind.IsAboutRelay() ? alert.Key.Subject : null };
        return message with { Message = message.Message with { Envelope = envelope }, EnvelopeJson = JsonSerializer.Serialize(envelope, StoredMessageJson.Default.MessageEnvelope) };
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

using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Tracking;
using Mail.Protocol.Mime;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>GET /emails/{id}: a message with each recipient's state.</summary>
public static class GetMessage
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("/{id}", Handle).RequireScope(Scopes.ReadMessages).ProducesApiError(404);

    /// <param name="ResentFrom">The message that this one repeats; null for most.</param>
    /// <param name="CannotResend">Why it cannot be sent again; null when it can.</param>
    /// <param name="ApiKey">The key that handed it over, over HTTP or SMTP; null for the console and for mail of Mail's own.</param>
    /// <param name="ContentHidden">Why a code or a personal link in it is not shown; null when all of it is.</param>
    public sealed record Response(
        string Object, string Id, string MessageId, IReadOnlyList<string> To, string From, DateTimeOffset CreatedAt, string Subject, string? Html, string? Text,
        IReadOnlyList<string>? Bcc, IReadOnlyList<string>? Cc, IReadOnlyList<string>? ReplyTo, string LastEvent, DateTimeOffset? ScheduledAt,
        IReadOnlyList<MessageTag> Tags, string? ResentFrom, string? CannotResend, string? TopicId, string Lane, TemplateFacts? Template, DateTimeOffset? ContentRemovedAt, string? ContentHidden, IReadOnlyList<Recipient> Recipients,
        ExperimentFacts? Experiment, IReadOnlyList<ConversionFacts> Conversions, KeyFacts? ApiKey);

    /// <param name="Name">Null when the key is gone without a trace: the password of a mailbox that was removed.</param>
    /// <param name="Revoked">Whether it works no more.</param>
    /// <param name="MailboxId">The mailbox whose password it is; null for a key of the project's list.</param>
    public sealed record KeyFacts(string Id, string? Name, bool Revoked, string? MailboxId);

    /// <param name="Arm">The version that was chosen for it.</param>
    public sealed record ExperimentFacts(string Id, string Arm);

    /// <param name="By">`api`, or `link` for a click on a link that counts as one.</param>
    public sealed record ConversionFacts(string Name, string? Key, decimal? Value, string? Currency, DateTimeOffset OccurredAt, string By);

    public sealed record TemplateFacts(string Id, string Version, string Locale);

    /// <param name="Opens">By people; machines are counted apart.</param>
    /// <param name="OpenedAt">The first of them.</param>
    public sealed record Recipient(
        string Email, string Kind, string State, int? Code, string? EnhancedCode, string? Text, string? Relay, int Attempts, DateTimeOffset? NextAttemptAt, string? Reason, CauseFacts? Cause,
        long Opens, DateTimeOffset? OpenedAt, long Clicks, DateTimeOffset? ClickedAt, long MachineOpens, long MachineClicks);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, MessageReader messages, MessageComposer composer, ConversionStore conversions, IHostEnvironment environment, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid value) || await messages.FindAsync(project.Id, new MessageId(value), ct) is not { } message) return Failure.NotFound("Email").ToApiError();
        IReadOnlyList<RecipientStatus> recipients = await messages.RecipientsAsync(project.Id, message.Id, ct);
        IReadOnlyDictionary<string, RecipientReading> reading = await messages.ReadingAsync(project.Id, message.Id, ct);
        string language = RequestLanguage.Of(http);
        (string? html, string? text) = await BodyAsync(message, composer, environment, ct);
        return TypedResults.Ok(new Response(
            "email", message.Id.ToString(), $"<{MessageComposer.MessageIdHeader(message, EmailAddress.Parse(message.Envelope.From))}>", message.Envelope.To, message.Envelope.From, message.CreatedAt, message.Subject, html, text,
            ListMessages.OrNull(message.Envelope.Bcc), ListMessages.OrNull(message.Envelope.Cc), ListMessages.OrNull(message.Envelope.ReplyTo),
            DeliveryStates.Worst(recipients.Select(recipient => recipient.State)).Name(), message.PlannedAt, message.Envelope.Tags, message.Envelope.ResentFrom?.ToString(), MessageResend.Objection(message)?.Detail, message.Content.TopicId, message.Lane.Name(),
            message.Content.Template is { } template ? new TemplateFacts(template.Id, template.Version, template.Locale) : null, message.Content.RemovedAt, HiddenContent.IsIn(message, environment) ? HiddenContent.Why(message, language) : null,
            [.. recipients.Select(recipient => RecipientOf(recipient, reading.GetValueOrDefault(recipient.Email) ?? _unread, language))],
            await messages.ExperimentAsync(project.Id, message.Id, ct) is ({ } experiment, { } arm) ? new ExperimentFacts(experiment.ToString(), arm) : null,
            [.. (await conversions.ListAsync(project.Id, message.Id, ct)).Select(one => new ConversionFacts(one.Name, one.Key.Length == 0 ? null : one.Key, one.Value, one.Currency, one.OccurredAt, one.ByLink ? "link" : "api"))],
            await messages.KeyAsync(project.Id, message.Id, ct) is { } key ? new KeyFacts(key.Id.ToString(), key.Name, key.IsRevoked, key.MailboxId?.ToString()) : null));
    }

    /// <summary>A message that cannot be composed is shown all the same: its recipients say why.</summary>
    private static async Task<(string? Html, string? Text)> BodyAsync(StoredMessage message, MessageComposer composer, IHostEnvironment environment, CancellationToken ct)
    {
        if (message.Envelope.Source == MessageSources.Verification || HiddenContent.IsAll(message, environment)) return (null, null);
        try
        {
            StoredMessage bare = message with { Content = message.Content with { Attachments = [] } }; // their bytes are not shown here
            ComposedEmail mail = await composer.ComposeAsync(bare, ct, masked: HiddenContent.IsIn(message, environment));
            return (mail.Html, mail.Text);
        }
        catch (CompositionException)
        {
            return (null, null);
        }
    }

    private static readonly RecipientReading _unread = new(0, null, 0, null, 0, 0);

    private static Recipient RecipientOf(RecipientStatus status, RecipientReading reading, string language) => new(
        status.Email, status.Kind, status.State.Name(), status.Code, status.EnhancedCode, status.Text, status.Relay, status.Attempts, status.NextAttemptAt, status.Reason,
        CauseFacts.Of(StoredCause.Of(status.State, status.Cause), language),
        reading.Opens, reading.OpenedAt, reading.Clicks, reading.ClickedAt, reading.MachineOpens, reading.MachineClicks);
}

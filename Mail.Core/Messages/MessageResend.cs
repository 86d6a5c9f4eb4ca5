using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Tracking;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Messages;

/// <summary>
/// Sends a message again, as a new one: to the same people, with the same content, through every check that a new message meets; its template as it is published
/// now. The new one names the old (`resent_from`), and the old one's history the new.
/// </summary>
public sealed class MessageResend(MessageReader messages, MessageIntake intake, AttachmentStore attachments, NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>In the history of the message that was repeated; webhooks hear of the new one as of any other.</summary>
    public const string Event = "email.resent";

    // Told once, also when the answer is asked for again under its Idempotency-Key.
    private const string TellSql = """
        INSERT INTO events (project_id, message_id, id, type, created_at, detail)
        SELECT $1, $2, $3, $4, $5, jsonb_build_object('email_id', $6::text)
        WHERE NOT EXISTS (SELECT FROM events WHERE project_id = $1 AND message_id = $2 AND type = $4 AND detail ->> 'email_id' = $6)
        """;

    /// <param name="sender">Who asks.</param>
    /// <returns>The new message's id.</returns>
    public async Task<Result<MessageId>> ResendAsync(MessageSender sender, MessageId id, IdempotencyRecord? key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sender);
        if (await messages.FindAsync(sender.ProjectId, id, ct) is not { } message) return Failure.NotFound("Email");
        if (Objection(message) is { } objection) return objection;
        List<byte[]> files = message.Content.Attachments.Count == 0 ? [] : (await attachments.LoadAsync([(sender.ProjectId, id)], ct)).GetValueOrDefault(id) ?? [];
        if (files.Count != message.Content.Attachments.Count) return Gone("Its attachments are");

        // What a test key sent stays in the sandbox, whoever asks for it again.
        Result<string> accepted = await intake.AcceptAsync(sender with { IsTest = message.IsTest }, RequestOf(message, files), key, ct);
        if (!accepted.IsSuccess) return accepted.Failure;
        using JsonDocument answer = JsonDocument.Parse(accepted.Value);
        MessageId made = new(answer.RootElement.GetProperty("id").GetGuid());
        await TellAsync(sender.ProjectId, id, made, ct);
        return made;
    }

    /// <summary>Why a message cannot be sent again; null when it can, as far as is known without its recipients and its template.</summary>
    public static Failure? Objection(StoredMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        MessageContent content = message.Content;
        return content switch
        {
            { RemovedAt: not null } => Gone("Its content is"),
            _ when message.Envelope.Source is not null => No("own_message", "This is a message of Mail's own. It tells of a moment, and is not repeated."),
            { Secrets: not null } => No("holds_secrets", "This message holds a code or a personal link that works once and only for a while. Have a new one made: the app asks for it as it did the first time."),
            _ when message.Lane == Lane.Critical => No("holds_secrets", "This message was sent in the lane `critical`, which is for codes and the like: what it says may no longer hold. Have the app send a new one."),
            { Calendar: not null } => No("is_appointment", "This message carries an appointment. Change the appointment, and its people are told."),
            { Raw: not null } => No("finished_mail", "This mail came finished, with a Message-ID of its own: mail servers drop a second copy. Send it again from its app."),
            _ => null,
        };
    }

    private static EmailRequest RequestOf(StoredMessage message, List<byte[]> files) => new()
    {
        From = message.Envelope.From, To = [.. message.Envelope.To], Cc = OrNull(message.Envelope.Cc), Bcc = OrNull(message.Envelope.Bcc), ReplyTo = OrNull(message.Envelope.ReplyTo),
        Subject = message.Subject, Html = message.Content.Html, Text = message.Content.Text,
        Template = message.Content.Template is { } use ? new TemplateRequest(use.Id, use.Variables.ToDictionary(), use.Locale) : null,
        Headers = message.Content.Headers.ToDictionary(header => header.Key, header => (string?)header.Value),
        Tags = [.. message.Envelope.Tags.Select(tag => new TagRequest(tag.Name, tag.Value))],
        Attachments = message.Content.Attachments.Count == 0 ? null : [.. message.Content.Attachments.Select(facts => new AttachmentRequest(facts.FileName, files[facts.Ordinal], null, facts.ContentType, facts.ContentId))],
        Lane = message.Lane.Name(), DeliveryGuarantee = message.Guarantee.Name(), TopicId = message.Content.TopicId, Unsubscribe = message.Content.LinksTo is null ? null : true,
        Tracking = message.Content.Tracking is { } tracking ? new TrackingRequest(tracking.Opens, tracking.Clicks) : null,
        ResentFrom = message.Id,
    };

    private async Task TellAsync(ProjectId project, MessageId old, MessageId made, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlCommand command = dataSource.CreateCommand(TellSql);
        command.Parameters.AddTyped(project.Value).AddTyped(old.Value).AddTyped(UuidV7.New(now)).AddTyped(Event).AddTyped(now.UtcDateTime).AddTyped(made.ToString(), NpgsqlDbType.Text);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string[]? OrNull(IReadOnlyList<string> addresses) => addresses.Count == 0 ? null : [.. addresses];

    private static Failure Gone(string what) => No("content_removed", $"{what} no longer stored, as the project's retention, or the erasure of a person, says. There is nothing to send again.");

    private static Failure No(string code, string detail) => new(FailureKind.Conflict, code, detail);
}

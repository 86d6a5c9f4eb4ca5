using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Microsoft.Extensions.Options;

namespace Mail.Core.Domains.Identities;

/// <summary>
/// Mails the link that verifies a sender identity. It goes from the installation's own address over the installation's relay, and nobody in the project can read
/// it there: the project's relay, its inbox and its console belong to those who ask, and the link shall prove that the address is theirs (ADR 21).
/// </summary>
public sealed class IdentityMail(MessageFactory factory, IntakeCommitter committer, IdentityLinks links, PublicUrl publicUrl, IOptions<MessageOptions> messages)
{
    private const string Template = "sender-identity";

    public const string ConfirmPath = "sender-identities/confirm/";

    /// <returns>Why no link can be mailed by this installation; null when it can.</returns>
    public Failure? Objection =>
        publicUrl.Value is null ? new Failure(FailureKind.Unavailable, "not_configured", $"No link can be mailed, because this installation does not know its public address. Set {PublicUrl.Name} of the API, such as https://mail.example.com.")
        : string.IsNullOrEmpty(messages.Value.DefaultFrom) ? new Failure(FailureKind.Unavailable, "not_configured", "No link can be mailed, because this installation has no sender of its own. Set EMAIL_FROM of the API.")
        : null;

    /// <param name="project">Its name, for the one who reads the mail.</param>
    public async Task<Failure?> SendAsync(SenderIdentity identity, string project, string locale, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(identity);
        string link = $"{publicUrl.Value!.AbsoluteUri.TrimEnd('/')}/{ConfirmPath}{await links.CreateAsync(identity, ct)}";
        Dictionary<string, JsonElement> variables = new() { ["email"] = Json(identity.Email), ["project"] = Json(project), ["confirm_url"] = Json(link) };
        EmailRequest request = new()
        {
            From = messages.Value.DefaultFrom, To = [identity.Email], Lane = Lane.Critical.Name(), Template = new TemplateRequest(Template, variables, locale),
            Headers = new() { ["Auto-Submitted"] = "auto-generated" },
        };
        Result<PreparedMessage> prepared = factory.Create(new MessageSender(identity.ProjectId, IsTest: false, locale) { OnlyRelay = RelaySettings.Name }, request);
        if (!prepared.IsSuccess) return prepared.Failure;
        StoredMessage message = prepared.Value.New.Message;
        message = message with { Envelope = message.Envelope with { Source = MessageSources.Verification } };
        NewMessage marked = prepared.Value.New with { Message = message, EnvelopeJson = JsonSerializer.Serialize(message.Envelope, StoredMessageJson.Default.MessageEnvelope) };
        Result<IntakeResult> accepted = await committer.CommitAsync(new Submission(identity.ProjectId, [marked], null, $$"""{"id":"{{message.Id}}"}"""));
        return accepted.IsSuccess ? null : accepted.Failure;
    }

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text, EmailRequestJson.Default.String);
}

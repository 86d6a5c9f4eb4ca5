using System.Net;
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
        IdentityText text = IdentityText.Of(locale, identity.Email, project);
        EmailRequest request = new()
        {
            From = messages.Value.DefaultFrom, To = [identity.Email], Subject = text.Subject, Lane = Lane.Critical.Name(),
            Text = $"{text.Request}\n\n{link}\n\n{text.Ends}\n{text.Ignore}\n", Html = Html(text, link), Headers = new() { ["Auto-Submitted"] = "auto-generated" },
        };
        Result<PreparedMessage> prepared = factory.Create(new MessageSender(identity.ProjectId, IsTest: false, locale) { OnlyRelay = RelaySettings.Name }, request);
        if (!prepared.IsSuccess) return prepared.Failure;
        StoredMessage message = prepared.Value.New.Message;
        message = message with { Envelope = message.Envelope with { Source = MessageSources.Verification } };
        NewMessage marked = prepared.Value.New with { Message = message, EnvelopeJson = JsonSerializer.Serialize(message.Envelope, StoredMessageJson.Default.MessageEnvelope) };
        Result<IntakeResult> accepted = await committer.CommitAsync(new Submission(identity.ProjectId, [marked], null, $$"""{"id":"{{message.Id}}"}"""));
        return accepted.IsSuccess ? null : accepted.Failure;
    }

    private static string Html(IdentityText text, string link)
    {
        string Safe(string plain) => WebUtility.HtmlEncode(plain);
        return $"""
            <!doctype html><html lang="{text.Language}"><body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif;color:#1c1c1f">
            <p>{Safe(text.Request)}</p>
            <p><a href="{Safe(link)}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#1f3a8a;color:#ffffff;text-decoration:none">{Safe(text.Button)}</a></p>
            <p style="word-break:break-all;font-size:13px">{Safe(link)}</p>
            <p style="color:#55555c">{Safe(text.Ends)} {Safe(text.Ignore)}</p>
            </body></html>
            """;
    }
}

/// <summary>The words of the mail and of the page behind its link.</summary>
public sealed record IdentityText(string Language, string Subject, string Request, string Button, string Ends, string Ignore)
{
    public static IdentityText Of(string locale, string email, string project)
    {
        ArgumentNullException.ThrowIfNull(locale);
        return locale.StartsWith("fr", StringComparison.OrdinalIgnoreCase)
            ? new IdentityText(
                "fr", $"Confirmez l’adresse d’expéditeur {email}", $"Le projet « {project} » souhaite envoyer des messages depuis {email}. Si vous êtes d’accord, ouvrez ce lien et confirmez.",
                "Confirmer cette adresse", "Le lien est valable sept jours.", "Si vous n’attendiez pas ce message, ignorez-le : rien ne sera envoyé depuis votre adresse.")
            : new IdentityText(
                "en", $"Confirm the sender address {email}", $"The project “{project}” wants to send mail from {email}. If you agree, open this link and confirm.",
                "Confirm this address", "The link works for seven days.", "If you did not expect this message, ignore it: nothing will be sent from your address.");
    }
}

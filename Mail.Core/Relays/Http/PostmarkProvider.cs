using System.Text.Json;

namespace Mail.Core.Relays.Http;

/// <summary>Postmark, POST /email (https://postmarkapp.com/developer/api/email-api).</summary>
internal sealed class PostmarkProvider(Uri baseUrl, string stream) : IMailProvider
{
    public static HttpRelayKind Description { get; } = new(RelayKind.Postmark, "postmark", "Postmark",
        [
            RelayField.Key("server_token", "Server API token", "00000000-0000-0000-0000-000000000000", "The server's page, API Tokens. `POSTMARK_API_TEST` checks messages and sends none."),
            new RelayField("message_stream", "Message stream", "outbound") { Default = "outbound", Help = "The id of a transactional or broadcast stream of that server.", Check = RelayField.KeyProblem },
            WebhookFields.Postmark,
            RelayField.BaseUrl("https://api.postmarkapp.com"),
        ],
        new RelayProfile(MaxRecipients: 50, MaxMessageBytes: 10_000_000) { RebuildsMessage = true, RewritesDate = true });

    public HttpRelayKind Kind => Description;

    public RelayRequest Probe { get; } = RelayRequest.Get(new Uri(baseUrl, "server"));

    public MailDraft Draft(RelayMessage message)
    {
        MailContent mail = MailContent.Read(message, Kind.Title);
        return mail.Draft(message, Kind.Profile.MaxRecipients, addressing => Write(message, mail, addressing));
    }

    public Meaning Read(HttpAnswer answer, IReadOnlyList<RelayRecipient> recipients)
    {
        string? code = answer.Text("ErrorCode");
        string text = answer.Text("Message") ?? Wording.Of(answer, Kind);
        if (answer.IsSuccess) return code == "0" ? Taken(answer, text, recipients) : Meaning.Unknown(answer, code, Wording.NotItsForm(answer, Kind));
        return (answer.Status, code) switch
        {
            (422, "300") when IsAbout(text, "'From'") => Meaning.SenderRefused(answer, code, text),
            (422, "300") when IsAbout(text, "'To'") || IsAbout(text, "'Cc'") || IsAbout(text, "'Bcc'") => Meaning.RecipientRefused(answer, code, text, recipients),
            (422, "400" or "401") => Meaning.SenderRefused(answer, code, text), // the sender signature is not known, or not confirmed
            (422, "405") => Meaning.NotNow(answer, code, text), // no credits left
            (422, "406") => Meaning.RecipientRefused(answer, code, text, recipients), // inactive: bounced or complained before
            (422, "412" or "413") => Meaning.Unusable($"Postmark does not let this account send: {code} {text}"), // pending, or blocked
            (422, _) when IsAbout(text, "stream") => Meaning.Unusable($"Postmark does not know the message stream of the relay: {code} {text}"),
            _ => Wording.ByStatus(answer, Kind, code, text),
        };
    }

    public RelayFault? ReadProbe(HttpAnswer answer) =>
        !answer.IsSuccess ? Wording.ProbeFault(answer, Kind, answer.Text("Message"))
        : answer.Text("ID") is null ? new RelayFault(Wording.NotItsForm(answer, Kind), IsPermanent: true) : null;

    /// <summary>"Message OK, but will not deliver to these inactive addresses: a@x, b@x": a success for the others only.</summary>
    private static Meaning Taken(HttpAnswer answer, string text, IReadOnlyList<RelayRecipient> recipients)
    {
        string? id = answer.Text("MessageID");
        IReadOnlyList<RelayRecipient> refused = IsAbout(text, "inactive") ? Meaning.MentionedIn(text, recipients) : [];
        return refused.Count == 0 ? Meaning.Accepted(answer, id, $"Accepted by Postmark: {text}") : Meaning.AcceptedBut(answer, id, "Accepted by Postmark: OK", text, "406", refused);
    }

    private static bool IsAbout(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private RelayRequest Write(RelayMessage message, MailContent mail, Addressing addressing) => JsonRequest.Post(new Uri(baseUrl, "email"), json =>
    {
        json.WriteString("From", JsonRequest.Text(mail.From));
        json.WriteString("To", string.Join(", ", addressing.To.Select(JsonRequest.Text)));
        if (addressing.Cc.Count > 0) json.WriteString("Cc", string.Join(", ", addressing.Cc.Select(JsonRequest.Text)));
        if (addressing.Bcc.Count > 0) json.WriteString("Bcc", string.Join(", ", addressing.Bcc.Select(JsonRequest.Text)));
        if (mail.ReplyTo.Count > 0) json.WriteString("ReplyTo", string.Join(", ", mail.ReplyTo.Select(JsonRequest.Text)));
        json.WriteString("Subject", mail.Subject);
        bool isBlank = string.IsNullOrEmpty(mail.Text) && string.IsNullOrEmpty(mail.Html);
        if (isBlank || !string.IsNullOrEmpty(mail.Text)) json.WriteString("TextBody", isBlank ? " " : mail.Text); // one of the two must be there
        if (!string.IsNullOrEmpty(mail.Html)) json.WriteString("HtmlBody", mail.Html);
        json.WriteString("MessageStream", stream);
        json.WriteBoolean("TrackOpens", false); // ours is in the message, where its sender wanted it
        json.WriteString("TrackLinks", "None");
        json.WriteStartObject("Metadata"); // comes back in every webhook
        json.WriteString("mail_message_id", message.Id.ToString());
        json.WriteEndObject();
        json.WriteStartArray("Headers");
        foreach ((string name, string value) in mail.Headers) WriteHeader(json, name, value);
        if (mail.MessageId is { } id)
        {
            WriteHeader(json, "Message-ID", id);
            WriteHeader(json, "X-PM-KeepID", "true"); // without it the id is replaced
        }

        json.WriteEndArray();
        WriteFiles(json, mail);
    });

    private static void WriteHeader(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("Name", name);
        json.WriteString("Value", value);
        json.WriteEndObject();
    }

    private static void WriteFiles(Utf8JsonWriter json, MailContent mail)
    {
        MailFile[] files = mail.Calendar is null ? [.. mail.Files] : [mail.Calendar, .. mail.Files];
        if (files.Length == 0) return;
        json.WriteStartArray("Attachments");
        foreach (MailFile file in files)
        {
            json.WriteStartObject();
            json.WriteString("Name", file.Name);
            json.WriteBase64String("Content", file.Content);
            json.WriteString("ContentType", file.ContentType);
            if (file.ContentId is not null) json.WriteString("ContentID", $"cid:{file.ContentId}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

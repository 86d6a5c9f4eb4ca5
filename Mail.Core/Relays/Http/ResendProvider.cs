using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mail.Core.Relays.Http;

/// <summary>Resend, POST /emails (https://resend.com/docs/api-reference/emails/send-email).</summary>
internal sealed class ResendProvider(Uri baseUrl) : IMailProvider
{
    public static HttpRelayKind Description { get; } = new(RelayKind.Resend, "resend", "Resend",
        [
            RelayField.Key("api_key", "API key", "re_xxxxxxxx_yyyyyyyy", "API Keys: `Sending access` is enough."),
            WebhookFields.Resend,
            RelayField.BaseUrl("https://api.resend.com"),
        ],
        new RelayProfile(MaxRecipients: 50, MaxMessageBytes: 40_000_000) { RebuildsMessage = true, RewritesMessageId = true, RewritesDate = true, RecognisesRepetition = true });

    public HttpRelayKind Kind => Description;

    /// <summary>A key that may only send is told so, and that is an answer too.</summary>
    public RelayRequest Probe { get; } = RelayRequest.Get(new Uri(baseUrl, "domains"));

    public MailDraft Draft(RelayMessage message)
    {
        MailContent mail = MailContent.Read(message, Kind.Title);
        MailDraft draft = mail.Draft(message, Kind.Profile.MaxRecipients, addressing => Write(message, mail, addressing));
        return draft with { Write = recipients => draft.Write(recipients) with { Headers = [new("Idempotency-Key", IdempotencyKey(recipients))] } };
    }

    public Meaning Read(HttpAnswer answer, IReadOnlyList<RelayRecipient> recipients)
    {
        string? code = answer.Text("name");
        string text = answer.Text("message") ?? Wording.Of(answer, Kind);
        if (answer.IsSuccess) return answer.Json is { ValueKind: JsonValueKind.Object } ? Meaning.Accepted(answer, answer.Text("id"), "Accepted by Resend.") : Meaning.Unknown(answer, code, Wording.NotItsForm(answer, Kind));
        return (answer.Status, code) switch
        {
            (403, "validation_error") when IsAbout(text, "testing emails") => Meaning.NotNow(answer, code, text), // an account that may only write to itself
            (403, "validation_error") => Meaning.SenderRefused(answer, code, text), // the domain is not verified
            (400 or 422, _) when IsAbout(text, "`to`") || IsAbout(text, "`cc`") || IsAbout(text, "`bcc`") => Meaning.RecipientRefused(answer, code, text, recipients),
            (409, "concurrent_idempotent_requests") => Meaning.NotNow(answer, code, text), // the first of two is still under way
            (409, _) => Meaning.Unknown(answer, code, text), // it has seen this key, with another request
            _ => Wording.ByStatus(answer, Kind, code, text),
        };
    }

    public RelayFault? ReadProbe(HttpAnswer answer) => answer switch
    {
        { IsSuccess: true, Json: not null } => null,
        { IsSuccess: true } => new RelayFault(Wording.NotItsForm(answer, Kind), IsPermanent: true),
        { Status: 401 } when answer.Text("name") == "restricted_api_key" => null,
        _ => Wording.ProbeFault(answer, Kind, answer.Text("message")),
    };

    /// <summary>The same for the same deliveries, in whatever order, at every attempt.</summary>
    internal static string IdempotencyKey(IReadOnlyList<RelayRecipient> recipients)
    {
        if (recipients.Count == 1) return $"mail-{recipients[0].Id}";
        string ids = string.Join(' ', recipients.Select(recipient => recipient.Id.ToString()).Order(StringComparer.Ordinal));
        return $"mail-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(ids)))}";
    }

    private static bool IsAbout(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private RelayRequest Write(RelayMessage message, MailContent mail, Addressing addressing) => JsonRequest.Post(new Uri(baseUrl, "emails"), json =>
    {
        json.WriteString("from", JsonRequest.Text(mail.From));
        json.WriteStrings("to", addressing.To.Select(JsonRequest.Text));
        json.WriteStrings("cc", addressing.Cc.Select(JsonRequest.Text));
        json.WriteStrings("bcc", addressing.Bcc.Select(JsonRequest.Text));
        json.WriteStrings("reply_to", mail.ReplyTo.Select(JsonRequest.Text));
        json.WriteString("subject", mail.Subject);
        if (mail.Html is not null) json.WriteString("html", mail.Html);
        json.WriteString("text", mail.Text ?? ""); // an empty one keeps it from making one out of the HTML
        json.WriteStartObject("headers");
        foreach ((string name, string value) in mail.Headers.DistinctBy(header => header.Key, StringComparer.OrdinalIgnoreCase)) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartArray("tags"); // come back in every webhook
        json.WriteStartObject();
        json.WriteString("name", "mail_message_id");
        json.WriteString("value", message.Id.ToString());
        json.WriteEndObject();
        json.WriteEndArray();
        WriteFiles(json, mail);
    });

    private static void WriteFiles(Utf8JsonWriter json, MailContent mail)
    {
        MailFile[] files = mail.Calendar is null ? [.. mail.Files] : [mail.Calendar, .. mail.Files];
        if (files.Length == 0) return;
        json.WriteStartArray("attachments");
        foreach (MailFile file in files)
        {
            json.WriteStartObject();
            json.WriteString("filename", file.Name);
            json.WriteBase64String("content", file.Content);
            json.WriteString("content_type", file.ContentType);
            if (file.ContentId is not null) json.WriteString("content_id", file.ContentId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

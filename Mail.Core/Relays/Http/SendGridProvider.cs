using System.Text.Json;
using Mail.Protocol.Mime;

namespace Mail.Core.Relays.Http;

/// <summary>SendGrid, POST /v3/mail/send (https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send).</summary>
internal sealed class SendGridProvider(Uri baseUrl) : IMailProvider
{
    public static HttpRelayKind Description { get; } = new(RelayKind.SendGrid, "sendgrid", "SendGrid",
        [
            RelayField.Key("api_key", "API key", "SG.xxxxxxxx.yyyyyyyy", "Settings, API Keys: a key with the permission Mail Send."),
            new RelayField("region", "Region", "eu") { Choices = ["global", "eu"], Default = "global", Help = "`eu` for a subuser that was made in the EU." },
            WebhookFields.SendGrid,
            RelayField.BaseUrl("https://api.sendgrid.com"),
        ],
        new RelayProfile(MaxRecipients: 1000, MaxMessageBytes: 30_000_000) { RebuildsMessage = true, RewritesDate = true });

    public HttpRelayKind Kind => Description;

    /// <summary>Every key may read its own scopes.</summary>
    public RelayRequest Probe { get; } = RelayRequest.Get(new Uri(baseUrl, "v3/scopes"));

    public static Uri Address(RelaySettingValues settings) =>
        settings.BaseUrl ?? new Uri(settings["region"] == "eu" ? "https://api.eu.sendgrid.com/" : "https://api.sendgrid.com/");

    public MailDraft Draft(RelayMessage message)
    {
        MailContent mail = MailContent.Read(message, Kind.Title);
        if (mail.Files.FirstOrDefault(file => file.Content.Length == 0) is { } empty) throw new UnsendableMessageException($"SendGrid takes no empty file, and `{empty.Name}` is empty.");
        return mail.Draft(message, Kind.Profile.MaxRecipients, addressing => Write(message, mail, addressing));
    }

    public Meaning Read(HttpAnswer answer, IReadOnlyList<RelayRecipient> recipients)
    {
        string? field = answer.Text("errors", "field");
        string text = answer.Text("errors", "message") is { } said ? field is null or "null" ? said : $"{field}: {said}" : Wording.Of(answer, Kind);
        bool isAboutQuota = text.Contains("credits exceeded", StringComparison.OrdinalIgnoreCase); // as 401
        bool isAboutSender = text.Contains("verified Sender Identity", StringComparison.OrdinalIgnoreCase);
        return answer.Status switch
        {
            200 or 202 when answer.Header("X-Message-Id") is { } id => Meaning.Accepted(answer, id, "Accepted by SendGrid."),
            >= 200 and < 300 => Meaning.Unknown(answer, null, Wording.NotItsForm(answer, Kind)),
            401 or 403 when isAboutQuota => Meaning.NotNow(answer, null, text),
            403 when isAboutSender => Meaning.SenderRefused(answer, null, text),
            400 when field?.StartsWith("personalizations", StringComparison.Ordinal) is true => Meaning.RecipientRefused(answer, null, text, recipients),
            _ => Wording.ByStatus(answer, Kind, null, text),
        };
    }

    public RelayFault? ReadProbe(HttpAnswer answer)
    {
        if (!answer.IsSuccess) return Wording.ProbeFault(answer, Kind, answer.Text("errors", "message"));
        if (answer.Json is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("scopes", out JsonElement scopes) || scopes.ValueKind != JsonValueKind.Array) return new RelayFault(Wording.NotItsForm(answer, Kind), IsPermanent: true);
        return scopes.EnumerateArray().Any(scope => scope.ValueKind == JsonValueKind.String && scope.GetString() == "mail.send") ? null
            : new RelayFault("SendGrid knows the API key, but it lacks the permission Mail Send (`mail.send`).", IsPermanent: true);
    }

    private RelayRequest Write(RelayMessage message, MailContent mail, Addressing addressing) => JsonRequest.Post(new Uri(baseUrl, "v3/mail/send"), json =>
    {
        json.WriteStartArray("personalizations");
        json.WriteStartObject();
        WriteAddresses(json, "to", addressing.To);
        WriteAddresses(json, "cc", addressing.Cc);
        WriteAddresses(json, "bcc", addressing.Bcc);
        json.WriteStartObject("custom_args"); // comes back in every event
        json.WriteString("mail_message_id", message.Id.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        WriteAddress(json, "from", mail.From);
        WriteAddresses(json, "reply_to_list", [.. mail.ReplyTo.DistinctBy(RawMessage.Mailbox)]);
        json.WriteString("subject", mail.Subject.Length == 0 ? " " : mail.Subject); // it takes no empty one
        WriteContent(json, mail);
        WriteFiles(json, mail.Files);
        json.WriteStartObject("headers");
        if (mail.MessageId is { } id) json.WriteString("Message-ID", id);
        foreach ((string name, string value) in mail.Headers.DistinctBy(header => header.Key, StringComparer.OrdinalIgnoreCase)) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartObject("tracking_settings"); // ours is in the message, where its sender wanted it
        foreach (string tracking in (string[])["click_tracking", "open_tracking", "subscription_tracking"])
        {
            json.WriteStartObject(tracking);
            json.WriteBoolean("enable", false);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    /// <summary>Text before HTML before everything else, none of them empty.</summary>
    private static void WriteContent(Utf8JsonWriter json, MailContent mail)
    {
        json.WriteStartArray("content");
        bool isBlank = string.IsNullOrEmpty(mail.Text) && string.IsNullOrEmpty(mail.Html);
        if (isBlank || !string.IsNullOrEmpty(mail.Text)) Write("text/plain", isBlank ? " " : mail.Text!);
        if (!string.IsNullOrEmpty(mail.Html)) Write("text/html", mail.Html);
        if (mail.Calendar is { } calendar) Write(calendar.ContentType, System.Text.Encoding.UTF8.GetString(calendar.Content));
        json.WriteEndArray();

        void Write(string type, string value)
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("value", value);
            json.WriteEndObject();
        }
    }

    private static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<MailFile> files)
    {
        if (files.Count == 0) return;
        json.WriteStartArray("attachments");
        foreach (MailFile file in files)
        {
            json.WriteStartObject();
            json.WriteBase64String("content", file.Content);
            json.WriteString("type", file.ContentType);
            json.WriteString("filename", file.Name);
            json.WriteString("disposition", file.ContentId is null ? "attachment" : "inline");
            if (file.ContentId is not null) json.WriteString("content_id", file.ContentId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAddresses(Utf8JsonWriter json, string name, IReadOnlyList<EmailAddress> addresses)
    {
        if (addresses.Count == 0) return;
        json.WriteStartArray(name);
        foreach (EmailAddress address in addresses) WriteAddress(json, null, address);
        json.WriteEndArray();
    }

    private static void WriteAddress(Utf8JsonWriter json, string? name, EmailAddress address)
    {
        if (name is null) json.WriteStartObject();
        else json.WriteStartObject(name);
        json.WriteString("email", RawMessage.Mailbox(address));
        if (address.DisplayName is not null) json.WriteString("name", address.DisplayName);
        json.WriteEndObject();
    }
}

using System.Text.Json;

namespace Mail.Core.Relays.Http;

/// <summary>Amazon SES, API v2, SendEmail with Content.Raw (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html).</summary>
internal sealed class SesProvider(Uri baseUrl, string? configurationSet) : IMailProvider
{
    public static HttpRelayKind Description { get; } = new(RelayKind.Ses, "ses", "Amazon SES",
        [
            new RelayField("region", "Region", "eu-west-1") { IsRequired = true, Help = "The AWS region in which the sender's identity is verified.", Check = RegionProblem },
            new RelayField("access_key_id", "Access key id", "AKIAIOSFODNN7EXAMPLE") { IsRequired = true, Help = "Of an IAM user that may `ses:SendEmail` and `ses:SendRawEmail`.", Check = RelayField.KeyProblem },
            RelayField.Key("secret_access_key", "Secret access key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "Shown once, when the access key is made. Not the SMTP password."),
            RelayField.Key("session_token", "Session token", "IQoJb3JpZ2luX2VjE...", "Only with temporary credentials; they end after hours.") with { IsRequired = false },
            new RelayField("configuration_set", "Configuration set", "mail-events") { Help = "The one that publishes delivery events.", Check = RelayField.KeyProblem },
            WebhookFields.Ses,
            RelayField.BaseUrl("https://email.eu-west-1.amazonaws.com"),
        ],
        new RelayProfile(MaxRecipients: 50, MaxMessageBytes: 28_000_000) { RewritesMessageId = true, RewritesDate = true });

    public HttpRelayKind Kind => Description;

    public RelayRequest Probe { get; } = RelayRequest.Get(new Uri(baseUrl, "v2/email/account"));

    public static Uri Address(RelaySettingValues settings)
    {
        string region = settings["region"];
        string suffix = region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";
        return settings.BaseUrl ?? new Uri($"https://email.{region}.{suffix}/");
    }

    public MailDraft Draft(RelayMessage message)
    {
        ReadOnlyMemory<byte> mime = RawMessage.WithoutBcc(message.Mime);
        return new MailDraft([.. message.Recipients.Chunk(Kind.Profile.MaxRecipients)], recipients => JsonRequest.Post(new Uri(baseUrl, "v2/email/outbound-emails"), json =>
        {
            // No FromEmailAddress: it would replace the From of the message. The envelope's sender is SES's own in any case.
            json.WriteStartObject("Destination");
            json.WriteStrings("ToAddresses", recipients.Select(recipient => RawMessage.Mailbox(recipient.Address)).Distinct());
            json.WriteEndObject();
            json.WriteStartObject("Content");
            json.WriteStartObject("Raw");
            json.WriteBase64String("Data", mime.Span);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("EmailTags"); // come back in every event of a configuration set
            json.WriteStartObject();
            json.WriteString("Name", "mail_message_id");
            json.WriteString("Value", message.Id.ToString());
            json.WriteEndObject();
            json.WriteEndArray();
            if (configurationSet is not null) json.WriteString("ConfigurationSetName", configurationSet);
        }));
    }

    public Meaning Read(HttpAnswer answer, IReadOnlyList<RelayRecipient> recipients)
    {
        if (answer.IsSuccess) return answer.Text("MessageId") is { } id ? Meaning.Accepted(answer, id, "Accepted by Amazon SES.") : Meaning.Unknown(answer, null, Wording.NotItsForm(answer, Kind));
        string? code = Code(answer);
        string text = answer.Text("message") ?? answer.Text("Message") ?? Wording.Of(answer, Kind);
        return code switch
        {
            "TooManyRequestsException" or "ThrottlingException" or "Throttling" or "LimitExceededException" => Meaning.NotNow(answer, code, text),
            "AccountSuspendedException" or "SendingPausedException" or "NotFoundException" => Meaning.Unusable($"Amazon SES does not let the relay send: {code}: {text}"),
            "MailFromDomainNotVerifiedException" => Meaning.SenderRefused(answer, code, text),
            "MessageRejected" when Has(text, "not verified") => NotVerified(answer, code, text, recipients),
            "MessageRejected" when Has(text, "paused") => Meaning.Unusable($"Amazon SES does not let the relay send: {code}: {text}"),
            "AccessDeniedException" when Has(text, ":identity/") => Meaning.SenderRefused(answer, code, text), // a policy that allows some senders only
            "BadRequestException" or "InvalidParameterValue" when Meaning.MentionedIn(text, recipients).Count > 0 || IsAboutAddress(text) => Meaning.RecipientRefused(answer, code, text, recipients),
            _ when answer.Status == 403 => Meaning.LoginRefused($"Amazon SES does not accept the login of the relay: {code}: {text}"),
            _ => Wording.ByStatus(answer, Kind, code, text),
        };
    }

    /// <summary>A key that may only send cannot see the account, but its signature was checked before that.</summary>
    public RelayFault? ReadProbe(HttpAnswer answer)
    {
        string? code = Code(answer);
        if (code == "AccessDeniedException") return null;
        if (!answer.IsSuccess) return Wording.ProbeFault(answer, Kind, $"{code}: {answer.Text("message") ?? answer.Text("Message") ?? Wording.Of(answer, Kind)}");
        if (answer.Json is not { ValueKind: JsonValueKind.Object } account) return new RelayFault(Wording.NotItsForm(answer, Kind), IsPermanent: true);
        return account.TryGetProperty("SendingEnabled", out JsonElement enabled) && enabled.ValueKind == JsonValueKind.False
            ? new RelayFault("Amazon SES has switched sending off for this account and region. See the account dashboard of SES.", IsPermanent: true)
            : null;
    }

    /// <summary>In the sandbox recipients have to be verified too: that says nothing against their addresses.</summary>
    private static Meaning NotVerified(HttpAnswer answer, string code, string text, IReadOnlyList<RelayRecipient> recipients) =>
        Meaning.MentionedIn(text, recipients).Count > 0
            ? Meaning.NotNow(answer, code, $"The account is in the sandbox of Amazon SES, where recipients have to be verified too: {text}")
            : Meaning.SenderRefused(answer, code, text);

    /// <summary>Of the header, in which a URL may follow, else of the body, in which a namespace may precede.</summary>
    private static string? Code(HttpAnswer answer) =>
        (answer.Header("x-amzn-ErrorType")?.Split(':')[0] ?? answer.Text("__type")?.Split('#')[^1] ?? answer.Text("code")) is { Length: > 0 } code ? code : null;

    private static bool IsAboutAddress(string text) =>
        Has(text, "final '@domain'") || Has(text, "Local address") || Has(text, "User name is missing") || Has(text, "Domain contains") || Has(text, "Domain starts") || Has(text, "Illegal address");

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>It becomes part of a host's name.</summary>
    private static string? RegionProblem(string value) =>
        value.Length is >= 9 and <= 25 && value.Count(c => c == '-') >= 2 && char.IsAsciiDigit(value[^1]) && value.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            ? null
            : "must be an AWS region, such as eu-west-1.";
}

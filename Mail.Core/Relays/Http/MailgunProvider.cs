using System.Buffers;
using System.Text;

namespace Mail.Core.Relays.Http;

/// <summary>Mailgun, POST /v3/{domain}/messages.mime (https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages).</summary>
internal sealed class MailgunProvider(Uri baseUrl, string domain) : IMailProvider
{
    public static HttpRelayKind Description { get; } = new(RelayKind.Mailgun, "mailgun", "Mailgun",
        [
            RelayField.Key("api_key", "API key", "0123456789abcdef0123456789abcdef-01234567-89abcdef", "The domain's page, Sending keys. A key of the whole account works too."),
            new RelayField("domain", "Domain", "mg.example.com") { IsRequired = true, Help = "The sending domain as it stands at Mailgun.", Check = DomainProblem },
            new RelayField("region", "Region", "eu") { Choices = ["us", "eu"], Default = "us", Help = "Where the domain was made; its keys work there only." },
            WebhookFields.Mailgun,
            RelayField.BaseUrl("https://api.mailgun.net"),
        ],
        new RelayProfile(MaxRecipients: 1000, MaxMessageBytes: 25_000_000));

    public HttpRelayKind Kind => Description;

    /// <summary>
    /// A sending key may read nothing, so the probe is a message without recipient and content: with a good key it is refused for what it lacks.
    /// </summary>
    public RelayRequest Probe { get; } = Multipart(baseUrl, domain, [("o:testmode", "yes")], default);

    public static Uri Address(RelaySettingValues settings) =>
        settings.BaseUrl ?? new Uri(settings["region"] == "eu" ? "https://api.eu.mailgun.net/" : "https://api.mailgun.net/");

    public static HeaderCredentials Login(Secret key) => new("Authorization", $"Basic {Encoded(key)}");

    /// <summary>As it goes over the line, to be masked too.</summary>
    public static string Encoded(Secret key) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"api:{key.Value}"));

    public MailDraft Draft(RelayMessage message)
    {
        ReadOnlyMemory<byte> mime = RawMessage.WithoutBcc(message.Mime);
        return new MailDraft([.. message.Recipients.Chunk(Kind.Profile.MaxRecipients)], recipients => Multipart(baseUrl, domain,
            [
                .. recipients.Select(recipient => RawMessage.Mailbox(recipient.Address)).Distinct().Select(mailbox => ("to", mailbox)), // these alone get it; the headers stay as they are
                ("o:tracking", "no"), // ours is in the message, where its sender wanted it
                ("v:mail_message_id", message.Id.ToString()), // comes back in every webhook
            ], mime));
    }

    public Meaning Read(HttpAnswer answer, IReadOnlyList<RelayRecipient> recipients)
    {
        string text = answer.Text("message") ?? Wording.Of(answer, Kind);
        if (answer.IsSuccess) return answer.Text("id") is { } id ? Meaning.Accepted(answer, id.Trim('<', '>'), text) : Meaning.Unknown(answer, null, Wording.NotItsForm(answer, Kind));
        return answer.Status switch
        {
            400 when Has(text, "'to'") || Has(text, "to parameter") => Meaning.RecipientRefused(answer, null, text, recipients),
            400 or 403 when Has(text, "authorized recipients") => Meaning.NotNow(answer, null, text), // an account that may only write to a few
            404 => Meaning.Unusable($"Mailgun does not know the domain {domain}: {text} Check the domain and the region of the relay."),
            402 or 420 => Meaning.NotNow(answer, null, text), // a limit of the plan
            _ => Wording.ByStatus(answer, Kind, null, text),
        };
    }

    public RelayFault? ReadProbe(HttpAnswer answer) => answer.Status switch
    {
        400 when answer.Json is not null => null,
        404 => new RelayFault($"Mailgun does not know the domain {domain}: {answer.Text("message") ?? Wording.Of(answer, Kind)} Check the domain and the region of the relay.", IsPermanent: true),
        >= 200 and < 300 or 400 => new RelayFault(Wording.NotItsForm(answer, Kind), IsPermanent: true),
        _ => Wording.ProbeFault(answer, Kind, answer.Text("message")),
    };

    /// <summary>The boundary is random, so that nobody who writes a message can guess it.</summary>
    private static RelayRequest Multipart(Uri baseUrl, string domain, IEnumerable<(string Name, string Value)> fields, ReadOnlyMemory<byte> mime)
    {
        string boundary = $"mail-{Guid.NewGuid():N}";
        ArrayBufferWriter<byte> body = new(mime.Length + 1024);
        foreach ((string name, string value) in fields) Write($"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        if (!mime.IsEmpty)
        {
            Write($"--{boundary}\r\nContent-Disposition: form-data; name=\"message\"; filename=\"message.eml\"\r\nContent-Type: message/rfc822\r\n\r\n");
            body.Write(mime.Span);
            Write("\r\n");
        }

        Write($"--{boundary}--\r\n");
        return new RelayRequest(HttpMethod.Post, new Uri(baseUrl, $"v3/{domain}/messages.mime"), $"multipart/form-data; boundary={boundary}", body.WrittenMemory);

        void Write(string text) => Encoding.UTF8.GetBytes(text, body);
    }

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>It becomes part of a path.</summary>
    private static string? DomainProblem(string value) =>
        Uri.CheckHostName(value) == UriHostNameType.Dns && value.Contains('.', StringComparison.Ordinal) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? null : "must be a domain, such as mg.example.com.";
}

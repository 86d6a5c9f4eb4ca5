using System.Buffers.Text;

namespace Mail.Core.Relays.Http;

/// <summary>A mailbox of Microsoft 365: Microsoft Graph, sendMail with MIME (https://learn.microsoft.com/graph/api/user-sendmail), as an application.</summary>
/// <param name="mailbox">Whose mailbox sends; null for that of each message's author.</param>
internal sealed class GraphProvider(Uri baseUrl, string? mailbox) : IMailProvider
{
    private static readonly Dictionary<string, (string Api, string Login)> _clouds = new()
    {
        ["global"] = ("https://graph.microsoft.com/", "https://login.microsoftonline.com/"),
        ["us_government"] = ("https://graph.microsoft.us/", "https://login.microsoftonline.us/"),
        ["us_defense"] = ("https://dod-graph.microsoft.us/", "https://login.microsoftonline.us/"),
        ["china"] = ("https://microsoftgraph.chinacloudapi.cn/", "https://login.chinacloudapi.cn/"),
    };

    public static HttpRelayKind Description { get; } = new(RelayKind.Graph, "graph", "Microsoft 365",
        [
            new RelayField("tenant_id", "Tenant id", "contoso.onmicrosoft.com") { IsRequired = true, Help = "Microsoft Entra, Overview: the id or a domain of the tenant.", Check = TenantProblem },
            new RelayField("client_id", "Application (client) id", "00000000-0000-0000-0000-000000000000") { IsRequired = true, Help = "App registrations: one with the application permission Mail.Send, granted by an administrator.", Check = RelayField.KeyProblem },
            RelayField.Key("client_secret", "Client secret", "abc8Q~xxxxxxxx", "Certificates & secrets: the value, not the id. It ends after at most two years."),
            new RelayField("mailbox", "Mailbox", "noreply@example.com") { Help = "Whose mailbox sends. Without one, that of each message's From.", Check = RelayFieldChecks.Address },
            new RelayField("cloud", "Cloud", "global") { Choices = [.. _clouds.Keys], Default = "global" },
            RelayField.BaseUrl("https://graph.microsoft.com"),
            RelayField.Url("login_url", "Login address", "https://login.microsoftonline.com"),
        ],
        new RelayProfile(MaxRecipients: 500, MaxMessageBytes: 3_000_000) { RewritesMessageId = true, RewritesDate = true, ReadsRecipientsFromHeaders = true, MaxConcurrency = 4 });

    public HttpRelayKind Kind => Description;

    /// <summary>The right to send does not include the right to read this; that it is refused for that reason is answer enough.</summary>
    public RelayRequest Probe { get; } = RelayRequest.Get(new Uri(baseUrl, mailbox is null ? "v1.0/organization?$select=id" : $"v1.0/users/{Uri.EscapeDataString(mailbox)}?$select=id"));

    public static Uri Address(RelaySettingValues settings) => settings.BaseUrl ?? new Uri(_clouds[settings["cloud"]].Api);

    /// <summary>The client credentials grant (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).</summary>
    public static TokenRequest Login(RelaySettingValues settings)
    {
        (string api, string login) = _clouds[settings["cloud"]];
        Uri uri = new(settings.Url("login_url") ?? new Uri(login), $"{settings["tenant_id"]}/oauth2/v2.0/token");
        return _ => RelayRequest.Form(uri,
            ("grant_type", "client_credentials"), ("client_id", settings["client_id"]), ("client_secret", settings.Secret("client_secret").Value), ("scope", $"{api}.default"));
    }

    public MailDraft Draft(RelayMessage message)
    {
        string sender = mailbox ?? (RawMessage.Author(message.Mime) is { } author ? RawMessage.Mailbox(author) : throw new UnsendableMessageException("The message has no author: its From header holds no address, and the relay names no mailbox."));
        Uri uri = new(baseUrl, $"v1.0/users/{Uri.EscapeDataString(sender)}/sendMail");
        return new MailDraft([.. message.Recipients.Chunk(Kind.Profile.MaxRecipients)], recipients =>
        {
            ReadOnlyMemory<byte> mime = RawMessage.For(message.Mime, recipients);
            byte[] body = new byte[Base64.GetMaxEncodedToUtf8Length(mime.Length)];
            Base64.EncodeToUtf8(mime.Span, body, out _, out int length);
            return new RelayRequest(HttpMethod.Post, uri, "text/plain", body.AsMemory(0, length));
        });
    }

    public Meaning Read(HttpAnswer answer, IReadOnlyList<RelayRecipient> recipients)
    {
        if (answer.IsSuccess) return answer.Status == 202 ? Meaning.Accepted(answer, null, "Accepted by Microsoft 365.") : Meaning.Unknown(answer, null, Wording.NotItsForm(answer, Kind));
        string? code = answer.Text("error", "code");
        string text = answer.Text("error", "message") is { Length: > 0 } said ? said : Wording.Of(answer, Kind);
        return code switch
        {
            "ErrorInvalidRecipients" => Meaning.RecipientRefused(answer, code, text, recipients),
            "ErrorSendAsDenied" => Meaning.SenderRefused(answer, code, text),
            "ErrorAccessDenied" or "ErrorInvalidUser" or "Request_ResourceNotFound" or "ResourceNotFound" or "MailboxNotEnabledForRESTAPI" or "ErrorNonExistentMailbox" => NoMailbox(answer, code, text),
            "ErrorExceededMessageLimit" or "ErrorQuotaExceeded" or "ErrorMessageSubmissionBlocked" or "ApplicationThrottled" or "TooManyRequests" => Meaning.NotNow(answer, code, text),
            "ErrorMessageSizeExceeded" => Meaning.Never(answer, code, text),
            _ => Wording.ByStatus(answer, Kind, code, text),
        };
    }

    public RelayFault? ReadProbe(HttpAnswer answer) => answer switch
    {
        { IsSuccess: true, Json: not null } or { Status: 403 } => null,
        { IsSuccess: true } => new RelayFault(Wording.NotItsForm(answer, Kind), IsPermanent: true),
        { Status: 404 } when mailbox is not null => new RelayFault($"Microsoft 365 knows no mailbox {mailbox}: {answer.Text("error", "message")}", IsPermanent: true),
        _ => Wording.ProbeFault(answer, Kind, answer.Text("error", "message")),
    };

    /// <summary>The relay's own mailbox is needed for every message, that of an author only for his.</summary>
    private Meaning NoMailbox(HttpAnswer answer, string code, string text) =>
        mailbox is null ? Meaning.SenderRefused(answer, code, text) : Meaning.Unusable($"Microsoft 365 does not let the relay send from the mailbox {mailbox}: {code}: {text}");

    /// <summary>It becomes part of a path.</summary>
    private static string? TenantProblem(string value) =>
        value.Length <= 255 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') && !value.Contains("..", StringComparison.Ordinal) ? null : "must be the tenant's id or one of its domains.";
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Mail.Core.Relays.Http;

/// <summary>A mailbox of Google: the Gmail API, users.messages.send (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/send).</summary>
internal sealed class GmailProvider(Uri baseUrl) : IMailProvider
{
    private const string SendScope = "https://www.googleapis.com/auth/gmail.send";

    /// <summary>To read mail and to move it, but not to delete it for good.</summary>
    public const string ReadScope = "https://www.googleapis.com/auth/gmail.modify";

    private const int LongestRaw = 3 * 1024 * 1024; // as JSON; a larger message goes as an upload

    public static HttpRelayKind Description { get; } = new(RelayKind.Gmail, "gmail", "Gmail",
        [
            new RelayField("mailbox", "Mailbox", "noreply@example.com") { Help = "Whose mailbox sends. Needed with a service account.", Check = RelayFieldChecks.Address },
            new RelayField("service_account", "Service account key", "{\"type\":\"service_account\",...}") { IsSecret = true, IsMultiline = true, Help = "The JSON key file of a service account with domain-wide delegation for the scope gmail.send.", Check = RelayFieldChecks.ServiceAccount },
            new RelayField("client_id", "OAuth client id", "1234-abcd.apps.googleusercontent.com") { Help = "With client secret and refresh token, in place of a service account.", Check = RelayField.KeyProblem },
            RelayField.Key("client_secret", "OAuth client secret", "GOCSPX-xxxxxxxx", "Of that client.") with { IsRequired = false },
            RelayField.Key("refresh_token", "Refresh token", "1//0xxxxxxxx", "Got once by the mailbox's owner for the scope gmail.send.") with { IsRequired = false },
            RelayField.BaseUrl("https://gmail.googleapis.com"),
            RelayField.Url("login_url", "Login address", "https://oauth2.googleapis.com"),
        ],
        new RelayProfile(MaxRecipients: 500, MaxMessageBytes: 35_000_000) { RewritesMessageId = true, ReadsRecipientsFromHeaders = true });

    public HttpRelayKind Kind => Description;

    /// <summary>The right to send does not include the right to read this; that it is refused for that reason is answer enough.</summary>
    public RelayRequest Probe { get; } = RelayRequest.Get(new Uri(baseUrl, "gmail/v1/users/me/profile"));

    /// <summary>The two ways to log in exclude each other.</summary>
    public static (string Field, string Problem)? Check(RelaySettingValues settings)
    {
        string[] oauth = ["client_id", "client_secret", "refresh_token"];
        if (settings.Has("service_account"))
        {
            if (oauth.FirstOrDefault(settings.Has) is { } other) return (other, "cannot be used together with `service_account`.");
            return settings.Has("mailbox") ? null : ("mailbox", "is needed with `service_account`: it says for whom the service account sends.");
        }

        if (!oauth.Any(settings.Has)) return ("service_account", "or `client_id`, `client_secret` and `refresh_token` are needed.");
        return oauth.FirstOrDefault(name => !settings.Has(name)) is { } missing ? (missing, "is needed: `client_id`, `client_secret` and `refresh_token` belong together.") : null;
    }

    /// <param name="scope">What a service account asks for; a refresh token has its own.</param>
    public static TokenRequest Login(RelaySettingValues settings, string scope = SendScope)
    {
        Uri uri = new(settings.Url("login_url") ?? new Uri("https://oauth2.googleapis.com/"), "token");
        if (!settings.Has("service_account"))
        {
            return _ => RelayRequest.Form(uri,
                ("grant_type", "refresh_token"), ("client_id", settings["client_id"]), ("client_secret", settings.Secret("client_secret").Value), ("refresh_token", settings.Secret("refresh_token").Value));
        }

        GoogleServiceAccount account = GoogleServiceAccount.TryParse(settings.Secret("service_account").Value, out GoogleServiceAccount? parsed) ? parsed : throw new ArgumentException("Not a service account's key.", nameof(settings));
        return now => RelayRequest.Form(uri, ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", Assertion(account, settings["mailbox"], scope, uri, now)));
    }

    public MailDraft Draft(RelayMessage message) => new([.. message.Recipients.Chunk(Kind.Profile.MaxRecipients)], recipients =>
    {
        ReadOnlyMemory<byte> mime = RawMessage.For(message.Mime, recipients);
        if (mime.Length > LongestRaw) return new RelayRequest(HttpMethod.Post, new Uri(baseUrl, "upload/gmail/v1/users/me/messages/send?uploadType=media"), "message/rfc822", mime);
        return JsonRequest.Post(new Uri(baseUrl, "gmail/v1/users/me/messages/send"), json => json.WriteString("raw", Base64Url.EncodeToString(mime.Span)));
    });

    public Meaning Read(HttpAnswer answer, IReadOnlyList<RelayRecipient> recipients)
    {
        if (answer.IsSuccess) return answer.Text("id") is { } id ? Meaning.Accepted(answer, id, "Accepted by Gmail.") : Meaning.Unknown(answer, null, Wording.NotItsForm(answer, Kind));
        string? reason = answer.Text("error", "errors", "reason") ?? answer.Text("error", "status");
        string text = answer.Text("error", "message") is { Length: > 0 } said ? said : Wording.Of(answer, Kind);
        return (answer.Status, reason) switch
        {
            (403, "rateLimitExceeded" or "userRateLimitExceeded" or "dailyLimitExceeded" or "quotaExceeded" or "limitExceeded") => Meaning.NotNow(answer, reason, text),
            (400, "failedPrecondition" or "FAILED_PRECONDITION") => Meaning.Unusable($"Gmail does not let the relay send: {reason}: {text}"), // no Gmail for that user
            (400, _) when IsAbout(text, "To header") || IsAbout(text, "Cc header") || IsAbout(text, "Bcc header") || IsAbout(text, "Recipient address") => Meaning.RecipientRefused(answer, reason, text, recipients),
            _ => Wording.ByStatus(answer, Kind, reason, text),
        };
    }

    public RelayFault? ReadProbe(HttpAnswer answer) => answer switch
    {
        { IsSuccess: true, Json: not null } => null,
        { IsSuccess: true } => new RelayFault(Wording.NotItsForm(answer, Kind), IsPermanent: true),
        { Status: 403 } when answer.Text("error", "errors", "reason") is "insufficientPermissions" or "rateLimitExceeded" or "userRateLimitExceeded" => null,
        _ => Wording.ProbeFault(answer, Kind, answer.Text("error", "message")),
    };

    /// <summary>The claim that is signed by the service account (https://developers.google.com/identity/protocols/oauth2/service-account#httprest, RFC 7523).</summary>
    private static string Assertion(GoogleServiceAccount account, string mailbox, string scope, Uri audience, DateTimeOffset now)
    {
        string header = Encoded(new Dictionary<string, object?> { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = account.KeyId });
        string claims = Encoded(new Dictionary<string, object?>
        {
            ["iss"] = account.ClientEmail, ["sub"] = mailbox, ["scope"] = scope, ["aud"] = audience.AbsoluteUri, ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        });
        using RSA key = RSA.Create();
        key.ImportFromPem(account.PrivateKey.Value);
        byte[] signature = key.SignData(System.Text.Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encoded(Dictionary<string, object?> members) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(members));

    private static bool IsAbout(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}

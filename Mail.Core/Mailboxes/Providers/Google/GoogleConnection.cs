using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;
using Google.Apis.Util;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Mailboxes.Providers.Tokens;
using Mail.Core.Relays.Http;

namespace Mail.Core.Mailboxes.Providers.Google;

/// <summary>Google's APIs in the name of a user: a service account with domain-wide delegation, by Google.Apis.Auth.</summary>
internal sealed class GoogleConnection
{
    /// <summary>What the administrator's token is for. All of them have to be delegated: Google refuses a token when one is not.</summary>
    public static readonly IReadOnlyList<string> DirectoryScopes =
    [
        "https://www.googleapis.com/auth/admin.directory.user", "https://www.googleapis.com/auth/admin.directory.user.security",
        "https://www.googleapis.com/auth/admin.directory.group", "https://www.googleapis.com/auth/admin.directory.domain.readonly",
    ];

    /// <summary>What a user's token is for: settings, not mail.</summary>
    public static readonly IReadOnlyList<string> GmailScopes = ["https://www.googleapis.com/auth/gmail.settings.basic", "https://www.googleapis.com/auth/gmail.settings.sharing"];

    private readonly ProviderLine _line;
    private readonly SecretMask _mask;
    private readonly GoogleKey _key;
    private readonly Uri _login;

    public GoogleConnection(ProviderLine line, ProviderValues values, string title)
    {
        _line = line;
        _key = GoogleKey.TryParse(values["service_account"], out GoogleKey? key) ? key : throw new ArgumentException("Not a service account's key.", nameof(values));
        _mask = new SecretMask([values["service_account"], _key.PrivateKey.Value]); // the key also as it is read: a file may write some of its characters as escapes
        Words = new ProviderWords(title, _mask);
        _login = new Uri(values.Url("login_url", "https://oauth2.googleapis.com/"), "token");
        DirectoryRoot = new Uri(values.Url("base_url", "https://admin.googleapis.com/"), "admin/directory/v1/");
        GmailRoot = new Uri(values.Url("gmail_url", "https://gmail.googleapis.com/"), "gmail/v1/");
        Admin = values["admin"];
        Directory = Client(Admin, DirectoryScopes);
    }

    public ProviderWords Words { get; }

    public string Admin { get; }

    public Uri DirectoryRoot { get; }

    public Uri GmailRoot { get; }

    /// <summary>As the administrator.</summary>
    public ProviderClient Directory { get; }

    /// <summary>As the user of a mailbox: nobody else may change its settings, an administrator neither.</summary>
    public ProviderClient Gmail(string user) => Client(user, GmailScopes);

    private ProviderClient Client(string user, IReadOnlyList<string> scopes)
    {
        Func<CancellationToken, Task<string>> Credential()
        {
            ServiceAccountCredential credential = new(new ServiceAccountCredential.Initializer(_key.ClientEmail, _login.AbsoluteUri)
            {
                User = user,
                Scopes = scopes,
                Key = _key.OpenKey(), // the credential's own
                KeyId = _key.KeyId,
                Clock = new Clock(_line.Clock),
                HttpClientFactory = new Way(() => new TokenHandler(_line, Words, _mask, uri => uri, reply => GoogleLoginProblems.Explain(Words, reply, user))),
                DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None, // one try: whoever asked tries again in time
            });
            return ct => credential.GetAccessTokenForRequestAsync(null, ct);
        }

        return new ProviderClient(_line, Words, new TokenLogin(Credential, Words), reply => GoogleProblems.Explain(Words, reply));
    }

    /// <summary>The library makes its client from this handler.</summary>
    private sealed class Way(Func<HttpMessageHandler> handler) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => handler();
    }

    private sealed class Clock(TimeProvider time) : IClock
    {
        public DateTime Now => time.GetLocalNow().DateTime;

        public DateTime UtcNow => time.GetUtcNow().UtcDateTime;
    }
}

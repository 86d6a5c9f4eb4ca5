using Mail.Core.Common;

namespace Mail.Core.Relays.Http;

/// <summary>Makes relays out of settings as they are given to the API and stored: texts by the names of <see cref="HttpRelayKind.Fields"/>. Nothing is connected yet.</summary>
public static class HttpRelayFactory
{
    private const int LongestValue = 20_000;

    /// <param name="path">What stands before a field's name in a refusal, such as `settings.`.</param>
    /// <returns>What is wrong with the settings, with the field's path; null when nothing is. A refusal repeats no secret.</returns>
    /// <exception cref="ArgumentException">The kind is no HTTP API.</exception>
    public static Failure? Check(RelayKind kind, IReadOnlyDictionary<string, string> settings, HttpRelayEnvironment environment, string path)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(environment);
        HttpRelayKind description = Description(kind);
        if (settings.Keys.FirstOrDefault(name => description.Fields.All(field => field.Name != name)) is { } unknown)
            return Failure.Field(path + unknown, $"is no setting of a {description.Name} relay; these are: {string.Join(", ", description.Fields.Select(field => field.Name))}.");
        RelaySettingValues values = new(description, settings);
        foreach (RelayField field in description.Fields)
        {
            if (!values.Has(field.Name))
            {
                if (field.IsRequired) return Failure.Missing(path + field.Name);
                continue;
            }

            if (Problem(field, values.Find(field.Name)!, environment) is { } problem) return Failure.Field(path + field.Name, problem);
        }

        return kind == RelayKind.Gmail && GmailProvider.Check(values) is { } together ? Failure.Field(path + together.Field, together.Problem) : null;
    }

    /// <returns>The relay, or what <see cref="Check"/> says against the settings.</returns>
    /// <exception cref="ArgumentException">The kind is no HTTP API.</exception>
    public static Result<HttpRelay> Create(RelayKind kind, string name, IReadOnlyDictionary<string, string> settings, HttpRelayEnvironment environment, string path = "settings.")
    {
        if (Check(kind, settings, environment, path) is { } failure) return failure;
        RelaySettingValues values = new(Description(kind), settings);
        HttpExchange exchange = new(environment);
        SecretMask mask = new(Secrets(kind, values));
        (IMailProvider provider, ICredentials credentials) = Make(kind, values, exchange, mask, environment.Clock);
        return new HttpRelay(name, provider, new AuthorizedExchange(credentials, exchange), mask, environment.Options);
    }

    /// <summary>A mailbox that is read, with the settings that a relay to the same provider has; <see cref="Check"/> said nothing against them.</summary>
    /// <param name="kind">One whose login is a token.</param>
    internal static ProviderApi Open(RelayKind kind, IReadOnlyDictionary<string, string> settings, HttpRelayEnvironment environment)
    {
        RelaySettingValues values = new(Description(kind), settings);
        HttpExchange exchange = new(environment);
        SecretMask mask = new(Secrets(kind, values));
        (string title, Uri address, TokenRequest login) = kind switch
        {
            RelayKind.Graph => ("Microsoft 365", GraphProvider.Address(values), GraphProvider.Login(values)),
            RelayKind.Gmail => ("Google", GmailAddress(values), GmailProvider.Login(values, GmailProvider.ReadScope)),
            _ => throw new ArgumentException($"A relay of kind {kind} has no mailbox.", nameof(kind)),
        };
        return new ProviderApi(Description(kind).Title, address, new AuthorizedExchange(new TokenCredentials(title, exchange, login, mask, environment.Clock, "the bounce mailbox"), exchange), mask);
    }

    private static Uri GmailAddress(RelaySettingValues values) => values.BaseUrl ?? new Uri("https://gmail.googleapis.com/");

    /// <summary>As they were given, and as they go over the line.</summary>
    private static IEnumerable<string> Secrets(RelayKind kind, RelaySettingValues values) => kind switch
    {
        RelayKind.Mailgun => [.. values.Secrets(), MailgunProvider.Encoded(values.Secret("api_key"))],
        RelayKind.Gmail when GoogleServiceAccount.TryParse(values.Find("service_account") ?? "", out GoogleServiceAccount? account) => [.. values.Secrets(), account.PrivateKey.Value],
        _ => values.Secrets(),
    };

    private static (IMailProvider Provider, ICredentials Credentials) Make(RelayKind kind, RelaySettingValues values, HttpExchange exchange, SecretMask mask, TimeProvider clock) => kind switch
    {
        RelayKind.SendGrid => (new SendGridProvider(SendGridProvider.Address(values)), HeaderCredentials.Bearer(values.Secret("api_key"))),
        RelayKind.Ses => (new SesProvider(SesProvider.Address(values), values.Find("configuration_set")),
            new AwsCredentials(values["access_key_id"], values.Secret("secret_access_key"), values.Has("session_token") ? values.Secret("session_token") : null, values["region"], "ses", clock)),
        RelayKind.Mailgun => (new MailgunProvider(MailgunProvider.Address(values), values["domain"]), MailgunProvider.Login(values.Secret("api_key"))),
        RelayKind.Postmark => (new PostmarkProvider(values.BaseUrl ?? new Uri("https://api.postmarkapp.com/"), values["message_stream"]), new HeaderCredentials("X-Postmark-Server-Token", values["server_token"])),
        RelayKind.Resend => (new ResendProvider(values.BaseUrl ?? new Uri("https://api.resend.com/")), HeaderCredentials.Bearer(values.Secret("api_key"))),
        RelayKind.Graph => (new GraphProvider(GraphProvider.Address(values), values.Find("mailbox")), new TokenCredentials("Microsoft 365", exchange, GraphProvider.Login(values), mask, clock)),
        RelayKind.Gmail => (new GmailProvider(GmailAddress(values)), new TokenCredentials("Google", exchange, GmailProvider.Login(values), mask, clock)),
        _ => throw new ArgumentException($"A relay of kind {kind} is no HTTP API.", nameof(kind)),
    };

    private static string? Problem(RelayField field, string value, HttpRelayEnvironment environment)
    {
        if (value.Length > LongestValue) return $"is longer than {LongestValue} characters.";
        if (!field.IsMultiline && value.Any(char.IsControl)) return "must be one line without control characters.";
        if (field.Choices.Count > 0 && !field.Choices.Contains(value)) return $"must be one of: {string.Join(", ", field.Choices)}.";
        if (field.Check?.Invoke(value) is { } problem) return problem;
        return field.Name.EndsWith("_url", StringComparison.Ordinal) && !environment.AllowPrivateAddresses && !value.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "must be an https URL." : null;
    }

    private static HttpRelayKind Description(RelayKind kind) => HttpRelayKind.Find(kind) ?? throw new ArgumentException($"A relay of kind {kind} is no HTTP API.", nameof(kind));
}

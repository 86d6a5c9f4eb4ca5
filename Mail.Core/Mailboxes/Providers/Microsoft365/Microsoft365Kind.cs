using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Microsoft365;

/// <summary>Mailboxes of Exchange Online, through Microsoft Graph v1.0, as an application with rights of its own.</summary>
internal sealed class Microsoft365Kind(ProviderLine line) : MailboxProviderKind
{
    public const string UserMode = "user";
    public const string SharedMode = "shared";

    /// <summary>Where Microsoft's clouds are (https://learn.microsoft.com/graph/deployments).</summary>
    internal static readonly IReadOnlyDictionary<string, Cloud> Clouds = new Dictionary<string, Cloud>
    {
        ["global"] = new("https://graph.microsoft.com/", "https://login.microsoftonline.com/", "https://outlook.office.com/mail/", "smtp.office365.com"),
        ["us_government"] = new("https://graph.microsoft.us/", "https://login.microsoftonline.us/", "https://outlook.office365.us/mail/", "smtp.office365.us"),
        ["us_defense"] = new("https://dod-graph.microsoft.us/", "https://login.microsoftonline.us/", "https://webmail.apps.mil/mail/", "outlook-dod.office365.us"),
        ["china"] = new("https://microsoftgraph.chinacloudapi.cn/", "https://login.chinacloudapi.cn/", "https://partner.outlook.cn/mail/", "smtp.partner.outlook.cn"),
    };

    private readonly OpenProviders _open = new();

    public override string Name => "microsoft365";

    public override string Title => "Microsoft 365";

    public override IReadOnlyList<ProviderField> Fields { get; } =
    [
        new("tenant_id", "Tenant id", "contoso.onmicrosoft.com", IsRequired: true, IsSecret: false, "Microsoft Entra, Overview: the tenant's id or a domain of it.", TenantProblem) { GuardsSecrets = true },
        new("client_id", "Application (client) id", "00000000-0000-0000-0000-000000000000", IsRequired: true, IsSecret: false, "App registrations: one with the application permissions of the guide, granted by an administrator.", value => Guid.TryParse(value, out _) ? null : "must be the application's id, a UUID."),
        ProviderFields.Key("client_secret", "Client secret", "abc8Q~xxxxxxxx", "Certificates & secrets: the value, not the id. Or a certificate in its place.") with { IsRequired = false },
        new("certificate", "Certificate", "-----BEGIN CERTIFICATE-----", IsRequired: false, IsSecret: true, "In place of a secret: certificate and private key (RSA) in PEM; the certificate alone is uploaded to the app registration.", CertificateProblem),
        new("mode", "Kind of mailbox", UserMode, IsRequired: false, IsSecret: false, "`user` (default): an account that people sign in to. `shared`: an account that nobody signs in to.", value => value is UserMode or SharedMode ? null : "must be `user` or `shared`."),
        new("licence", "Licence", "EXCHANGESTANDARD", IsRequired: false, IsSecret: false, "Part number or id of the subscription that every account gets. Without one, licences come by a group or by hand.", value => value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && value.Length <= 100 ? null : "must be a part number such as EXCHANGESTANDARD, or a UUID."),
        new("usage_location", "Country", "FR", IsRequired: false, IsSecret: false, "Two letters: where the service is used. Microsoft licenses nobody without it.", value => value.Length == 2 && value.All(char.IsAsciiLetterUpper) ? null : "must be a country of two capital letters, such as FR."),
        new("smtp_auth", "SMTP with the account's password", "false", IsRequired: false, IsSecret: false, "`true` only where Exchange allows authenticated SMTP for these mailboxes. Otherwise programs use our own submission.", value => value is "true" or "false" ? null : "must be `true` or `false`."),
        new("cloud", "Cloud", "global", IsRequired: false, IsSecret: false, "`global` (default), `us_government`, `us_defense` or `china`.", value => Clouds.ContainsKey(value) ? null : "must be `global`, `us_government`, `us_defense` or `china`.") { GuardsSecrets = true },
        ProviderFields.Address("base_url", "API address", "https://graph.microsoft.com", line),
        ProviderFields.Address("login_url", "Login address", "https://login.microsoftonline.com", line),
    ];

    public override IMailboxProvider Open(ProviderScope scope, IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(settings);
        return _open.Get(scope, settings, () => Open(new ProviderValues(this, settings)));
    }

    private IMailboxProvider Open(ProviderValues values)
    {
        if ((values.Find("client_secret") is null) == (values.Find("certificate") is null))
            return UnusableProvider.Because("Of `client_secret` and `certificate` one is needed, and not both.", "Enter the application's secret, or its certificate with the private key.");
        if (values.Find("licence") is not null && values.Find("usage_location") is null)
            return UnusableProvider.Because("`usage_location` is needed with `licence`: Microsoft licenses nobody whose country it does not know.", "Enter the country of the mailboxes, such as FR.");
        if (values.Find("mode") == SharedMode && values.Find("smtp_auth") == "true")
            return UnusableProvider.Because("`smtp_auth` is for the mode `user`: nobody signs in to a shared mailbox, and no program does.", "Take `smtp_auth` out; programs then use our own submission.");
        return new Microsoft365Provider(new Microsoft365Settings(values), GraphConnection.Open(line, values, Title));
    }

    /// <summary>It becomes part of a path.</summary>
    private static string? TenantProblem(string value) =>
        value.Length <= 255 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') && !value.Contains("..", StringComparison.Ordinal) ? null : "must be the tenant's id or one of its domains.";

    /// <summary>Never says anything of what is in it.</summary>
    private static string? CertificateProblem(string value)
    {
        try
        {
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(value, value);
            using RSA? key = certificate.GetRSAPrivateKey();
            return key is null ? "must hold an RSA key." : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return "must be a certificate and its private key, both in PEM.";
        }
    }

    internal sealed record Cloud(string Api, string Login, string Webmail, string Smtp);
}

/// <summary>What the settings of a connection say about its mailboxes.</summary>
internal sealed class Microsoft365Settings(ProviderValues values)
{
    private readonly Microsoft365Kind.Cloud _cloud = Microsoft365Kind.Clouds[values.Find("cloud") ?? "global"];

    public bool IsShared { get; } = values.Find("mode") == Microsoft365Kind.SharedMode;

    public string? Licence { get; } = values.Find("licence");

    public string? UsageLocation { get; } = values.Find("usage_location");

    public bool UsesSmtpAuth { get; } = values.Find("smtp_auth") == "true";

    public string SmtpServer => _cloud.Smtp;

    /// <summary>Of a shared one, the address under which those who were given access open it.</summary>
    public Uri Webmail(string address) => new(IsShared ? string.Create(CultureInfo.InvariantCulture, $"{_cloud.Webmail}{Uri.EscapeDataString(address)}/") : _cloud.Webmail);
}

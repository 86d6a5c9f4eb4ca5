namespace Mail.Core.Relays.Setup;

/// <summary>The presets that there are. Hosts, ports and limits as the providers' pages named them in 2026; a limit that depends on the contract is left open.</summary>
public static class SmtpPresets
{
    private static readonly Words _mailbox = new("The whole address of the mailbox.", "L'adresse complète de la boîte.");

    private static readonly Words _ownAddress = new("The mailbox's own address and its aliases.", "L'adresse de la boîte et ses alias.");

    private static readonly Words _verified = new("Addresses of a domain that is verified there.", "Les adresses d'un domaine vérifié chez ce fournisseur.");

    private static readonly Words _ownDomain = new("Addresses of the mailbox's domain.", "Les adresses du domaine de la boîte.");

    private static readonly Words _googlePassword = new(
        "An app password of 16 letters: Google account, Security, 2-Step Verification, App passwords. The account's own password is refused.",
        "Un mot de passe d'application de 16 lettres : compte Google, Sécurité, Validation en deux étapes, Mots de passe des applications. Le mot de passe du compte est refusé.");

    private const string GoogleHelp = "https://support.google.com/accounts/answer/185833";

    public static IReadOnlyList<SmtpPreset> All { get; } =
    [
        new SmtpPreset("gmail", "Gmail", One("smtp.gmail.com", null), _mailbox, _googlePassword, _ownAddress, GoogleHelp) { DayQuota = 500, Check = GooglePassword },
        new SmtpPreset("google_workspace", "Google Workspace", One("smtp.gmail.com", null), _mailbox, _googlePassword, _ownAddress, GoogleHelp) { DayQuota = 2000, Check = GooglePassword },
        new SmtpPreset(
            "microsoft365", "Microsoft 365", One("smtp.office365.com", null), _mailbox,
            new Words("The mailbox's password; SMTP AUTH must be switched on for the mailbox.", "Le mot de passe de la boîte ; SMTP AUTH doit être activé pour elle."),
            _ownAddress, "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission")
        {
            DayQuota = 10_000, MaxConnections = 3, RatePerSecond = 0.5,
            Note = new Words(
                "Microsoft is retiring passwords for SMTP (550 5.7.30). The kind `graph` goes on working.",
                "Microsoft retire les mots de passe pour SMTP (550 5.7.30). Le type `graph` continue de fonctionner."),
        },
        new SmtpPreset(
            "sendgrid", "SendGrid", new Dictionary<string, PresetHost> { ["global"] = new("smtp.sendgrid.net", "us"), ["eu"] = new("smtp.eu.sendgrid.net", "eu") },
            new Words("The word `apikey`.", "Le mot `apikey`."),
            new Words("An API key with the permission Mail Send; begins with `SG.`", "Une clé d'API avec la permission Mail Send ; commence par `SG.`"),
            _verified, "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/getting-started-smtp")
        {
            FixedUserName = "apikey", Check = (_, password) => password.StartsWith("SG.", StringComparison.Ordinal) ? null : ("password", "is no API key of SendGrid: these begin with `SG.`."),
        },
        new SmtpPreset(
            "ses", "Amazon SES", SesHosts(),
            new Words("The SMTP user name of the region; begins with `AKIA`.", "Le nom d'utilisateur SMTP de la région ; commence par `AKIA`."),
            new Words("The SMTP password of the region, which is not the secret access key.", "Le mot de passe SMTP de la région, qui n'est pas la clé secrète."),
            new Words("Identities that are verified in the region; in the sandbox recipients too.", "Les identités vérifiées dans la région ; dans le bac à sable, les destinataires aussi."),
            "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html")
        {
            Check = (user, password) =>
                user.Length is < 16 or > 128 || !user.All(char.IsAsciiLetterOrDigit) ? ("username", "is no SMTP user name of SES; it looks like `AKIAIOSFODNN7EXAMPLE`.")
                : password.Length == 40 ? ("password", "looks like the secret access key. SES wants the SMTP password, which is made from it: console, SMTP settings.") : null,
        },
        new SmtpPreset(
            "mailgun", "Mailgun", new Dictionary<string, PresetHost> { ["us"] = new("smtp.mailgun.org", "us"), ["eu"] = new("smtp.eu.mailgun.org", "eu") },
            new Words("An SMTP user of the domain, such as `postmaster@mg.example.com`.", "Un utilisateur SMTP du domaine, par exemple `postmaster@mg.example.com`."),
            new Words("Of that user: Sending, Domain settings, SMTP credentials. Not the API key.", "Celui de cet utilisateur : Sending, Domain settings, SMTP credentials. Pas la clé d'API."),
            _verified, "https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp")
        {
            Check = (user, _) => user.Contains('@', StringComparison.Ordinal) ? null : ("username", "must be a whole address, such as `postmaster@mg.example.com`."),
        },
        new SmtpPreset(
            "postmark", "Postmark", One("smtp.postmarkapp.com", "us"),
            new Words("The server's API token, or the access key of an SMTP token.", "Le jeton d'API du serveur, ou la clé d'accès d'un jeton SMTP."),
            new Words("The same token again, or the secret key of the SMTP token.", "Le même jeton, ou la clé secrète du jeton SMTP."),
            new Words("Confirmed sender signatures and domains.", "Les signatures et domaines confirmés."), "https://postmarkapp.com/developer/user-guide/send-email-with-smtp")
        {
            Check = (user, password) => Guid.TryParse(user, out _) && user != password ? ("password", "must be the same server token as `username`.") : null,
        },
        new SmtpPreset(
            "brevo", "Brevo", One("smtp-relay.brevo.com", "eu"),
            new Words("The login on the page SMTP & API, such as `123abc001@smtp-brevo.com`.", "L'identifiant de la page SMTP & API, par exemple `123abc001@smtp-brevo.com`."),
            new Words("An SMTP key, not an API key (`xkeysib-`).", "Une clé SMTP, pas une clé d'API (`xkeysib-`)."), _verified, "https://help.brevo.com/hc/en-us/articles/7924908994450")
        {
            Check = (_, password) => password.StartsWith("xkeysib-", StringComparison.Ordinal) ? ("password", "is an API key; SMTP wants an SMTP key (page SMTP & API, tab SMTP).") : null,
        },
        new SmtpPreset(
            "mailjet", "Mailjet", One("in-v3.mailjet.com", "eu"),
            new Words("The API key.", "La clé d'API."), new Words("The secret key.", "La clé secrète."), _verified, "https://documentation.mailjet.com/hc/en-us/articles/360043229473"),
        new SmtpPreset(
            "resend", "Resend", One("smtp.resend.com", null),
            new Words("The word `resend`.", "Le mot `resend`."), new Words("An API key; begins with `re_`.", "Une clé d'API ; commence par `re_`."), _verified, "https://resend.com/docs/send-with-smtp")
        {
            FixedUserName = "resend", Check = (_, password) => password.StartsWith("re_", StringComparison.Ordinal) ? null : ("password", "is no API key of Resend: these begin with `re_`."),
        },
        new SmtpPreset(
            "scaleway", "Scaleway", One("smtp.tem.scaleway.com", "eu"),
            new Words("The project's id.", "L'identifiant du projet."), new Words("The secret key of an API key with access to Transactional Email.", "La clé secrète d'une clé d'API qui a accès à Transactional Email."),
            _verified, "https://www.scaleway.com/en/docs/transactional-email/reference-content/smtp-configuration/")
        {
            Check = (user, password) =>
                !Guid.TryParse(user, out _) ? ("username", "must be the project's id, such as `11111111-2222-3333-4444-555555555555`.")
                : !Guid.TryParse(password, out _) ? ("password", "is no secret key of Scaleway, which has the form of a project's id; the access key (`SCW...`) is another thing.") : null,
        },
        new SmtpPreset(
            "ovh", "OVHcloud", One("ssl0.ovh.net", "eu"), _mailbox,
            new Words("The mailbox's password.", "Le mot de passe de la boîte."), _ownAddress, "https://help.ovhcloud.com/csm/en-mx-plan-email-generic-configuration") { Port = 465, Tls = "tls" },
        new SmtpPreset(
            "infomaniak", "Infomaniak", One("mail.infomaniak.com", "ch"), _mailbox,
            new Words("A device password of the mailbox.", "Un mot de passe d'appareil de la boîte."), _ownDomain, "https://www.infomaniak.com/en/support/faq/admin2/email-service")
        {
            DayQuota = 1440, Port = 465, Tls = "tls",
            Note = new Words("1,440 recipients a day; 100 with the smallest offers, 500 with my kSuite.", "1 440 destinataires par jour ; 100 avec les plus petites offres, 500 avec my kSuite."),
        },
        new SmtpPreset(
            "zoho", "Zoho Mail",
            new Dictionary<string, PresetHost>
            {
                ["com"] = new("smtppro.zoho.com", "us"), ["eu"] = new("smtppro.zoho.eu", "eu"), ["in"] = new("smtppro.zoho.in", "in"),
                ["com.au"] = new("smtppro.zoho.com.au", "au"), ["jp"] = new("smtppro.zoho.jp", "jp"),
            },
            _mailbox, new Words("The mailbox's password; with two factors an app-specific one.", "Le mot de passe de la boîte ; avec deux facteurs, celui d'une application."),
            _ownAddress, "https://www.zoho.com/mail/help/zoho-smtp.html") { Port = 465, Tls = "tls" },
        new SmtpPreset(
            "zeptomail", "ZeptoMail",
            new Dictionary<string, PresetHost> { ["com"] = new("smtp.zeptomail.com", "us"), ["eu"] = new("smtp.zeptomail.eu", "eu"), ["in"] = new("smtp.zeptomail.in", "in") },
            new Words("The word `emailapikey`.", "Le mot `emailapikey`."), new Words("The token of the mail agent.", "Le jeton de l'agent."), _verified, "https://www.zoho.com/zeptomail/help/smtp-home.html")
        {
            FixedUserName = "emailapikey",
        },
    ];

    /// <summary>Null when nothing has that name.</summary>
    public static SmtpPreset? Find(string? name) => All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.Ordinal));

    /// <summary>Whether it is the server of a provider that puts a return path of its own, or refuses any but the account's.</summary>
    public static bool IsProvider(string host) => All.Any(preset => preset.Hosts.Values.Any(known => known.Name.Equals(host.TrimEnd('.'), StringComparison.OrdinalIgnoreCase)));

    private static Dictionary<string, PresetHost> One(string host, string? region) => new() { [""] = new PresetHost(host, region) };

    private static (string, string)? GooglePassword(string user, string password)
    {
        if (!user.Contains('@', StringComparison.Ordinal)) return ("username", "must be the whole address of the mailbox.");
        string letters = password.Replace(" ", "", StringComparison.Ordinal);
        return letters.Length == 16 && letters.All(char.IsAsciiLetter) ? null : ("password", "is no app password of Google, which has 16 letters; the account's own password is refused there.");
    }

    private static Dictionary<string, PresetHost> SesHosts()
    {
        Dictionary<string, PresetHost> hosts = [];
        foreach (string region in (string[])
            [
                "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "ca-west-1",
                "sa-east-1", "af-south-1", "me-south-1", "me-central-1", "il-central-1", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-5",
                "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
            ]) hosts[region] = new PresetHost($"email-smtp.{region}.amazonaws.com", region is "eu-west-2" ? "uk" : region is "eu-central-2" ? "ch" : region[..2]);
        return hosts;
    }
}

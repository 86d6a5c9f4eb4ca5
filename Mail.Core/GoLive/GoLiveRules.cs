using Mail.Core.Delivery.Catalogue;

namespace Mail.Core.GoLive;

/// <summary>What has to be, and what to do when it is not.</summary>
internal static class GoLiveRules
{
    public static Cause Production { get; } = new("production",
        new("This installation runs in Production", "Set ASPNETCORE_ENVIRONMENT and DOTNET_ENVIRONMENT to Production for API and worker. In Development codes are shown in the console and addresses of private networks are reached."),
        new("Cette installation fonctionne en Production", "Réglez ASPNETCORE_ENVIRONMENT et DOTNET_ENVIRONMENT sur Production pour l'API et le worker. En Development, les codes se lisent dans la console et les réseaux privés sont joignables."));

    public static Cause KeyRing { get; } = new("key_ring",
        new("The key ring in the database is wrapped by a key of the environment", "Set SECRET_KEY (or SECRET_KEY_FILE) of API and worker to 32 random characters or more, keep a copy apart from the database, and start them anew: keys that are there are wrapped at the start."),
        new("Le trousseau de clés de la base est scellé par une clé de l'environnement", "Réglez SECRET_KEY (ou SECRET_KEY_FILE) de l'API et du worker sur au moins 32 caractères aléatoires, gardez-en une copie loin de la base, et redémarrez : les clés présentes sont scellées au démarrage."));

    public static Cause PublicUrl { get; } = new("public_url",
        new("Links in mails lead to a public https address", "Set BASE_URL of API and worker to the address at which people reach the API, such as https://mail.example.com, and CONSOLE_URL to that of the console."),
        new("Les liens des messages mènent à une adresse https publique", "Réglez BASE_URL de l'API et du worker sur l'adresse publique de l'API, par exemple https://mail.example.com, et CONSOLE_URL sur celle de la console."));

    public static Cause SendingDomain { get; } = new("sending_domain",
        new("An own domain is verified with DKIM, SPF and DMARC", "Add your domain (Domains), set the records it shows in your DNS, and press Verify. Each record says what stands there now."),
        new("Un domaine à vous est vérifié avec DKIM, SPF et DMARC", "Ajoutez votre domaine (Domaines), créez les enregistrements indiqués dans votre DNS, puis vérifiez. Chacun dit ce qui s'y trouve."));

    public static Cause Relay { get; } = new("relay",
        new("Mail goes to people and is not captured", "Set SMTP_HOST and its siblings, or set up a relay of the project and switch it on. log and capture reach nobody. mail doctor --to says whether it works."),
        new("Les messages partent vers les destinataires et ne sont pas capturés", "Réglez SMTP_HOST et ses voisins, ou créez un relais du projet et activez-le. log et capture n'envoient à personne. mail doctor --to dit s'il fonctionne."));

    public static Cause RelayTls { get; } = new("relay_tls",
        new("Every relay is reached over verified TLS", "Set SMTP_TLS, or `tls` of the relay, to starttls or tls. With none or opportunistic mail may travel in plain text; with required nobody looks who answers."),
        new("Chaque relais est joint en TLS vérifié", "Réglez SMTP_TLS, ou `tls` du relais, sur starttls ou tls. Avec none ou opportunistic, le courrier peut circuler en clair ; avec required, personne ne vérifie qui répond."));

    public static Cause RateLimits { get; } = new("rate_limits",
        new("Redis counts rates for all processes together", "Set ConnectionStrings__cache to a Redis or Valkey that answers. Without it each process counts by itself, or PostgreSQL does."),
        new("Redis compte les débits de tous les processus ensemble", "Réglez ConnectionStrings__cache sur un Redis ou Valkey qui répond. Sans lui, chaque processus compte seul, ou PostgreSQL s'en charge."));

    public static Cause Worker { get; } = new("worker",
        new("A worker is there", "Start Mail.Worker with the same database, and look at its log. Until then the API delivers by itself, if Delivery__InProcess allows."),
        new("Un worker est présent", "Démarrez Mail.Worker avec la même base, et lisez son journal. D'ici là l'API livre elle-même, si Delivery__InProcess le permet."));

    public static Cause Alerts { get; } = new("alerts",
        new("Somebody is told by mail when something goes wrong", "Enter alert addresses of the project (Settings), or set Alerts__To; and set EMAIL_FROM, their sender."),
        new("Quelqu'un est prévenu par courriel en cas de problème", "Saisissez les adresses d'alerte du projet (Réglages), ou réglez Alerts__To ; et réglez EMAIL_FROM, leur expéditeur."));

    public static Cause Bounces { get; } = new("bounces",
        new("Bounces come back to us", "Set the return-path record of your domain, or a bounce mailbox (BounceMailbox__Host), or enter our webhook at the relay's provider and its signing key at the relay. See docs/guides/bounces.md."),
        new("Les retours de non-distribution nous parviennent", "Créez l'enregistrement du chemin de retour de votre domaine, ou réglez une boîte de retours (BounceMailbox__Host), ou saisissez notre webhook chez le prestataire et sa clé de signature dans le relais. Voir docs/guides/bounces.md."));

    public static Cause Webhooks { get; } = new("webhooks",
        new("No webhook fails", "Look at the webhook's attempts: what did your endpoint answer? A webhook that was switched off by itself is switched on again there."),
        new("Aucun webhook n'échoue", "Regardez les tentatives du webhook : qu'a répondu votre serveur ? Un webhook désactivé de lui-même se réactive au même endroit."));

    public static Cause PostalAddress { get; } = new("postal_address",
        new("Mails name the sender's company and postal address", "Enter company and postal address of the project (Settings): CAN-SPAM and most laws of Europe want them in the footer."),
        new("Les messages nomment l'entreprise et son adresse postale", "Saisissez l'entreprise et l'adresse postale du projet (Réglages) : CAN-SPAM et la plupart des lois d'Europe les exigent en pied de message."));

    public static Cause TwoFactor { get; } = new("two_factor",
        new("Every owner and administrator signs in with two steps", "Each of them turns two-step sign-in on (Account); an owner can demand it of all members (require_two_factor)."),
        new("Chaque propriétaire et administrateur se connecte en deux étapes", "Chacun active la connexion en deux étapes (Compte) ; un propriétaire peut l'exiger de tous (require_two_factor)."));

    public static Cause ApiKey { get; } = new("api_key",
        new("A live API key of the project's own is there", "Make one for your app (API keys) with only the scopes it needs. The configured Bootstrap__ApiKey is for the first hours: it may do everything."),
        new("Une clé d'API réelle propre au projet existe", "Créez-en une pour votre application (Clés d'API) avec les seuls droits utiles. La clé Bootstrap__ApiKey sert aux premières heures : elle peut tout."));

    public static Cause Retention { get; } = new("retention",
        new("Bodies are forgotten within a year", "Set how long bodies and history are kept (Settings): not longer than you need them (GDPR, article 5)."),
        new("Les contenus sont oubliés dans l'année", "Réglez la durée de conservation des contenus et de l'historique (Réglages) : pas plus que nécessaire (RGPD, article 5)."));

    public static Cause Backup { get; } = new("backup",
        new("The configuration was exported in the last 30 days", "GET /configuration/export, or the button on this page, and keep the file. It holds no secrets: keep SECRET_KEY and a backup of PostgreSQL too."),
        new("La configuration a été exportée ces 30 derniers jours", "GET /configuration/export, ou le bouton de cette page, et gardez le fichier. Il ne contient aucun secret : gardez aussi SECRET_KEY et une sauvegarde de PostgreSQL."));

    public static Cause FirstMail { get; } = new("first_mail",
        new("A real mail has gone the whole way", "Send one: mail doctor --to, or mail doctor --flow password-reset."),
        new("Un vrai message a fait tout le chemin", "Envoyez-en un : mail doctor --to, ou mail doctor --flow password-reset."));
}

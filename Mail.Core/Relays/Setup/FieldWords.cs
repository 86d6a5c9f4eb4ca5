namespace Mail.Core.Relays.Setup;

/// <summary>The titles and helps of settings in French. They stand in English at the fields themselves.</summary>
public static class FieldWords
{
    private static readonly Dictionary<string, string> _french = new()
    {
        ["Host"] = "Serveur",
        ["Port"] = "Port",
        ["Protection"] = "Protection",
        ["User name"] = "Nom d'utilisateur",
        ["Password"] = "Mot de passe",
        ["Return path"] = "Adresse de retour",
        ["API key"] = "Clé d'API",
        ["API address"] = "Adresse de l'API",
        ["Login address"] = "Adresse de connexion",
        ["Region"] = "Région",
        ["Domain"] = "Domaine",
        ["Mailbox"] = "Boîte aux lettres",
        ["Cloud"] = "Cloud",
        ["Access key id"] = "Identifiant de clé d'accès",
        ["Secret access key"] = "Clé d'accès secrète",
        ["Session token"] = "Jeton de session",
        ["Configuration set"] = "Jeu de configuration",
        ["Server API token"] = "Jeton d'API du serveur",
        ["Message stream"] = "Flux de messages",
        ["Tenant id"] = "Identifiant de l'annuaire (locataire)",
        ["Application (client) id"] = "Identifiant de l'application (client)",
        ["Client secret"] = "Secret client",
        ["Service account key"] = "Clé du compte de service",
        ["OAuth client id"] = "Identifiant client OAuth",
        ["OAuth client secret"] = "Secret client OAuth",
        ["Refresh token"] = "Jeton d'actualisation",
        ["Webhook verification key"] = "Clé de vérification du webhook",
        ["SNS topic"] = "Rubrique SNS",
        ["Webhook signing key"] = "Clé de signature du webhook",
        ["Webhook user and password"] = "Utilisateur et mot de passe du webhook",
        ["Webhook signing secret"] = "Secret de signature du webhook",
        ["Settings, Mail Settings, Event Webhooks: switch Signed Event Webhook on, then copy the verification key."] =
            "Settings, Mail Settings, Event Webhooks : activez Signed Event Webhook, puis copiez la clé de vérification.",
        ["The topic to which the configuration set publishes events; subscribe the webhook's address to it, by HTTPS."] =
            "La rubrique à laquelle le jeu de configuration publie ses événements ; abonnez-y l'adresse du webhook, par HTTPS.",
        ["Settings, API security: the HTTP webhook signing key. It is not the API key."] = "Settings, API security : la clé HTTP webhook signing key. Ce n'est pas la clé d'API.",
        ["Make them up, as user:password, and enter the same as basic auth credentials of the webhook at Postmark."] =
            "À inventer, sous la forme utilisateur:motdepasse ; saisissez les mêmes chez Postmark comme identifiants (basic auth) du webhook.",
        ["Webhooks, the endpoint's page: the signing secret, which begins with `whsec_`."] = "Webhooks, page de l'adresse : le secret de signature, qui commence par `whsec_`.",
        ["The mail server's name; its certificate must bear it."] = "Le nom du serveur de courrier ; son certificat doit le porter.",
        ["587 for STARTTLS, 465 for TLS from the first byte."] = "587 pour STARTTLS, 465 pour TLS dès le premier octet.",
        ["`starttls` and `tls` (from the first byte) verify the certificate, `required` does not. Without it the port decides. The others need the operator's leave."] =
            "`starttls` et `tls` (dès le premier octet) vérifient le certificat, `required` ne le fait pas. Sans valeur, le port décide. Les autres demandent l'accord de l'exploitant.",
        ["The account; together with the password."] = "Le compte ; avec le mot de passe.",
        ["Of that account. Many providers want one made for apps only."] = "Celui de ce compte. Beaucoup de fournisseurs en veulent un réservé aux applications.",
        ["Who gets the bounces: `own` is an address of ours for each recipient (when the operator has set up a domain for it), `sender` the message's From. Without it `own`, but `sender` for the providers of the presets, which let nobody choose."] =
            "Qui reçoit les retours : `own` est une adresse à nous par destinataire (si l'exploitant a prévu un domaine pour cela), `sender` l'expéditeur du message. Sans valeur, `own`, mais `sender` chez les fournisseurs des préréglages, qui n'en laissent pas le choix.",
        ["Only for another address than the provider's own."] = "Seulement pour une autre adresse que celle du fournisseur.",
        ["Settings, API Keys: a key with the permission Mail Send."] = "Settings, API Keys : une clé avec la permission Mail Send.",
        ["`eu` for a subuser that was made in the EU."] = "`eu` pour un sous-utilisateur créé dans l'UE.",
        ["The AWS region in which the sender's identity is verified."] = "La région AWS où l'identité de l'expéditeur est vérifiée.",
        ["Of an IAM user that may `ses:SendEmail` and `ses:SendRawEmail`."] = "D'un utilisateur IAM autorisé à `ses:SendEmail` et `ses:SendRawEmail`.",
        ["Shown once, when the access key is made. Not the SMTP password."] = "Affichée une seule fois, à la création de la clé. Ce n'est pas le mot de passe SMTP.",
        ["Only with temporary credentials; they end after hours."] = "Seulement avec des identifiants temporaires ; ils expirent après quelques heures.",
        ["The one that publishes delivery events."] = "Celui qui publie les événements de livraison.",
        ["The domain's page, Sending keys. A key of the whole account works too."] = "Page du domaine, Sending keys. Une clé de tout le compte convient aussi.",
        ["The sending domain as it stands at Mailgun."] = "Le domaine d'envoi tel qu'il figure chez Mailgun.",
        ["Where the domain was made; its keys work there only."] = "Là où le domaine a été créé ; ses clés ne valent que là.",
        ["The server's page, API Tokens. `POSTMARK_API_TEST` checks messages and sends none."] = "Page du serveur, API Tokens. `POSTMARK_API_TEST` vérifie les messages sans en envoyer.",
        ["The id of a transactional or broadcast stream of that server."] = "L'identifiant d'un flux transactionnel ou de diffusion de ce serveur.",
        ["API Keys: `Sending access` is enough."] = "API Keys : `Sending access` suffit.",
        ["Microsoft Entra, Overview: the id or a domain of the tenant."] = "Microsoft Entra, Vue d'ensemble : l'identifiant ou un domaine du locataire.",
        ["App registrations: one with the application permission Mail.Send, granted by an administrator."] =
            "Inscriptions d'applications : une application avec la permission d'application Mail.Send, accordée par un administrateur.",
        ["Certificates & secrets: the value, not the id. It ends after at most two years."] = "Certificats et secrets : la valeur, pas l'identifiant. Il expire au plus tard après deux ans.",
        ["Whose mailbox sends. Without one, that of each message's From."] = "La boîte qui envoie. Sans valeur, celle du From de chaque message.",
        ["Whose mailbox sends. Needed with a service account."] = "La boîte qui envoie. Nécessaire avec un compte de service.",
        ["The JSON key file of a service account with domain-wide delegation for the scope gmail.send."] =
            "Le fichier de clé JSON d'un compte de service avec délégation au niveau du domaine pour la portée gmail.send.",
        ["With client secret and refresh token, in place of a service account."] = "Avec secret client et jeton d'actualisation, à la place d'un compte de service.",
        ["Of that client."] = "Celui de ce client.",
        ["Got once by the mailbox's owner for the scope gmail.send."] = "Obtenu une fois par le propriétaire de la boîte pour la portée gmail.send.",
    };

    /// <param name="english">A field's title or help.</param>
    public static Words Of(string english) => new(english, _french.GetValueOrDefault(english, english));
}

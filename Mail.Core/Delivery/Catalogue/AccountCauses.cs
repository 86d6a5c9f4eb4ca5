namespace Mail.Core.Delivery.Catalogue;

internal static class AccountCauses
{
    public static IReadOnlyList<Cause> All { get; } =
    [
        new(CauseCodes.LoginRefused,
            new("The relay does not accept its user name and password, or its key.", "Enter the login again: without blanks, of this account and not revoked. For SendGrid the user name is `apikey`; for SES it is the SMTP password, not the secret key."),
            new("Le relais n'accepte pas le nom d'utilisateur et le mot de passe, ou la clé.", "Saisissez à nouveau l'identifiant : sans espaces, de ce compte et non révoqué. Pour SendGrid, l'utilisateur est `apikey` ; pour SES, c'est le mot de passe SMTP, pas la clé secrète.")),
        new(CauseCodes.AppPasswordNeeded,
            new("The mail account wants an app password instead of the usual one.", "Turn on 2-step verification for the account and make an app password (https://myaccount.google.com/apppasswords), then enter it as the relay's password."),
            new("Le compte exige un mot de passe d'application au lieu du mot de passe habituel.", "Activez la validation en deux étapes du compte et créez un mot de passe d'application (https://myaccount.google.com/apppasswords), puis saisissez-le comme mot de passe du relais.")),
        new(CauseCodes.LoginMissing,
            new("The relay asks for a login before it takes mail.", "Set user name and password of the relay, and a TLS policy that protects them."),
            new("Le relais exige une connexion avant d'accepter du courrier.", "Renseignez le nom d'utilisateur et le mot de passe du relais, et une politique TLS qui les protège.")),
        new(CauseCodes.LoginNotOffered,
            new("The relay offers no way to sign in that we have credentials for.", "Remove user name and password if it needs none; otherwise require TLS, use port 587 or 465, or allow SMTP AUTH for the mailbox (Microsoft 365: Set-CASMailbox -SmtpClientAuthenticationDisabled $false)."),
            new("Le relais n'offre aucun moyen de connexion pour nos identifiants.", "Retirez l'utilisateur et le mot de passe s'il n'en faut pas ; sinon exigez TLS, prenez le port 587 ou 465, ou autorisez SMTP AUTH pour la boîte (Microsoft 365 : Set-CASMailbox -SmtpClientAuthenticationDisabled $false).")),
        new("relay_smtp_auth_disabled",
            new("Microsoft 365 has switched SMTP sign-in off for this mailbox or organisation.", "Use a relay of the kind `graph`, or enable Authenticated SMTP for the mailbox in the Microsoft 365 admin center (https://aka.ms/smtp_auth_disabled)."),
            new("Microsoft 365 a désactivé la connexion SMTP pour cette boîte ou cette organisation.", "Utilisez un relais de type `graph`, ou activez SMTP authentifié pour la boîte dans le centre d'administration (https://aka.ms/smtp_auth_disabled).")),
        new(CauseCodes.LoginFailedForNow,
            new("The relay cannot check the login just now.", "Nothing to do: it is tried again. If it lasts, look at the provider's status page."),
            new("Le relais ne peut pas vérifier l'identifiant pour le moment.", "Rien à faire : de nouvelles tentatives suivront. Si cela dure, voyez la page d'état du fournisseur.")),
        new(CauseCodes.NotAllowed,
            new("The relay knows the login but does not let it send.", "Give the key or the account the right to send mail: for SendGrid `mail.send`, for SES `ses:SendEmail` and `ses:SendRawEmail`, for Microsoft 365 `Mail.Send` with admin consent."),
            new("Le relais reconnaît l'identifiant mais ne le laisse pas envoyer.", "Donnez à la clé ou au compte le droit d'envoyer : pour SendGrid `mail.send`, pour SES `ses:SendEmail` et `ses:SendRawEmail`, pour Microsoft 365 `Mail.Send` avec consentement d'administrateur.")),
        new(CauseCodes.AccountSuspended,
            new("The provider has suspended or paused the account.", "Sign in to the provider's console: it says why. Until then let another relay serve."),
            new("Le fournisseur a suspendu ou mis en pause le compte.", "Connectez-vous à la console du fournisseur : elle dit pourquoi. D'ici là, laissez un autre relais servir.")),
        new("relay_sandbox",
            new("The provider's account is still in its test mode and sends to few addresses only.", "Ask for production access (SES), verify a domain (Resend) or leave the sandbox domain (Mailgun)."),
            new("Le compte du fournisseur est encore en mode d'essai et n'écrit qu'à peu d'adresses.", "Demandez l'accès de production (SES), vérifiez un domaine (Resend) ou quittez le domaine sandbox (Mailgun).")),
        new("provider_allowance_used",
            new("The provider's plan has no messages left.", "It goes on by itself when the plan's next period begins; to send earlier, enlarge the plan or add another relay."),
            new("Le forfait du fournisseur est épuisé.", "L'envoi reprend à la prochaine période du forfait ; pour envoyer plus tôt, agrandissez le forfait ou ajoutez un relais.")),
        new(CauseCodes.RelaySettings,
            new("The relay's settings cannot be used.", "Correct the setting that the reason names, then test the relay."),
            new("Les réglages du relais ne peuvent pas être utilisés.", "Corrigez le réglage que nomme la raison, puis testez le relais.")),
        new(CauseCodes.RelayRedirects,
            new("What answers at the relay's address is not the provider.", "Check the API address, the region and the domain of the relay, and whether a proxy is in between."),
            new("Ce qui répond à l'adresse du relais n'est pas le fournisseur.", "Vérifiez l'adresse d'API, la région et le domaine du relais, et si un proxy s'interpose.")),
    ];
}

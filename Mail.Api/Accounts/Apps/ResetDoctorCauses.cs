using Mail.Core.Delivery.Catalogue;

namespace Mail.Api.Accounts.Apps;

/// <summary>What only the doctor of the flow finds.</summary>
internal static class ResetDoctorCauses
{
    public static Cause ServerAway { get; } = new("server_unreachable",
        new("The server cannot be reached.", "Check --server, DNS and firewalls, and that Mail.Api runs there."),
        new("Le serveur est injoignable.", "Vérifiez --server, le DNS et les pare-feu, et que Mail.Api y fonctionne."));

    public static Cause NotReady { get; } = new("server_not_ready",
        new("The server answers, and is not ready.", "Look at its log: mostly PostgreSQL cannot be reached, or another program answers at this address."),
        new("Le serveur répond, mais n'est pas prêt.", "Lisez son journal : le plus souvent PostgreSQL est injoignable, ou un autre programme répond à cette adresse."));

    public static Cause KeyRefused { get; } = new("api_key_refused",
        new("The server does not take this API key.", "Check MAIL_API_KEY: is it of this server, is it still valid, and may it be used from here?"),
        new("Le serveur refuse cette clé d'API.", "Vérifiez MAIL_API_KEY : est-elle de ce serveur, encore valable, et permise depuis cet endroit ?"));

    public static Cause ScopeMissing { get; } = new("api_key_scope_missing",
        new("The API key may not do this.", "Give it the scopes accounts:send, emails:read and project:read, or take another key."),
        new("La clé d'API n'a pas ce droit.", "Donnez-lui les droits accounts:send, emails:read et project:read, ou prenez une autre clé."));

    public static Cause NotSetUp { get; } = new("accounts_not_set_up",
        new("The project has no account settings: nobody could set the new password.", "Say where your app listens: PUT /account-settings, or the page \"Accounts of apps\" in the console. The sandbox has settings of its own, made with a test key."),
        new("Le projet n'a pas de réglages de comptes : personne ne pourrait changer le mot de passe.", "Indiquez où votre application écoute : PUT /account-settings, ou la page « Comptes d'applications » de la console. Le bac à sable a ses propres réglages, faits avec une clé de test."));

    public static Cause RequestRefused { get; } = new("request_refused",
        new("The request for a code was refused.", "Correct what the answer names."),
        new("La demande de code a été refusée.", "Corrigez ce que nomme la réponse."));

    public static Cause TooMany { get; } = new("too_many_requests",
        new("There were too many requests.", "Wait for as long as the answer says; the limits stand in docs/guides/limits.md."),
        new("Il y a eu trop de demandes.", "Attendez le temps indiqué par la réponse ; les limites sont dans docs/guides/limits.md."));

    public static Cause NoMail { get; } = new("no_mail",
        new("The request was taken, and no mail was made. The answer never says why, so that nobody learns who has an account.",
            "See whether the address is on the suppression list, whether it had its five codes in the last 15 minutes, and, with lookup on, what your app answered to account.lookup; a lookup that failed is tried again, and a dead letter in the end."),
        new("La demande a été prise, mais aucun message n'a été fait. La réponse ne dit jamais pourquoi, afin que personne n'apprenne qui a un compte.",
            "Vérifiez si l'adresse est sur la liste d'exclusion, si elle a reçu ses cinq codes en 15 minutes et, avec la consultation active, ce que votre application a répondu à account.lookup ; une consultation qui échoue est retentée, et devient enfin une lettre morte."));

    public static Cause NoNotice { get; } = new("no_notification",
        new("The password is set, and the mail \"your password was changed\" was not made.", "Look for the template password-changed and the sender in the server's log: the user was not told."),
        new("Le mot de passe est changé, mais le message « votre mot de passe a été changé » n'a pas été fait.", "Cherchez le modèle password-changed et l'expéditeur dans le journal du serveur : l'utilisateur n'a pas été prévenu."));

    public static Cause NotSent { get; } = new("mail_not_sent",
        new("The mail did not go out.", "Look at the message in the console, and examine the relay: mail doctor --to."),
        new("Le message n'est pas parti.", "Regardez le message dans la console, et examinez le relais : mail doctor --to."));

    public static Cause NoCode { get; } = new("no_code_in_mail",
        new("No code was found in the captured mail.", "A template of your own must show {{code}} in its text part."),
        new("Aucun code n'a été trouvé dans le message capturé.", "Votre propre modèle doit montrer {{code}} dans sa partie texte."));

    public static Cause WrongCode { get; } = new("invalid_code",
        new("The code was not taken.", "It works once, for 15 minutes and five tries, until the next one is mailed. The same is answered when your app says that it has no such user."),
        new("Le code n'a pas été accepté.", "Il sert une fois, pendant 15 minutes et cinq essais, jusqu'au suivant. La réponse est la même si votre application dit ne pas connaître l'utilisateur."));

    public static Cause PasswordRefused { get; } = new("password_refused",
        new("The new password was not taken; the code is still good.", "Choose a longer one, of which nothing is in the address."),
        new("Le nouveau mot de passe n'a pas été accepté ; le code reste valable.", "Choisissez-en un plus long, qui ne contient rien de l'adresse."));

    public static Cause CallbackFailed { get; } = new("callback_failed",
        new("Your app did not say that the password is set; the code is still good.", "It must answer password.reset with 2xx within 10 seconds, at an https address that is reached from the server. See docs/guides/accounts.md."),
        new("Votre application n'a pas dit que le mot de passe est changé ; le code reste valable.", "Elle doit répondre 2xx à password.reset en 10 secondes, à une adresse https joignable depuis le serveur. Voir docs/guides/accounts.md."));

    public static Cause ConfirmRefused { get; } = new("confirm_refused",
        new("The confirmation was refused.", "Correct what the answer names, or try again in a moment."),
        new("La confirmation a été refusée.", "Corrigez ce que nomme la réponse, ou réessayez dans un instant."));
}

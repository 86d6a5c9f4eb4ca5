using System.Globalization;

namespace Mail.Api.ActionLinks;

/// <summary>The usual words of the page behind an action link, in English and French, as plain text.</summary>
internal static class ActionLinkWords
{
    public static (string Title, string Text) Forged(string language) => language == "fr"
        ? ("Ce lien ne fonctionne pas", "Il est incomplet, ou il n’est pas de nous. Ouvrez-le de nouveau depuis le message, tel qu’il y est écrit.")
        : ("This link does not work", "It is incomplete, or it is not one of ours. Open it again from the message, just as it stands there.");

    public static (string Title, string Text) Expired(string language, DateTimeOffset at) => language == "fr"
        ? ("Ce lien a expiré", $"Il était valable jusqu’au {Date(at, language)}. Rien n’a été changé. Demandez un nouveau message à l’expéditeur.")
        : ("This link has expired", $"It worked until {Date(at, language)}. Nothing was changed. Ask the sender for another message.");

    public static (string Title, string Text) Revoked(string language) => language == "fr"
        ? ("Ce lien a été retiré", "L’expéditeur l’a annulé, ou un message plus récent le remplace. Rien n’a été changé.")
        : ("This link was taken back", "The sender has cancelled it, or a later message replaces it. Nothing was changed.");

    public static (string Title, string Text) Gone(string language) => language == "fr"
        ? ("Il n’y a plus rien à décider", "L’affaire est déjà réglée. Rien n’a été changé.")
        : ("There is nothing to decide any more", "The matter is settled already. Nothing was changed.");

    /// <param name="label">What was chosen.</param>
    /// <param name="isByThis">By this link, and not by another one of the same decision.</param>
    public static (string Title, string Text) Used(string language, string label, DateTimeOffset at, bool isByThis) => (language, isByThis) switch
    {
        ("fr", true) => ("C’est déjà décidé", $"Par ce lien, «\u00A0{label}\u00A0» a été choisi le {Date(at, language)}. Il ne fonctionne qu’une fois\u00A0: rien de plus ne se passe."),
        ("fr", false) => ("C’est déjà décidé", $"Par un autre lien de la même décision, «\u00A0{label}\u00A0» a été choisi le {Date(at, language)}. Rien de plus ne se passe."),
        (_, true) => ("This is decided already", $"By this link, “{label}” was chosen on {Date(at, language)}. It works once: nothing more happens."),
        _ => ("This is decided already", $"By another link of the same decision, “{label}” was chosen on {Date(at, language)}. Nothing more happens."),
    };

    public static (string Title, string Text) Done(string language, string label) => language == "fr"
        ? ("C’est fait", $"Vous avez choisi «\u00A0{label}\u00A0». Vous pouvez fermer cette page.")
        : ("Done", $"You have chosen “{label}”. You may close this page.");

    public static (string Title, string Text) Failed(string language) => language == "fr"
        ? ("Cela n’a pas été possible", "Rien n’a été changé.")
        : ("That could not be done", "Nothing was changed.");

    public static (string Title, string Text, string Label, string Button) Code(string language) => language == "fr"
        ? ("Entrer un code", "Si le lien du message ne s’ouvre pas, entrez ici le code de dix caractères qui figure à côté.", "Code du message", "Continuer")
        : ("Enter a code", "If the link in the message does not open, enter the code of ten characters that stands beside it.", "Code from the message", "Continue");

    public static string WrongCode(string language) => language == "fr" ? "Ce code n’est pas connu. Vérifiez-le dans le message." : "This code is not known. Check it against the message.";

    public static string TooManyCodes(string language) => language == "fr"
        ? "Trop de codes erronés ont été entrés depuis votre réseau. Attendez un quart d’heure, puis réessayez."
        : "Too many wrong codes were entered from your network. Wait a quarter of an hour, then try again.";

    public static string Test(string language) => language == "fr" ? "Ceci est un lien de test." : "This is a link of a test.";

    /// <param name="host">Of the address that the button leads to.</param>
    public static string GoOn(string language, string host) => language == "fr" ? $"Continuer vers {host}" : $"Continue to {host}";

    private static string Date(DateTimeOffset at, string language) => language == "fr"
        ? at.UtcDateTime.ToString("d MMMM yyyy 'à' HH:mm 'UTC'", CultureInfo.GetCultureInfo("fr-FR"))
        : at.UtcDateTime.ToString("d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.GetCultureInfo("en-GB"));
}

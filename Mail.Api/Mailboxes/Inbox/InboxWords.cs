using System.Globalization;

namespace Mail.Api.Mailboxes.Inbox;

/// <summary>What the web inbox says, in English and French, as plain text.</summary>
internal sealed class InboxWords(string language)
{
    private readonly bool _fr = language == "fr";
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language == "fr" ? "fr-FR" : "en-GB");

    public string SignIn => _fr ? "Ouvrir votre boîte" : "Open your mailbox";
    public string SignInButton => _fr ? "Ouvrir" : "Open";
    public string SignInHint => _fr ? "L’adresse et le mot de passe SMTP affichés à la création de la boîte." : "The address, and the SMTP password that was shown when the mailbox was made.";
    public string Wrong => _fr ? "L’adresse ou le mot de passe n’est pas le bon. Un nouveau mot de passe peut être créé là où la boîte l’a été." : "The address or the password is wrong. A new password can be made where the mailbox was made.";
    public string Address => _fr ? "Adresse" : "Address";
    public string Password => _fr ? "Mot de passe" : "Password";
    public string SignOut => _fr ? "Fermer" : "Sign out";
    public string Empty => _fr ? "Aucun message pour l’instant." : "Nothing has come yet.";
    public string NoSubject => _fr ? "(sans objet)" : "(no subject)";
    public string NoSender => _fr ? "(expéditeur inconnu)" : "(unknown sender)";
    public string Unread => _fr ? "Non lu" : "Unread";
    public string Older => _fr ? "Plus anciens" : "Older";
    public string Back => _fr ? "Tous les messages" : "All mails";
    public string From => _fr ? "De" : "From";
    public string To => _fr ? "À" : "To";
    public string Files => _fr ? "Pièces jointes" : "Files";
    public string Message => _fr ? "Message" : "Message";
    public string Images => _fr ? "Afficher les images : l’expéditeur verra que vous lisez" : "Show pictures: the sender will see that you read";
    public string Source => _fr ? "Message brut (.eml)" : "The mail as it came (.eml)";
    public string Delete => _fr ? "Supprimer" : "Delete";
    public string Deleted => _fr ? "Le message est supprimé." : "The mail is deleted.";
    public string Suspended => _fr ? "Cette boîte est suspendue : elle ne reçoit rien." : "This mailbox is suspended: it receives nothing.";
    public string Unknown => _fr ? "Ce message n’est plus là" : "This mail is not here any more";
    public string UnknownText => _fr ? "Il a été supprimé, ou il appartient à une autre boîte." : "It was deleted, or it is another mailbox's.";
    public string Unreadable => _fr ? "Ce message ne contient pas de texte lisible. Le message brut reste disponible." : "This mail holds no text that can be shown. The mail as it came can be had.";

    public string Used(long bytes, long room) => _fr ? $"{Size(bytes)} sur {Size(room)}" : $"{Size(bytes)} of {Size(room)}";

    public string Moment(DateTimeOffset at) => at.UtcDateTime.ToString(_fr ? "d MMM yyyy, HH:mm 'UTC'" : "d MMM yyyy, HH:mm 'UTC'", _culture);

    public string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(_culture, $"{bytes} {(_fr ? "o" : "B")}"),
        < 1024 * 1024 => string.Create(_culture, $"{bytes / 1024.0:0.#} {(_fr ? "Kio" : "KiB")}"),
        < 1024L * 1024 * 1024 => string.Create(_culture, $"{bytes / (1024.0 * 1024):0.#} {(_fr ? "Mio" : "MiB")}"),
        _ => string.Create(_culture, $"{bytes / (1024.0 * 1024 * 1024):0.#} {(_fr ? "Gio" : "GiB")}"),
    };
}

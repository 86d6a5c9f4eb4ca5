using Mail.Core.Domains;
using Mail.Core.Relays.Setup;

namespace Mail.Api.Domains;

/// <summary>What stands at a record and what to do, in words for a person.</summary>
internal static class DomainWords
{
    public static string Of(DomainRecord record, RecordState? state, string language) => In(Words(record, state), language);

    private static string In(Words words, string language) => words.In(language);

    private static Words Words(DomainRecord record, RecordState? state) => state?.Status switch
    {
        null => new("Not checked yet. Set the record, then check.", "Pas encore vérifié. Créez l’enregistrement, puis lancez la vérification."),
        RecordStatus.Verified => Verified(record, state),
        RecordStatus.Missing => Missing(record),
        RecordStatus.Misplaced => new(
            $"The record stands at {state.Detail}: the name holds the domain twice. Most DNS forms add the domain themselves; enter only what stands before it.",
            $"L’enregistrement se trouve à {state.Detail} : le nom contient deux fois le domaine. La plupart des formulaires DNS ajoutent le domaine eux-mêmes ; n’entrez que ce qui le précède."),
        RecordStatus.Several => Several(record, state),
        RecordStatus.Cut => new(
            $"The record is cut off after {state.Detail} characters. A text over 255 characters is entered as several strings in quotation marks, one after another, as shown under “for a zone file”.",
            $"L’enregistrement est coupé après {state.Detail} caractères. Un texte de plus de 255 caractères s’entre en plusieurs chaînes entre guillemets, l’une après l’autre, comme indiqué sous « pour un fichier de zone »."),
        RecordStatus.TooManyLookups => new(
            $"The SPF record makes receivers look up more than 10 names ({state.Detail} or more), so that they count it as broken (RFC 7208). Take out what no longer sends for you.",
            $"L’enregistrement SPF demande plus de 10 recherches DNS ({state.Detail} ou plus) ; les destinataires le considèrent comme invalide (RFC 7208). Retirez ce qui n’envoie plus pour vous."),
        RecordStatus.Broken when state.Detail == "\"" => new(
            "The text has quotation marks inside it. Enter it without them: the form adds what is needed.",
            "Le texte contient des guillemets. Entrez-le sans guillemets : le formulaire ajoute ce qu’il faut."),
        RecordStatus.Broken => new($"The record cannot be read ({state.Detail}). Replace it by the value shown.", $"L’enregistrement est illisible ({state.Detail}). Remplacez-le par la valeur affichée."),
        RecordStatus.Unreachable => new(
            $"DNS gave no answer ({state.Detail}), so nothing is known. It is tried again by itself; if it lasts, look at the domain’s name servers.",
            $"Le DNS n’a pas répondu ({state.Detail}) : on ne sait rien. Un nouvel essai a lieu automatiquement ; si cela dure, vérifiez les serveurs de noms du domaine."),
        _ => Wrong(record, state),
    };

    private static Words Verified(DomainRecord record, RecordState state) => record.Purpose switch
    {
        DomainRecord.Dmarc when state.Detail is { } policy => new($"Found: {policy}.", $"Trouvé : {policy}."),
        DomainRecord.Dkim when state.Detail == "t=y" => new("Found. It says that DKIM is only being tested (t=y); take that out.", "Trouvé. Il indique que DKIM n’est qu’en test (t=y) ; retirez cette mention."),
        DomainRecord.Dkim when record.KeyState == DomainKeyState.Old => new("Found. This key signs no more; its record may go when it is no longer listed here.", "Trouvé. Cette clé ne signe plus ; son enregistrement peut être supprimé quand il n’est plus listé ici."),
        _ => new("Found, as it should be.", "Trouvé et correct."),
    };

    private static Words Missing(DomainRecord record) => record.Purpose switch
    {
        DomainRecord.Dmarc => new(
            "There is no DMARC record. Large providers want one of everybody who sends much; the value shown asks for nothing yet.",
            "Il n’y a pas d’enregistrement DMARC. Les grands fournisseurs l’exigent de ceux qui envoient beaucoup ; la valeur affichée ne demande encore rien."),
        DomainRecord.Spf => new("There is no SPF record. Set the one shown.", "Il n’y a pas d’enregistrement SPF. Créez celui qui est affiché."),
        _ => new($"There is no {record.Type} record at this name. Set it; DNS may take some minutes, up to hours, to show it.", $"Il n’y a pas d’enregistrement {record.Type} à ce nom. Créez-le ; le DNS peut mettre quelques minutes, voire des heures, à l’afficher."),
    };

    private static Words Several(DomainRecord record, RecordState state) => record.Purpose == DomainRecord.Spf
        ? new($"There are {state.Detail} SPF records, and receivers then count none of them (RFC 7208). Join them into one.", $"Il y a {state.Detail} enregistrements SPF ; les destinataires n’en acceptent alors aucun (RFC 7208). Fusionnez-les en un seul.")
        : new($"There are {state.Detail} records of this kind at the name, where only one may stand. Keep the one shown.", $"Il y a {state.Detail} enregistrements de ce type à ce nom, alors qu’un seul est permis. Gardez celui qui est affiché.");

    private static Words Wrong(DomainRecord record, RecordState state) => record.Purpose switch
    {
        DomainRecord.Spf when state.Detail == "+all" => new("The SPF record lets everybody send for the domain (+all). End it with ~all or -all.", "L’enregistrement SPF autorise tout le monde à envoyer pour le domaine (+all). Terminez-le par ~all ou -all."),
        DomainRecord.Spf => new(
            $"The SPF record does not name what sends for you here: {state.Detail}. Put it into the record that is there; do not make a second one.",
            $"L’enregistrement SPF ne nomme pas ce qui envoie pour vous ici : {state.Detail}. Ajoutez-le à l’enregistrement existant ; n’en créez pas un second."),
        DomainRecord.Dkim when state.Detail is { } detail => new($"Something else stands there. {detail} Replace it by the value shown.", $"Autre chose se trouve à cet endroit. {French(detail)} Remplacez-le par la valeur affichée."),
        _ => new("Something else stands there. Replace it by the value shown.", "Autre chose se trouve à cet endroit. Remplacez-le par la valeur affichée."),
    };

    private static string French(string detail) => detail switch
    {
        "It is another key." => "C’est une autre clé.",
        "The key is revoked (p= is empty)." => "La clé est révoquée (p= est vide).",
        "The tag h= does not allow sha256." => "L’élément h= n’autorise pas sha256.",
        "The tag s= does not allow e-mail." => "L’élément s= n’autorise pas le courrier.",
        _ => detail,
    };
}

namespace Mail.Core.Delivery.Catalogue;

internal static class ReputationCauses
{
    public static IReadOnlyList<Cause> All { get; } =
    [
        new("blocked",
            new("The sending server is on a block list, or is turned away for what it sent before.", "The reply names the list: look the relay's IP address up there and ask for removal once the cause is mended. A provider's shared address: ask the provider."),
            new("Le serveur d'envoi est sur une liste noire, ou refusé pour ses envois passés.", "La réponse nomme la liste : cherchez-y l'adresse IP du relais et demandez le retrait une fois la cause traitée. Adresse partagée d'un fournisseur : demandez-lui.")),
        new("blocked_spamhaus",
            new("The sending IP address or a domain in the message is listed by Spamhaus.", "Look it up at https://check.spamhaus.org; it says why and how to be removed. A provider's shared address: ask the provider."),
            new("L'adresse IP d'envoi ou un domaine du message est listé par Spamhaus.", "Consultez https://check.spamhaus.org, qui dit pourquoi et comment être retiré. Adresse partagée d'un fournisseur : demandez-lui.")),
        new("blocked_gmail",
            new("Gmail holds the message or its sender for unsolicited.", "Send less and only to people who asked for it; look at https://postmaster.google.com for spam rate and reputation. It recovers in days to weeks."),
            new("Gmail tient le message ou son expéditeur pour indésirable.", "Envoyez moins, et seulement à qui l'a demandé ; voyez taux de spam et réputation sur https://postmaster.google.com. Cela se rétablit en jours ou en semaines.")),
        new("blocked_outlook",
            new("Outlook (Microsoft) blocks the sending IP address.", "Ask for delisting at https://sender.office.com (5.7.606 to 5.7.649) or https://olcsupport.office.com (S3140, S3150). A provider's shared address: ask the provider."),
            new("Outlook (Microsoft) bloque l'adresse IP d'envoi.", "Demandez le retrait sur https://sender.office.com (5.7.606 à 5.7.649) ou https://olcsupport.office.com (S3140, S3150). Adresse partagée : demandez au fournisseur.")),
        new("blocked_yahoo",
            new("Yahoo defers or blocks mail of this sender for complaints or unusual traffic.", "Send more slowly and only to people who asked for it; the code in the reply is explained at https://senders.yahooinc.com/smtp-error-codes/."),
            new("Yahoo diffère ou bloque cet expéditeur pour plaintes ou trafic inhabituel.", "Envoyez plus lentement et seulement à qui l'a demandé ; le code de la réponse est expliqué sur https://senders.yahooinc.com/smtp-error-codes/.")),
        new("blocked_icloud",
            new("iCloud Mail turns away mail of this server or with this content.", "Check SPF, DKIM and DMARC, then write to icloudadmin@apple.com with the code in the reply. See https://support.apple.com/102322."),
            new("iCloud Mail refuse le courrier de ce serveur ou ce contenu.", "Contrôlez SPF, DKIM et DMARC, puis écrivez à icloudadmin@apple.com avec le code de la réponse. Voir https://support.apple.com/102322.")),
        new("blocked_orange",
            new("Orange limits or blocks the sending IP address (codes OFR).", "Send more slowly; see https://postmaster.orange.fr for the code in the reply and ask there for help."),
            new("Orange limite ou bloque l'adresse IP d'envoi (codes OFR).", "Envoyez plus lentement ; voyez sur https://postmaster.orange.fr le code de la réponse et demandez-y de l'aide.")),
        new("blocked_proofpoint",
            new("Proofpoint, which protects the recipient, blocks the sending IP address.", "Look the address up at https://ipcheck.proofpoint.com and ask there for removal."),
            new("Proofpoint, qui protège le destinataire, bloque l'adresse IP d'envoi.", "Consultez https://ipcheck.proofpoint.com et demandez-y le retrait.")),
        new("blocked_mimecast",
            new("Mimecast, which protects the recipient, turns the message away.", "Ask the recipient's administrator to permit your sender; the code in the reply is explained at https://community.mimecast.com."),
            new("Mimecast, qui protège le destinataire, refuse le message.", "Demandez à l'administrateur du destinataire d'autoriser votre expéditeur ; le code est expliqué sur https://community.mimecast.com.")),
        new("bad_reputation",
            new("The reputation of the sending address or domain is too low.", "Send less, only to people who expect it, and remove addresses that bounce; reputation recovers in days to weeks."),
            new("La réputation de l'adresse ou du domaine d'envoi est trop basse.", "Envoyez moins, seulement à qui s'y attend, et retirez les adresses refusées ; la réputation remonte en jours ou en semaines.")),
    ];
}

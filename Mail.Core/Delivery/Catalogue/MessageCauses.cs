namespace Mail.Core.Delivery.Catalogue;

internal static class MessageCauses
{
    public static IReadOnlyList<Cause> All { get; } =
    [
        new("too_large",
            new("The message is larger than the server takes.", "Make attachments smaller or send links; most servers take 10 to 25 MB, and attachments grow by a third on the way."),
            new("Le message dépasse la taille admise par le serveur.", "Réduisez les pièces jointes ou envoyez des liens ; la plupart des serveurs admettent 10 à 25 Mo, et une pièce jointe grossit d'un tiers en route.")),
        new("content_refused",
            new("Something in the message cannot be taken: a header, an encoding, a part.", "The reply says which; correct it in the app or the template and send again."),
            new("Un élément du message n'est pas accepté : un en-tête, un encodage, une partie.", "La réponse dit lequel ; corrigez-le dans l'application ou le modèle, puis renvoyez.")),
        new("not_compliant",
            new("The message breaks a rule of Internet mail in the receiver's eyes.", "The reply names the header; mostly it is one that the app sets twice or writes itself."),
            new("Le message enfreint une règle du courrier Internet aux yeux du destinataire.", "La réponse nomme l'en-tête ; le plus souvent l'application le pose deux fois ou l'écrit elle-même.")),
        new("policy",
            new("A policy of the receiving system forbids this message.", "Look at the reply: mostly a kind of attachment or a link. Send it another way."),
            new("Une règle du système du destinataire interdit ce message.", "Lisez la réponse : le plus souvent un type de pièce jointe ou un lien. Transmettez-le autrement.")),
        new("spam",
            new("The message looks like spam to the receiver.", "Check links, wording and the balance of images and text, and that the sender is authenticated (SPF, DKIM, DMARC)."),
            new("Le message ressemble à du spam pour le destinataire.", "Revoyez les liens, le texte et la part d'images, et l'authentification de l'expéditeur (SPF, DKIM, DMARC).")),
        new("virus",
            new("The receiver found a virus, or what could be one.", "Check the attachments and the machine that they come from; send archives and documents with macros as links."),
            new("Le destinataire a trouvé un virus, ou ce qui pourrait en être un.", "Contrôlez les pièces jointes et la machine d'où elles viennent ; envoyez archives et documents à macros par lien.")),
        new("composition_failed",
            new("The mail could not be made from what was stored.", "The reason names the defect, mostly in the template. Correct it and send the message again."),
            new("Le courrier n'a pas pu être composé.", "La raison nomme le défaut, le plus souvent dans le modèle. Corrigez-le et renvoyez le message.")),
        new("needs_smtputf8",
            new("The address is not plain ASCII and the server does not take such addresses (SMTPUTF8).", "Use another address of the recipient, or a relay that offers SMTPUTF8."),
            new("L'adresse n'est pas en ASCII et le serveur n'accepte pas de telles adresses (SMTPUTF8).", "Utilisez une autre adresse du destinataire, ou un relais qui offre SMTPUTF8.")),
        new("message_gone",
            new("The stored message is gone.", "Send it again. Messages are kept as long as the retention says; a wait must not be longer."),
            new("Le message enregistré a disparu.", "Renvoyez-le. Les messages sont gardés aussi longtemps que le prévoit la rétention ; une attente ne doit pas la dépasser.")),
    ];
}

namespace Mail.Core.Delivery.Catalogue;

internal static class LimitCauses
{
    public static IReadOnlyList<Cause> All { get; } =
    [
        new("greylisted",
            new("The receiving server asks to come back later (greylisting).", "Nothing to do: it is tried again, and taken then. It happens with new senders."),
            new("Le serveur du destinataire demande de revenir plus tard (liste grise).", "Rien à faire : une nouvelle tentative sera acceptée. Cela arrive aux nouveaux expéditeurs.")),
        new("rate_limited",
            new("The relay or the receiver says that we send too fast.", "Nothing to do: it goes on more slowly. Set the relay's rate to what the provider allows."),
            new("Le relais ou le destinataire dit que nous envoyons trop vite.", "Rien à faire : l'envoi continue plus lentement. Réglez le débit du relais sur ce que permet le fournisseur.")),
        new("rate_limited_gmail",
            new("Gmail takes mail of this sender more slowly (4.7.28 and the like).", "Nothing to do for now: it is tried again. Spread large sendings over hours, and see https://postmaster.google.com."),
            new("Gmail accepte plus lentement le courrier de cet expéditeur (4.7.28 et semblables).", "Rien à faire pour l'instant : de nouvelles tentatives suivront. Étalez les gros envois sur des heures, et voyez https://postmaster.google.com.")),
        new("too_many_connections",
            new("Too many connections or recipients at once.", "Nothing to do: it is tried again. Lower the relay's maximum of connections."),
            new("Trop de connexions ou de destinataires à la fois.", "Rien à faire : de nouvelles tentatives suivront. Réduisez le maximum de connexions du relais.")),
        new("relay_busy",
            new("The relay takes no messages for now.", "Nothing to do: it is tried again. If it lasts, look at the provider's status page, or add a second relay."),
            new("Le relais n'accepte pas de messages pour le moment.", "Rien à faire : de nouvelles tentatives suivront. Si cela dure, voyez la page d'état du fournisseur, ou ajoutez un second relais.")),
        new(CauseCodes.RelaySlow,
            new("The relay answers too slowly and is left alone for a while.", "Nothing to do: other relays serve until it is faster."),
            new("Le relais répond trop lentement et est laissé de côté un moment.", "Rien à faire : d'autres relais servent jusqu'à ce qu'il soit plus rapide.")),
        new(CauseCodes.RelayReturns,
            new("The relay is just coming back and takes one message at a time.", "Nothing to do: the message goes in a moment."),
            new("Le relais revient à l'instant et prend un message à la fois.", "Rien à faire : le message part dans un moment.")),
        new(CauseCodes.QuotaUsed,
            new("The relay's quota for the day or month is used up.", "It goes on by itself when the next period begins; raise the quota or add a relay to send earlier."),
            new("Le quota du relais pour le jour ou le mois est épuisé.", "L'envoi reprend à la prochaine période ; relevez le quota ou ajoutez un relais pour envoyer plus tôt.")),
        new(CauseCodes.RateWait,
            new("The message waits for its turn: the relay's rate is reached.", "Nothing to do: it goes in a moment. Raise the rate if the provider allows more."),
            new("Le message attend son tour : le débit du relais est atteint.", "Rien à faire : il part dans un moment. Relevez le débit si le fournisseur permet plus.")),
        new(CauseCodes.DomainWait,
            new("The message waits because the recipient's domain asked us to slow down.", "Nothing to do: it goes by itself, at the speed that the domain takes."),
            new("Le message attend : le domaine du destinataire nous a demandé de ralentir.", "Rien à faire : il part de lui-même, à la vitesse que ce domaine accepte.")),
        new(CauseCodes.WarmUpWait,
            new("The relay is being warmed up and has sent its share of today.", "Nothing to do: it goes tomorrow by itself; the share grows each day. Add a relay to send earlier."),
            new("Le relais est en montée en charge et a envoyé sa part du jour.", "Rien à faire : il part demain de lui-même ; la part grandit chaque jour. Ajoutez un relais pour envoyer plus tôt.")),
        new(CauseCodes.NoRelayFits,
            new("No relay of the project may carry this message.", "Let a relay serve this lane, accept this sender or lie in the region that the project demands; the reason says which of them each relay lacks."),
            new("Aucun relais du projet ne peut porter ce message.", "Qu'un relais serve cette file, accepte cet expéditeur ou soit dans la région exigée par le projet ; la raison dit ce qui manque à chacun.")),
    ];
}

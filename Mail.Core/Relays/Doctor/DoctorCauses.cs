using Mail.Core.Delivery.Catalogue;

namespace Mail.Core.Relays.Doctor;

/// <summary>What only the doctor finds; everything else stands in the catalogue of errors, as on a message.</summary>
internal static class DoctorCauses
{
    public static Cause AddressForbidden { get; } = new("relay_address_forbidden",
        new("The relay's host leads to this machine or to a private network, where no relay of a project may be.", "Enter a public host. For a mail server of your own network the operator sets Relay__AllowPrivateHosts=true."),
        new("L'hôte du relais mène à cette machine ou à un réseau privé, où aucun relais de projet n'est permis.", "Saisissez un hôte public. Pour un serveur de votre propre réseau, l'exploitant règle Relay__AllowPrivateHosts=true."));

    public static Cause NotSmtp { get; } = new("relay_not_smtp",
        new("What answers at this port does not speak SMTP.", "Check the port: 465 begins with TLS, 587 and 25 in plain text. A proxy or firewall may answer in the server's place."),
        new("Ce qui répond à ce port ne parle pas SMTP.", "Vérifiez le port : 465 commence par TLS, 587 et 25 en clair. Un proxy ou un pare-feu peut répondre à la place du serveur."));

    public static Cause CertificateEndsSoon { get; } = new("tls_certificate_ends_soon",
        new("The relay's TLS certificate ends soon.", "The relay's administrator should renew it before; afterwards no mail goes out over it."),
        new("Le certificat TLS du relais expire bientôt.", "L'administrateur du relais doit le renouveler avant ; ensuite plus aucun message ne partira."));

    public static Cause CertificateNotVerified { get; } = new("tls_certificate_not_verified",
        new("The certificate would not pass, and the settings do not ask for that.", "Somebody in between could pretend to be the relay. Set TLS to `starttls` or `tls` when the server has a certificate of a public authority."),
        new("Le certificat ne serait pas accepté, et les réglages ne le demandent pas.", "Quelqu'un pourrait se faire passer pour le relais. Réglez TLS sur `starttls` ou `tls` si le serveur a un certificat d'une autorité publique."));

    public static Cause DatabaseAway { get; } = new("database_away",
        new("The database cannot be reached: nothing is accepted and nothing is sent.", "Check ConnectionStrings__maildb and that PostgreSQL runs. Accepted messages are safe in it and go out when it is back."),
        new("La base de données est injoignable : rien n'est accepté ni envoyé.", "Vérifiez ConnectionStrings__maildb et que PostgreSQL fonctionne. Les messages acceptés y sont en sûreté et partiront à son retour."));

    public static Cause NobodySends { get; } = new("no_worker",
        new("The test message was accepted, and no worker has taken it.", "Check that Mail.Worker runs with the same database, and look at its log. The test message was taken back."),
        new("Le message d'essai a été accepté, mais aucun worker ne l'a pris.", "Vérifiez que Mail.Worker fonctionne avec la même base, et lisez son journal. Le message d'essai a été retiré."));

    public static Cause StillUnderWay { get; } = new("still_under_way",
        new("A worker has the test message, and the relay has not answered yet.", "The relay is slow. Look at the message in the console in a minute."),
        new("Un worker a le message d'essai, et le relais n'a pas encore répondu.", "Le relais est lent. Regardez le message dans la console dans une minute."));

    public static Cause NotAccepted { get; } = new("test_not_accepted",
        new("Our own intake did not take the test message.", "Correct what its answer names."),
        new("Notre propre réception n'a pas pris le message d'essai.", "Corrigez ce que nomme sa réponse."));

    public static Cause Disabled { get; } = new("relay_disabled",
        new("The relay is switched off: no message goes over it.", "Switch it on (`enabled`: true) when the steps above are well."),
        new("Le relais est désactivé : aucun message ne l'emprunte.", "Activez-le (`enabled` : true) si les étapes ci-dessus sont bonnes."));

    public static Cause SendsNothing { get; } = new("relay_sends_nothing",
        new("This relay sends nothing to anybody.", "For real mail set SMTP_HOST and its siblings, or set up a relay of another kind."),
        new("Ce relais n'envoie rien à personne.", "Pour de vrais messages, réglez SMTP_HOST et ses voisins, ou créez un relais d'un autre type."));

    /// <summary>Of the catalogue, where every code of <see cref="CauseCodes"/> stands.</summary>
    public static Cause Of(string code) => ErrorCatalogue.Find(code) ?? throw new InvalidOperationException($"The catalogue has no cause {code}.");
}

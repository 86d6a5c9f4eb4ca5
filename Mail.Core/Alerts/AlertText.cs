using System.Globalization;
using Mail.Core.Delivery.Catalogue;

namespace Mail.Core.Alerts;

/// <summary>An alert in words, as the mail, the console and the API show it.</summary>
/// <param name="Title">In a few words; says that it is over when it is.</param>
/// <param name="Summary">What it means for mail.</param>
/// <param name="Remedy">What to do, or that nothing needs to be done.</param>
public sealed record AlertText(string Title, string Summary, string Remedy)
{
    /// <param name="language">A language tag; what is not French is answered in English.</param>
    public static AlertText Of(Alert alert, string language)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(language);
        bool isFrench = language.StartsWith("fr", StringComparison.OrdinalIgnoreCase);
        return isFrench ? French(alert, new Words("fr")) : English(alert, new Words("en"));
    }

    private static AlertText English(Alert alert, Words words)
    {
        (string relay, AlertFacts facts) = (alert.Key.Subject, alert.Facts);
        string opened = words.Time(alert.OpenedAt);
        if (alert.ResolvedAt is { } resolved)
        {
            string span = $"from {opened} to {words.Time(resolved)}";
            const string Nothing = "Nothing.";
            return alert.Key.Kind switch
            {
                AlertKind.RelayPaused or AlertKind.RelayMisconfigured => new($"The relay “{relay}” works again", $"It could not be used {span}. Messages that waited for it are on their way.", Nothing),
                AlertKind.RelayFailover => new($"Messages go over the relay “{relay}” again", $"{words.Count(alert.Count)} recipients were served by another relay {span}.", Nothing),
                AlertKind.RelayQuota80 => new($"The quota of the relay “{relay}” has begun anew", $"More than 80 % of it were used {span}.", Nothing),
                AlertKind.RelayQuotaUsed => new($"The quota of the relay “{relay}” has begun anew", $"It was used up {span}. Messages that waited for it are on their way.", Nothing),
                AlertKind.QueueOld => new("Messages no longer wait too long", $"They did {span}.", Nothing),
                AlertKind.DomainFailing => new($"The domain “{relay}” is verified again", $"Its key was not found in DNS {span}.", Nothing),
                AlertKind.BounceMailboxFailing => new("The bounce mailbox can be read again", $"{relay} could not be read {span}. The bounces that came meanwhile are being recorded.", Nothing),
                AlertKind.NoWorker when alert.Key == AlertKey.NoWorkerSeen => new("A worker is there again", $"None was seen {span}.", Nothing),
                AlertKind.NoWorker => new("Mail is sent again", $"No worker was sending {span}.", Nothing),
                AlertKind.WebhookFailing => new($"The webhook {relay} is no longer in trouble", $"It took no events {span}. If it is back, those that waited are on their way.", Nothing),
                AlertKind.WebhookDisabled => new($"The webhook {relay} is no longer switched off", $"It was {span}.", Nothing),
                AlertKind.MailboxQuota80 => new($"The mailbox provider “{relay}” has room again", $"More than 80 % of its quota was used {span}.", Nothing),
                AlertKind.LeaverKeys => new("Keys of somebody who has left", $"Told {span}. Those that are still there are marked in the list of API keys.", Nothing),
                AlertKind.BounceRate => new("Less mail bounces again", $"More than usual did {span}.", Nothing),
                AlertKind.ComplaintRate => new("Fewer people call the mail spam", $"Too many did {span}.", Nothing),
                AlertKind.CertificateEnds => new($"The certificate of {relay} was renewed", $"It was about to end, or had ended, {span}.", Nothing),
                AlertKind.DeadLetters => new($"No dead letters of “{relay}” are left", $"There were some {span}.", Nothing),
                _ => new(alert.Key.Kind.Name(), span, Nothing),
            };
        }

        string? known = ErrorCatalogue.Find(facts.Cause)?.English.Remedy;
        string period = facts.Period == "month" ? "this month" : "today";
        return alert.Key.Kind switch
        {
            AlertKind.RelayPaused => new($"The relay “{relay}” is paused", $"Mail cannot leave through it since {opened}. Messages go over the project’s other relays, or wait and go out by themselves when it is back.", known ?? "Check the relay and its provider’s status page."),
            AlertKind.RelayMisconfigured => new($"The relay “{relay}” needs a change", $"It cannot be used since {opened}, and will not come back until somebody changes something. Messages go over the project’s other relays, or wait.", known ?? "Correct the relay’s settings, then test it."),
            AlertKind.RelayFailover => new($"Messages go around the relay “{relay}”", $"Since {opened} it refused or could not take messages: {words.Count(alert.Count)} recipients were served by another relay.", known ?? "Look at the relay’s last answer; if it lasts, give it a lower rank."),
            AlertKind.RelayQuota80 => new($"The relay “{relay}” has used 80 % of its quota", $"{words.Used(facts)} recipients {period}. At 100 % it stops, and messages go over other relays or wait.", "Raise the quota if the provider allows more, or add another relay."),
            AlertKind.RelayQuotaUsed => new($"The quota of the relay “{relay}” is used up", $"{words.Used(facts)} recipients {period}. It takes no more until the next period; messages go over other relays or wait.", "Raise the quota if the provider allows more, or add another relay."),
            AlertKind.QueueOld => new("Messages wait too long", $"{words.Count(facts.Waiting ?? 0)} or more deliveries are due, the oldest since {words.Time(facts.Since ?? alert.OpenedAt)}.", "Look at the workers’ load and log, and at the relays’ speed and limits; start more workers if the machine is full."),
            AlertKind.DomainFailing when facts.Period == "failed" => new($"Mail from “{relay}” is refused", $"Its DKIM record has not been found in DNS since {words.Time(facts.Since ?? alert.OpenedAt)}, so that the domain counts as verified no more.", "Set the DKIM record again as the domain’s page in the console shows it, then check the domain."),
            AlertKind.DomainFailing => new($"The DKIM record of “{relay}” is gone", $"It has not been found in DNS since {words.Time(facts.Since ?? alert.OpenedAt)}. Mail from the domain is still accepted for a day or so, but receivers cannot verify its signature, and then it is refused.", "Set the DKIM record again as the domain’s page in the console shows it, then check the domain."),
            AlertKind.BounceMailboxFailing => new("The bounce mailbox cannot be read", $"{relay} has not been read since {words.Time(facts.Since ?? alert.OpenedAt)}. Mail goes out, but what bounces stands as sent until the mailbox is read again, and dead addresses are written to again.", "Read the reason. Usually a password, secret or permission has ended: set the BounceMailbox__ settings of the worker anew and restart it."),
            AlertKind.NoWorker when alert.Key == AlertKey.NoWorkerSeen && facts.Reason is null => new("The API sends the mail: no worker is there", $"No Mail.Worker has been seen since {opened}. Mail goes out all the same, more slowly under load.", "Start Mail.Worker, or look at its log: it may not reach the database."),
            AlertKind.NoWorker when alert.Key == AlertKey.NoWorkerSeen => new("Nobody sends mail", $"No Mail.Worker has been seen since {opened}, and the API cannot send in its place. What is accepted waits.", "Start Mail.Worker. For the next time, read the reason and give the API the workers’ settings."),
            AlertKind.NoWorker => new("Nobody sends mail", $"{words.Count(facts.Waiting ?? 0)} or more deliveries are due, the oldest since {words.Time(facts.Since ?? alert.OpenedAt)}, and no worker takes any.", "Start Mail.Worker, or look at its log: it may not reach the database."),
            AlertKind.WebhookFailing => new($"The webhook {relay} takes no events", $"Every request to it has failed since {words.Time(facts.Since ?? alert.OpenedAt)}. Its events wait and are sent again when it is back; after days of failure it is switched off.", "Look at its last attempts in the console, and at the app’s own log."),
            AlertKind.WebhookDisabled => new($"The webhook {relay} was switched off", "Its app hears of nothing any more. Events that waited for it are kept for some weeks; new ones are not.", "Repair the endpoint, then switch the webhook on again: what waited is sent. Remove it if the app is gone."),
            AlertKind.MailboxQuota80 => new($"The mailbox provider “{relay}” has used 80 % of its quota", $"{words.Used(facts)} {(facts.Period == "mailboxes" ? "mailboxes" : $"messages {period}")}, says the provider. At 100 % it refuses more.", "Raise the quota or the plan at the provider, or make new mailboxes with another connection."),
            AlertKind.LeaverKeys => new("Somebody who has left knows API keys", "They or their keys have made these keys, which go on working so that no app stops: they may do what apps do, and rule nothing.", "Replace these keys under Settings, API keys, and give the new ones to the apps. Remove those that no app uses."),
            AlertKind.BounceRate => new($"Much mail bounces: {words.Rate(facts)}", $"In the last 24 hours {words.Count(facts.Used ?? 0)} recipients were refused for good, of {words.Count(facts.Limit ?? 0)} in that time or on an average day of the week, whichever is more. From 5 % on providers begin to refuse or to hide the sender’s other mail too.", "Look for what the bounced messages share: an imported list, a form that robots fill in, one domain that refuses all. Stop that mail first; addresses that are gone are suppressed by themselves."),
            AlertKind.ComplaintRate => new($"People call the mail spam: {words.Rate(facts)}", $"In the last 24 hours {words.Count(facts.Used ?? 0)} complaints came, of {words.Count(facts.Limit ?? 0)} recipients in that time or on an average day of the week, whichever is more. Gmail and Yahoo ask for less than 0.1 % and filter from 0.3 % on.", "Find out which mail it is, whether its readers asked for it, and put the unsubscribe link where it is seen. Who complained gets no more list mail."),
            AlertKind.CertificateEnds => new(facts.Until <= alert.LastAt ? $"The certificate of {relay} has ended" : $"The certificate of {relay} ends soon", $"It holds until {words.Time(facts.Until ?? alert.OpenedAt)}. After that apps that verify it hand over no mail by SMTP, and servers may not bring bounces.", "Look at what renews it (certbot, cert-manager), and that Submission__CertificateFile names the file that it writes. A renewed file is taken within a minute, without a restart."),
            AlertKind.DeadLetters => new($"Steps of “{relay}” could not be done", $"{words.Count(alert.Count)} since {opened}, after all attempts. They are kept as dead letters for 30 days and happen only if somebody replays them.", "Read the errors in GET /dead-letters, repair what they name, then replay them; discard those that are no longer wanted."),
            _ => new(alert.Key.Kind.Name(), facts.Reason ?? "", known ?? "Read the reason."),
        };
    }

    private static AlertText French(Alert alert, Words words)
    {
        (string relay, AlertFacts facts) = (alert.Key.Subject, alert.Facts);
        string opened = words.Time(alert.OpenedAt);
        if (alert.ResolvedAt is { } resolved)
        {
            string span = $"du {opened} au {words.Time(resolved)}";
            const string Nothing = "Rien.";
            return alert.Key.Kind switch
            {
                AlertKind.RelayPaused or AlertKind.RelayMisconfigured => new($"Le relais « {relay} » fonctionne à nouveau", $"Il était inutilisable {span}. Les messages qui l’attendaient sont en route.", Nothing),
                AlertKind.RelayFailover => new($"Les messages passent à nouveau par le relais « {relay} »", $"{words.Count(alert.Count)} destinataires ont été servis par un autre relais {span}.", Nothing),
                AlertKind.RelayQuota80 => new($"Le quota du relais « {relay} » a recommencé", $"Plus de 80 % en étaient utilisés {span}.", Nothing),
                AlertKind.RelayQuotaUsed => new($"Le quota du relais « {relay} » a recommencé", $"Il était épuisé {span}. Les messages qui l’attendaient sont en route.", Nothing),
                AlertKind.QueueOld => new("Les messages n’attendent plus trop longtemps", $"C’était le cas {span}.", Nothing),
                AlertKind.DomainFailing => new($"Le domaine « {relay} » est à nouveau vérifié", $"Sa clé n’était pas trouvée dans le DNS {span}.", Nothing),
                AlertKind.BounceMailboxFailing => new("La boîte des retours est à nouveau lue", $"{relay} était illisible {span}. Les retours arrivés entre-temps sont en cours d’enregistrement.", Nothing),
                AlertKind.NoWorker when alert.Key == AlertKey.NoWorkerSeen => new("Un worker est de retour", $"Aucun n’était visible {span}.", Nothing),
                AlertKind.NoWorker => new("Le courrier part à nouveau", $"Aucun worker n’envoyait {span}.", Nothing),
                AlertKind.WebhookFailing => new($"Le webhook {relay} n’est plus en difficulté", $"Il n’a pris aucun événement {span}. S’il est revenu, ceux qui attendaient sont en route.", Nothing),
                AlertKind.WebhookDisabled => new($"Le webhook {relay} n’est plus désactivé", $"Il l’était {span}.", Nothing),
                AlertKind.MailboxQuota80 => new($"Le fournisseur de boîtes « {relay} » a de nouveau de la place", $"Plus de 80 % de son quota étaient utilisés {span}.", Nothing),
                AlertKind.LeaverKeys => new("Clés d’une personne partie", $"Signalé {span}. Celles qui existent encore sont marquées dans la liste des clés d’API.", Nothing),
                AlertKind.BounceRate => new("Moins de courrier revient", $"Il en revenait trop {span}.", Nothing),
                AlertKind.ComplaintRate => new("Moins de personnes signalent le courrier comme spam", $"Elles étaient trop nombreuses {span}.", Nothing),
                AlertKind.CertificateEnds => new($"Le certificat de {relay} a été renouvelé", $"Il allait expirer, ou avait expiré, {span}.", Nothing),
                AlertKind.DeadLetters => new($"Il ne reste plus d’étapes en échec de « {relay} »", $"Il y en avait {span}.", Nothing),
                _ => new(alert.Key.Kind.Name(), span, Nothing),
            };
        }

        string? known = ErrorCatalogue.Find(facts.Cause)?.French.Remedy;
        string period = facts.Period == "month" ? "ce mois-ci" : "aujourd’hui";
        return alert.Key.Kind switch
        {
            AlertKind.RelayPaused => new($"Le relais « {relay} » est en pause", $"Aucun courrier ne peut en partir depuis le {opened}. Les messages passent par les autres relais du projet, ou attendent et partiront d’eux-mêmes à son retour.", known ?? "Vérifiez le relais et la page d’état de son fournisseur."),
            AlertKind.RelayMisconfigured => new($"Le relais « {relay} » demande une correction", $"Il est inutilisable depuis le {opened} et ne reviendra pas sans intervention. Les messages passent par les autres relais du projet, ou attendent.", known ?? "Corrigez les réglages du relais, puis testez-le."),
            AlertKind.RelayFailover => new($"Des messages contournent le relais « {relay} »", $"Depuis le {opened}, il refuse ou ne peut pas prendre des messages : {words.Count(alert.Count)} destinataires ont été servis par un autre relais.", known ?? "Voyez la dernière réponse du relais ; si cela dure, donnez-lui un rang plus bas."),
            AlertKind.RelayQuota80 => new($"Le relais « {relay} » a utilisé 80 % de son quota", $"{words.Used(facts)} destinataires {period}. À 100 %, il s’arrête : les messages passeront par d’autres relais ou attendront.", "Relevez le quota si le fournisseur le permet, ou ajoutez un relais."),
            AlertKind.RelayQuotaUsed => new($"Le quota du relais « {relay} » est épuisé", $"{words.Used(facts)} destinataires {period}. Il n’en prend plus jusqu’à la prochaine période ; les messages passent par d’autres relais ou attendent.", "Relevez le quota si le fournisseur le permet, ou ajoutez un relais."),
            AlertKind.QueueOld => new("Des messages attendent trop longtemps", $"{words.Count(facts.Waiting ?? 0)} envois ou plus sont dus, le plus ancien depuis le {words.Time(facts.Since ?? alert.OpenedAt)}.", "Voyez la charge et le journal des workers, ainsi que la vitesse et les limites des relais ; ajoutez des workers si la machine est pleine."),
            AlertKind.DomainFailing when facts.Period == "failed" => new($"Le courrier de « {relay} » est refusé", $"Son enregistrement DKIM n’est plus trouvé dans le DNS depuis le {words.Time(facts.Since ?? alert.OpenedAt)} : le domaine n’est plus vérifié.", "Remettez l’enregistrement DKIM tel que la page du domaine l’affiche dans la console, puis vérifiez le domaine."),
            AlertKind.DomainFailing => new($"L’enregistrement DKIM de « {relay} » a disparu", $"Il n’est plus trouvé dans le DNS depuis le {words.Time(facts.Since ?? alert.OpenedAt)}. Le courrier du domaine est encore accepté environ un jour, mais sa signature ne peut plus être vérifiée ; ensuite il sera refusé.", "Remettez l’enregistrement DKIM tel que la page du domaine l’affiche dans la console, puis vérifiez le domaine."),
            AlertKind.BounceMailboxFailing => new("La boîte des retours est illisible", $"{relay} n’est plus lue depuis le {words.Time(facts.Since ?? alert.OpenedAt)}. Le courrier part, mais ce qui revient reste « sent » jusqu’à ce que la boîte soit lue, et l’on continue d’écrire à des adresses mortes.", "Lisez la raison. Souvent un mot de passe, un secret ou une permission a expiré : corrigez les réglages BounceMailbox__ du worker et redémarrez-le."),
            AlertKind.NoWorker when alert.Key == AlertKey.NoWorkerSeen && facts.Reason is null => new("L’API envoie le courrier : aucun worker n’est là", $"Aucun Mail.Worker n’a été vu depuis le {opened}. Le courrier part quand même, plus lentement sous la charge.", "Démarrez Mail.Worker, ou lisez son journal : il n’atteint peut-être pas la base de données."),
            AlertKind.NoWorker when alert.Key == AlertKey.NoWorkerSeen => new("Personne n’envoie le courrier", $"Aucun Mail.Worker n’a été vu depuis le {opened}, et l’API ne peut pas envoyer à sa place. Ce qui est accepté attend.", "Démarrez Mail.Worker. Pour la prochaine fois, lisez la raison et donnez à l’API les réglages des workers."),
            AlertKind.NoWorker => new("Personne n’envoie le courrier", $"{words.Count(facts.Waiting ?? 0)} envois ou plus sont dus, le plus ancien depuis le {words.Time(facts.Since ?? alert.OpenedAt)}, et aucun worker n’en prend.", "Démarrez Mail.Worker, ou lisez son journal : il n’atteint peut-être pas la base de données."),
            AlertKind.WebhookFailing => new($"Le webhook {relay} ne prend aucun événement", $"Toutes les requêtes échouent depuis le {words.Time(facts.Since ?? alert.OpenedAt)}. Les événements attendent et repartiront à son retour ; après des jours d’échec, il sera désactivé.", "Voyez ses dernières tentatives dans la console, et le journal de l’application."),
            AlertKind.WebhookDisabled => new($"Le webhook {relay} a été désactivé", "Son application n’apprend plus rien. Les événements qui l’attendaient sont gardés quelques semaines ; les nouveaux ne le sont pas.", "Réparez l’adresse, puis réactivez le webhook : ce qui attendait sera envoyé. Supprimez-le si l’application n’existe plus."),
            AlertKind.MailboxQuota80 => new($"Le fournisseur de boîtes « {relay} » a utilisé 80 % de son quota", $"{words.Used(facts)} {(facts.Period == "mailboxes" ? "boîtes" : $"messages {period}")}, selon le fournisseur. À 100 %, il refuse le reste.", "Relevez le quota ou l’offre chez le fournisseur, ou créez les nouvelles boîtes avec une autre connexion."),
            AlertKind.LeaverKeys => new("Une personne partie connaît des clés d’API", "Elle ou ses clés ont créé ces clés, qui fonctionnent toujours pour qu’aucune application ne s’arrête : elles permettent ce que font les applications, et rien de plus.", "Remplacez ces clés dans Réglages, Clés d’API, et donnez les nouvelles aux applications. Supprimez celles qu’aucune application n’utilise."),
            AlertKind.BounceRate => new($"Beaucoup de courrier revient : {words.Rate(facts)}", $"Ces dernières 24 heures, {words.Count(facts.Used ?? 0)} destinataires ont été refusés définitivement, sur {words.Count(facts.Limit ?? 0)} écrits pendant ce temps ou en un jour moyen de la semaine, si c’est davantage. À partir de 5 %, les fournisseurs commencent à refuser ou à cacher aussi le reste du courrier de l’expéditeur.", "Cherchez ce que ces messages ont en commun : une liste importée, un formulaire rempli par des robots, un domaine qui refuse tout. Arrêtez d’abord ce courrier ; les adresses qui n’existent plus sont bloquées d’elles-mêmes."),
            AlertKind.ComplaintRate => new($"Du courrier est signalé comme spam : {words.Rate(facts)}", $"Ces dernières 24 heures, {words.Count(facts.Used ?? 0)} plaintes sont arrivées, pour {words.Count(facts.Limit ?? 0)} destinataires pendant ce temps ou en un jour moyen de la semaine, si c’est davantage. Gmail et Yahoo demandent moins de 0,1 % et filtrent à partir de 0,3 %.", "Trouvez de quel courrier il s’agit et si ses lecteurs l’ont demandé, et placez le lien de désinscription bien en vue. Qui s’est plaint ne reçoit plus de courrier de liste."),
            AlertKind.CertificateEnds => new(facts.Until <= alert.LastAt ? $"Le certificat de {relay} a expiré" : $"Le certificat de {relay} expire bientôt", $"Il est valable jusqu’au {words.Time(facts.Until ?? alert.OpenedAt)}. Ensuite, les applications qui le vérifient ne remettront plus de courrier par SMTP, et des serveurs pourraient ne plus apporter les retours.", "Voyez ce qui le renouvelle (certbot, cert-manager), et que Submission__CertificateFile nomme le fichier qu’il écrit. Un fichier renouvelé est pris en une minute, sans redémarrage."),
            AlertKind.DeadLetters => new($"Des étapes de « {relay} » ont échoué", $"{words.Count(alert.Count)} depuis le {opened}, après toutes les tentatives. Elles sont gardées 30 jours et n’auront lieu que si quelqu’un les relance.", "Lisez les erreurs par GET /dead-letters, réparez ce qu’elles nomment, puis relancez-les ; écartez celles qui ne sont plus voulues."),
            _ => new(alert.Key.Kind.Name(), facts.Reason ?? "", known ?? "Lisez la raison."),
        };
    }

    /// <summary>Numbers and times as a language writes them. UTC: the reader of a mail may be anywhere.</summary>
    private sealed class Words(string language)
    {
        private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language);

        public string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("d MMM yyyy, HH:mm", _culture) + " UTC";

        public string Count(long count) => count.ToString("N0", _culture);

        /// <summary>To the tenth of a percent, and to the hundredth below one; rounded up, so that what is above a limit looks so.</summary>
        public string Rate(AlertFacts facts)
        {
            double percent = 100.0 * (facts.Used ?? 0) / Math.Max(1, Math.Max(facts.Used ?? 0, facts.Limit ?? 0));
            int digits = percent < 1 ? 100 : 10;
            return (Math.Ceiling(percent * digits) / digits).ToString("0.##", _culture) + " %";
        }

        public string Used(AlertFacts facts) => $"{Count(facts.Used ?? 0)} / {Count(facts.Limit ?? 0)}";
    }
}

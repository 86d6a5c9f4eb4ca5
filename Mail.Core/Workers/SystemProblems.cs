using System.Globalization;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Feedback.Mailboxes;

namespace Mail.Core.Workers;

/// <summary>Something of the system that a person should look at.</summary>
/// <param name="Area">`workers`, `queue`, `bus`, `webhooks`, `database`, `cache` or `bounce_mailboxes`.</param>
/// <param name="IsSerious">Mail does not go out, or soon will not; else it can wait until tomorrow.</param>
/// <param name="Cause">What is wrong and what to do.</param>
public sealed record SystemProblem(string Area, bool IsSerious, Cause Cause);

/// <summary>What is wrong with a system in this state, in plain words. Pure.</summary>
public static class SystemProblems
{
    private static readonly TimeSpan _queueOld = TimeSpan.FromMinutes(10), _busLate = TimeSpan.FromMinutes(5), _webhooksLate = TimeSpan.FromMinutes(15), _transactionLong = TimeSpan.FromMinutes(10), _clocksApart = TimeSpan.FromSeconds(5);

    /// <summary>What is serious first.</summary>
    public static IReadOnlyList<SystemProblem> Of(SystemState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        List<SystemProblem> problems = [.. Workers(state), .. Queues(state), .. state.Database is { } database ? Database(database) : [], .. state.Cache is { } cache ? Cache(cache) : [], .. state.BounceMailboxes.Where(one => one.FailingSince is not null).Select(Mailbox)];
        return [.. problems.OrderByDescending(problem => problem.IsSerious)];
    }

    private static IEnumerable<SystemProblem> Workers(SystemState state)
    {
        bool isAny = state.Workers.Any(worker => worker.IsAlive);
        if (!isAny)
            yield return Problem("workers", isSerious: true, "no_worker",
                "No worker is running.", "Start Mail.Worker with the same database, and look at its log. Meanwhile the API sends in its place, unless Delivery__InProcess=Never says otherwise.",
                "Aucun worker ne fonctionne.", "Démarrez Mail.Worker avec la même base et lisez son journal. En attendant, l’API envoie à sa place, sauf si Delivery__InProcess=Never l’interdit.");
        int silent = state.Workers.Count(worker => !worker.IsAlive);
        if (isAny && silent > 0)
            yield return Problem("workers", isSerious: false, "worker_silent",
                $"{Count(silent)} not heard any more, without having said goodbye.", "If nobody has stopped it by force, look at its log. Others have taken over what it was sending. It leaves this list after a day.",
                $"{silent} worker(s) ne répondent plus, sans avoir pris congé.", "Si personne ne l’a arrêté de force, lisez son journal. D’autres ont repris ses envois. Il quitte cette liste après un jour.");
        string[] versions = [.. state.Workers.Where(worker => worker.IsAlive && worker.Version.Length > 0).Select(worker => worker.Version).Append(BuildVersion.Text).Distinct()];
        if (versions.Length > 1)
            yield return Problem("workers", isSerious: false, "versions_differ",
                $"Workers and this API are of different versions: {string.Join(", ", versions)}.", "During an upgrade this is as it should be. Otherwise bring all to the same version.",
                $"Les workers et cette API sont de versions différentes : {string.Join(", ", versions)}.", "Pendant une mise à jour, c’est normal. Sinon, mettez tout à la même version.");
    }

    private static IEnumerable<SystemProblem> Queues(SystemState state)
    {
        foreach (LaneState lane in state.Queue)
        {
            if (lane.Lane == "bulk" || lane.OldestDueAt is not { } oldest || state.At - oldest < _queueOld) continue;
            yield return Problem("queue", isSerious: true, $"queue_old_{lane.Lane}",
                $"The oldest message of the lane {lane.Lane} has been due for {Minutes(state.At - oldest)} minutes.", "If a worker runs, it has too much to do or the relay is slow: start another worker, or look at the relays.",
                $"Le plus ancien message de la file {lane.Lane} attend son tour depuis {Minutes(state.At - oldest)} minutes.", "Si un worker fonctionne, il a trop à faire ou le relais est lent : démarrez un autre worker, ou regardez les relais.");
        }

        if (state.Bus.OldestDueAt is { } due && state.At - due > _busLate)
            yield return Problem("bus", isSerious: true, "bus_late",
                $"Steps of flows and timers are {Minutes(state.At - due)} minutes late.", "They are handled by the workers: see that one runs, and look at its log.",
                $"Des étapes de flux et des minuteries ont {Minutes(state.At - due)} minutes de retard.", "Les workers s’en chargent : vérifiez qu’il y en a un et lisez son journal.");
        if (state.DeadLetters > 0)
            yield return Problem("bus", isSerious: false, "dead_letters",
                $"{state.DeadLetters} of the system’s own messages could not be handled.", "Look at the dead letters: mend what their error names, then replay them.",
                $"{state.DeadLetters} message(s) internes n’ont pas pu être traités.", "Regardez les messages morts : corrigez ce que nomme l’erreur, puis rejouez-les.");
        if (state.Webhooks.OldestDueAt is { } oldestEvent && state.At - oldestEvent > _webhooksLate)
            yield return Problem("webhooks", isSerious: false, "webhooks_late",
                $"Events for webhooks are {Minutes(state.At - oldestEvent)} minutes late.", "See that a worker runs. One endpoint that answers slowly holds up only its own events.",
                $"Des événements pour des webhooks ont {Minutes(state.At - oldestEvent)} minutes de retard.", "Vérifiez qu’un worker fonctionne. Un point d’accès lent ne retient que ses propres événements.");
        if (state.FailingWebhooks > 0)
            yield return Problem("webhooks", isSerious: false, "webhooks_failing",
                $"{state.FailingWebhooks} webhook(s) refuse what is sent to them, or do not answer.", "Each of them says on its page what it answered. Events are kept and sent again.",
                $"{state.FailingWebhooks} webhook(s) refusent ce qui leur est envoyé, ou ne répondent pas.", "La page de chacun montre sa réponse. Les événements sont gardés et renvoyés.");
    }

    private static IEnumerable<SystemProblem> Database(DatabaseState database)
    {
        if (database.OldestTransaction > _transactionLong)
            yield return Problem("database", isSerious: false, "transaction_long",
                $"A transaction has been open for {Minutes(database.OldestTransaction.Value)} minutes.", "It keeps the database from clearing away what is done, and sending becomes slower. Find it in pg_stat_activity and end it: it is seldom one of ours.",
                $"Une transaction est ouverte depuis {Minutes(database.OldestTransaction.Value)} minutes.", "Elle empêche la base de faire le ménage, et l’envoi ralentit. Trouvez-la dans pg_stat_activity et terminez-la : c’est rarement l’une des nôtres.");
        if (database.Connections >= database.MostConnections * 0.9)
            yield return Problem("database", isSerious: true, "connections_used",
                $"{database.Connections} of {database.MostConnections} connections to the database are in use.", "Raise max_connections, or run fewer processes.",
                $"{database.Connections} connexions à la base sur {database.MostConnections} sont utilisées.", "Augmentez max_connections, ou réduisez le nombre de processus.");
        if (!database.HasNextMonth)
            yield return Problem("database", isSerious: false, "partition_missing",
                "The tables of next month are not there yet.", "A worker makes them; see that one runs. Without them nothing is lost: messages go to the default partition.",
                "Les tables du mois prochain n’existent pas encore.", "Un worker les crée ; vérifiez qu’il y en a un. Sans elles rien n’est perdu : les messages vont dans la partition par défaut.");
        if (database.ClockAhead.Duration() > _clocksApart)
            yield return Problem("database", isSerious: false, "clocks_differ",
                string.Create(CultureInfo.InvariantCulture, $"The clocks of the database and of this process are {database.ClockAhead.Duration().TotalSeconds:0} seconds apart."), "Set both by NTP: what is due, and for how long a code is valid, follows them.",
                string.Create(CultureInfo.InvariantCulture, $"Les horloges de la base et de ce processus diffèrent de {database.ClockAhead.Duration().TotalSeconds:0} secondes."), "Réglez-les par NTP : les échéances et la durée des codes en dépendent.");
    }

    private static IEnumerable<SystemProblem> Cache(CacheState cache)
    {
        if (cache is { IsConfigured: true, Latency: null })
            yield return Problem("cache", isSerious: false, "cache_away",
                "Redis does not answer.", "Mail goes on. Until it is back each process keeps rate limits for itself: several workers send more together than the limit says. Check ConnectionStrings__cache and that it runs.",
                "Redis ne répond pas.", "L’envoi continue. Jusqu’à son retour, chaque processus applique les limites de débit pour lui-même : plusieurs workers dépassent ensemble la limite. Vérifiez ConnectionStrings__cache et qu’il fonctionne.");
    }

    private static SystemProblem Mailbox(MailboxState mailbox) => Problem("bounce_mailboxes", isSerious: false, "bounce_mailbox_failing",
        $"The bounce mailbox {mailbox.Name} cannot be read: {mailbox.Problem}", "Bounces that come there are not heard of until it can be. Correct the settings BounceMailbox__* of the workers.",
        $"La boîte de retour {mailbox.Name} ne peut pas être lue : {mailbox.Problem}", "Les retours qui y arrivent restent ignorés jusque-là. Corrigez les réglages BounceMailbox__* des workers.");

    private static string Count(int silent) => silent == 1 ? "One worker is" : $"{silent} workers are";

    private static long Minutes(TimeSpan time) => (long)time.TotalMinutes;

    private static SystemProblem Problem(string area, bool isSerious, string code, string title, string remedy, string frenchTitle, string frenchRemedy) =>
        new(area, isSerious, new Cause(code, new CauseText(title, remedy), new CauseText(frenchTitle, frenchRemedy)));
}

using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.EntityFrameworkCore;

namespace Mail.Core.Relays.Setup;

/// <param name="Groups">The first one first.</param>
public sealed record RelayGroups(IReadOnlyList<IReadOnlyList<ConfiguredRelay>> Groups);

/// <summary>The order in which a project's relays are used: groups, the first one first; relays of one group share the mail by their weights.</summary>
public sealed class RelayOrder(MailDbContext db, TimeProvider clock)
{
    /// <summary>Between two groups there is room for a relay that is given a priority by hand.</summary>
    private const int Step = 10;

    /// <summary>As the priorities are now; within a group by name.</summary>
    public async Task<RelayGroups> ReadAsync(ProjectId project, CancellationToken ct) => Groups(await db.Relays.AsNoTracking().Where(relay => relay.ProjectId == project).ToListAsync(ct));

    /// <summary>Gives every relay its priority, in one commit: all of them have the new order, or none.</summary>
    /// <param name="groups">Every relay of the project, each once.</param>
    public async Task<Result<RelayGroups>> WriteAsync(ProjectId project, IReadOnlyList<IReadOnlyList<RelayId>> groups, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Dictionary<RelayId, ConfiguredRelay> relays = await db.Relays.Where(relay => relay.ProjectId == project).ToDictionaryAsync(relay => relay.Id, ct);
        HashSet<RelayId> seen = [];
        for (int i = 0; i < groups.Count; i++)
        {
            if (groups[i].Count == 0) return Failure.Field($"order.{i}", "is empty; a group has one relay or more.");
            for (int j = 0; j < groups[i].Count; j++)
            {
                if (!relays.ContainsKey(groups[i][j])) return Failure.Field($"order.{i}.{j}", "is the id of no relay of this project.");
                if (!seen.Add(groups[i][j])) return Failure.Field($"order.{i}.{j}", "stands twice in the order.");
            }
        }

        if (seen.Count < relays.Count)
            return new Failure(FailureKind.Conflict, "relay_changed", $"`order` must name every relay, and leaves out {string.Join(", ", relays.Values.Where(relay => !seen.Contains(relay.Id)).Select(relay => $"`{relay.Name}`"))}. Somebody may have added it meanwhile: read the relays again.");

        DateTimeOffset now = clock.GetUtcNow();
        for (int i = 0; i < groups.Count; i++)
        {
            foreach (RelayId id in groups[i]) relays[id].Rank((i + 1) * Step, now);
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Failure(FailureKind.Conflict, "relay_changed", "Somebody else has changed a relay meanwhile. Read them again, and order what they are now.");
        }

        return Groups(relays.Values);
    }

    private static RelayGroups Groups(IEnumerable<ConfiguredRelay> relays) =>
        new([.. relays.GroupBy(relay => relay.Priority).OrderBy(group => group.Key).Select(group => (IReadOnlyList<ConfiguredRelay>)[.. group.OrderBy(relay => relay.Name, StringComparer.Ordinal)])]);
}

using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Reservations;

/// <summary>
/// What the timers do, at once, for whoever runs the commands by hand or by cron. Nothing is told twice: the offer itself says what has been done, whoever did it.
/// </summary>
public sealed class ReservationSweep(NpgsqlDataSource dataSource, ReservationFlow flow, TimeProvider clock)
{
    private const int Portion = 200;

    /// <summary>Ends the requests whose time is up.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> ExpireAsync(ProjectId? project, CancellationToken ct)
    {
        int done = 0;
        while (true)
        {
            List<(ProjectId Project, Guid Offer, Guid Reservation)> overdue = [];
            await using (NpgsqlCommand command = dataSource.CreateCommand(OfferSql.Overdue))
            {
                command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(project?.Value, NpgsqlDbType.Uuid).AddTyped(Portion);
                await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct)) overdue.Add((new ProjectId(reader.GetGuid(0)), reader.GetGuid(1), reader.GetGuid(2)));
            }

            int ended = 0;
            foreach ((ProjectId owner, Guid offer, Guid reservation) in overdue)
            {
                if (IsDone(await flow.RunAsync(owner, offer, (found, now) => found.Expire(reservation, now), Via.Command, ct))) ended++;
            }

            done += ended;
            if (overdue.Count < Portion || ended == 0) return done; // one that cannot be ended is not looked at for ever
        }
    }

    /// <summary>Reminds of the trips whose day before has come.</summary>
    /// <returns>Of how many.</returns>
    public async Task<int> RemindAsync(ProjectId? project, CancellationToken ct)
    {
        int done = 0;
        (Guid Project, Guid Offer) last = default;
        while (true)
        {
            List<(ProjectId Project, Guid Offer, int Generation)> upcoming = [];
            await using (NpgsqlCommand command = dataSource.CreateCommand(OfferSql.Upcoming))
            {
                command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(project?.Value, NpgsqlDbType.Uuid).AddTyped(last.Project).AddTyped(last.Offer).AddTyped(Portion);
                await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct)) upcoming.Add((new ProjectId(reader.GetGuid(0)), reader.GetGuid(1), reader.GetInt32(2)));
            }

            foreach ((ProjectId owner, Guid offer, int generation) in upcoming)
            {
                if (IsDone(await flow.RunAsync(owner, offer, (found, now) => found.Remind(generation, flow.Policy, now), Via.Command, ct))) done++;
            }

            if (upcoming.Count < Portion) return done;
            last = (upcoming[^1].Project.Value, upcoming[^1].Offer);
        }
    }

    /// <exception cref="InvalidOperationException">No mail with a link can be written here: nothing can be done.</exception>
    private static bool IsDone(Result<OfferChange> result) => result.Failure is { Kind: FailureKind.Unavailable } failure ? throw new InvalidOperationException(failure.Detail) : result.IsSuccess;
}

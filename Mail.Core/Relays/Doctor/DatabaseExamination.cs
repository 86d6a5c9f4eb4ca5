using System.Diagnostics;
using Npgsql;

namespace Mail.Core.Relays.Doctor;

/// <summary>Whether the database answers and has our tables: without it nothing is accepted.</summary>
public static class DatabaseExamination
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);

    /// <param name="source">Asked here, because a missing connection string is a finding too.</param>
    public static async Task<DoctorStep> RunAsync(Func<NpgsqlDataSource> source, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        long started = Stopwatch.GetTimestamp();
        try
        {
            using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(ct);
            late.CancelAfter(_limit);
            await using NpgsqlConnection connection = await source().OpenConnectionAsync(late.Token);
            await using NpgsqlCommand command = new("SELECT count(*) FROM projects", connection);
            object? projects = await command.ExecuteScalarAsync(late.Token);
            return Step(StepStatus.Ok, $"PostgreSQL {connection.PostgreSqlVersion} at {connection.Host}:{connection.Port}, {projects} projects");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return Step(StepStatus.Failed, "The database has no tables of ours yet; Mail.Api makes them when it starts.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Step(StepStatus.Failed, $"No answer within {_limit.TotalSeconds:0} seconds.");
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException) // the second one: no connection string, or one that is none; it repeats nothing of it
        {
            return Step(StepStatus.Failed, e.InnerException is { } inner ? $"{e.Message}: {inner.Message}" : e.Message);
        }

        DoctorStep Step(StepStatus status, string seen) => new("database", status, Stopwatch.GetElapsedTime(started), seen, status == StepStatus.Ok ? null : DoctorCauses.DatabaseAway);
    }
}

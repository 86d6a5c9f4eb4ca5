using Mail.Core.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Domains;

/// <summary>Looks after domains by itself: often while their owner sets records, daily when they stand. Every worker may run it; no failure ends it.</summary>
internal sealed partial class DomainWatch(NpgsqlDataSource dataSource, IServiceScopeFactory scopes, IOptions<DomainOptions> options, TimeProvider clock, ILogger<DomainWatch> logger) : BackgroundService
{
    private const int Portion = 20;
    private const int AtOnce = 4;

    // Put off before DNS is asked: no other worker takes it meanwhile, and one that dies leaves it for later. SKIP LOCKED: workers never wait for each other.
    private const string TakeSql = """
        UPDATE domains d SET next_check_at = $1 + interval '10 minutes'
        FROM (SELECT project_id, id FROM domains WHERE next_check_at <= $1 ORDER BY next_check_at LIMIT $2 FOR UPDATE SKIP LOCKED) due
        WHERE d.project_id = due.project_id AND d.id = due.id RETURNING d.project_id, d.id
        """;

    /// <returns>How many were looked at.</returns>
    internal async Task<int> LookAsync(CancellationToken ct)
    {
        List<(ProjectId Project, DomainId Id)> due = [];
        await using (NpgsqlCommand take = dataSource.CreateCommand(TakeSql))
        {
            take.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(Portion);
            await using NpgsqlDataReader reader = await take.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) due.Add((new ProjectId(reader.GetGuid(0)), new DomainId(reader.GetGuid(1))));
        }

        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (one, stop) =>
        {
            try
            {
                await using AsyncServiceScope scope = scopes.CreateAsyncScope();
                Result<DomainInSetup> found = await scope.ServiceProvider.GetRequiredService<DomainSetup>().FindAsync(one.Project, one.Id, stop);
                if (found.IsSuccess) await scope.ServiceProvider.GetRequiredService<DomainVerification>().RunAsync(found.Value, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogNotChecked(e, one.Id, one.Project); // it comes due again
            }
        });
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.LookEvery);
        try
        {
            do
            {
                try
                {
                    while (await LookAsync(stoppingToken) == Portion)
                    {
                        // The next ones.
                    }
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(e);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Domain {DomainId} of project {ProjectId} could not be checked; it is tried again")]
    private partial void LogNotChecked(Exception e, DomainId domainId, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Domains could not be looked at; trying again")]
    private partial void LogFailed(Exception e);
}

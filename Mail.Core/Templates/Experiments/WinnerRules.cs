using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Templates.Experiments;

/// <summary>Applies the rules by which experiments end without a person. Each rule looks once: when its time has come and each arm has reached as many people as it asks for.</summary>
public sealed partial class WinnerRules
{
    /// <summary>How often it is counted whether there are enough people.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(5);

    private readonly NpgsqlDataSource _dataSource;
    private readonly ResultReader _results;
    private readonly TimeProvider _clock;
    private readonly ILogger<WinnerRules> _logger;

    internal WinnerRules(NpgsqlDataSource dataSource, ResultReader results, TimeProvider clock, ILogger<WinnerRules> logger) => (_dataSource, _results, _clock, _logger) = (dataSource, results, clock, logger);

    /// <summary>The next one that is due. Its row is held meanwhile: of several workers one looks, and a worker that dies leaves it as it was.</summary>
    /// <returns>False when none is.</returns>
    public async Task<bool> RunNextAsync(CancellationToken ct)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        await using NpgsqlConnection connection = await _dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (await ExperimentStore.TakeDueAsync(connection, now, now - BetweenLooks, ct) is not ({ } project, { Rule: { } rule } experiment)) return false;
        ExperimentResults results = await _results.ReadAsync(project, experiment, ct, connection);
        if (results.Arms.Any(arm => arm.Counts.Reached < rule.MinimumRecipients))
        {
            await ExperimentStore.LookedAsync(connection, project, experiment.Id, null, now, ct);
            await transaction.CommitAsync(ct);
            return true;
        }

        (string? arm, string reason) = results.SampleRatio is { IsSuspicious: true } ? (null, results.Warnings.First(warning => warning.Code == "sample_ratio_mismatch").Message) : ResultAnalysis.Decide(rule, results);
        RuleOutcome outcome = new(now, arm, reason);
        bool isDone = true;
        if (arm is null && rule.Otherwise == WinnerRule.GoOn) await ExperimentStore.LookedAsync(connection, project, experiment.Id, outcome, now, ct);
        else
        {
            ExperimentArm? winner = arm is null ? null : experiment.Arms.First(one => one.Name == arm);
            isDone = await ExperimentStore.EndAsync(connection, project, experiment, new ExperimentEnd([ExperimentStates.Running], winner is null ? ExperimentStates.Stopped : ExperimentStates.Concluded, winner, "rule", results, outcome, now), ct);
        }

        if (isDone) await transaction.CommitAsync(ct);
        LogDecided(experiment.Id, arm ?? "none", reason, project.Value);
        return isDone;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The rule of experiment {ExperimentId} chose {Arm}: {Reason} (project {ProjectId})")]
    private partial void LogDecided(Guid experimentId, string arm, string reason, Guid projectId);
}

/// <summary>Every worker may run it.</summary>
internal sealed partial class WinnerRuleLoop(WinnerRules rules, TimeProvider clock, ILogger<WinnerRuleLoop> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_interval, clock);
        do
        {
            try
            {
                while (await rules.RunNextAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e); // it is due again in a minute
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The rule of an experiment could not be applied; it is tried again")]
    private partial void LogFailed(Exception e);
}

using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Invitations;

/// <summary>
/// Follows what becomes of the mails: the trigger `candidate_reports` notes which events are about whom, in the transaction that writes them; this takes the notes, oldest first, and lets the
/// invitations hear of them. Every worker may run it.
/// </summary>
public sealed partial class InvitationReports(NpgsqlDataSource dataSource, InvitationStore store, InvitationWriter writer, TimeProvider clock, ILogger<InvitationReports> logger) : BackgroundService
{
    private const int Portion = 1000;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private sealed record Report(ProjectId Project, Guid Candidate, Guid Message, string Type, DateTimeOffset At, string? Reason);

    /// <returns>How many were taken.</returns>
    internal async Task<int> TakeAsync(CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        (int count, List<Report> reports) = await ReadAsync(connection, ct);
        foreach (IGrouping<ProjectId, Report> project in reports.GroupBy(report => report.Project).OrderBy(project => project.Key.Value)) await ApplyAsync(project.Key, [.. project], connection, ct);
        await transaction.CommitAsync(ct);
        if (reports.Count > 0) writer.Wake();
        return count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_interval, clock);
        do
        {
            try
            {
                while (await TakeAsync(stoppingToken) == Portion)
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e); // the notes are still there: the next look takes them
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<(int Count, List<Report> Reports)> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using NpgsqlCommand take = new(InvitationSql.TakeReports, connection);
        take.Parameters.AddTyped(Portion);
        int count = 0;
        List<Report> reports = [];
        await using NpgsqlDataReader reader = await take.ExecuteReaderAsync(ct);
        for (; await reader.ReadAsync(ct); count++)
        {
            if (reader.IsDBNull(3)) continue; // the event is gone
            reports.Add(new Report(new ProjectId(reader.GetGuid(0)), reader.GetGuid(1), reader.GetGuid(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.OptionalText(5)));
        }

        return (count, reports);
    }

    private async Task ApplyAsync(ProjectId project, List<Report> reports, NpgsqlConnection connection, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Dictionary<Guid, Invitation> invitations = (await store.LockManyAsync(project, [.. reports.Select(report => report.Candidate).Distinct()], connection, ct)).ToDictionary(one => one.Id);
        List<InvitationStep> steps = [];
        foreach (Report report in reports)
        {
            if (!invitations.TryGetValue(report.Candidate, out Invitation? invitation)) continue; // forgotten meanwhile
            if (invitation.Report(report.Type, report.Message, report.Reason, report.At, now) is not { } step) continue;
            invitations[report.Candidate] = step.After;
            steps.Add(step);
        }

        foreach (IGrouping<Guid, InvitationStep> campaign in steps.GroupBy(step => step.After.CampaignId))
            await writer.WriteAsync(connection, await store.CampaignAsync(project, campaign.Key, connection, ct), [.. campaign], InvitationCause.Mail, ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Invitations could not hear what became of their mails; the next look tries it again")]
    private partial void LogFailed(Exception e);
}

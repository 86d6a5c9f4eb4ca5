using System.Threading.Channels;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Delivery;

/// <summary>
/// Reports on what the simulator took, as its server and its recipients would: delivered, or complained about. Nothing is kept for it: what is still
/// to be reported is what stands there as sent, so no report is lost with a worker.
/// </summary>
internal sealed partial class SimulatedReports(NpgsqlDataSource dataSource, DeliveryReports reports, TestAddresses tests, TimeProvider clock, ILogger<SimulatedReports> logger) : BackgroundService
{
    private const int Batch = 500;

    /// <summary>Far longer than a message can wait: 30 days until its time, and a day of attempts.</summary>
    private static readonly TimeSpan _horizon = TimeSpan.FromDays(400);

    /// <summary>For what a worker that died had not reported.</summary>
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(30);

    // Index: ix_finished_deliveries_simulated. The address too: a project may have a relay of the same name.
    private const string FindSql = $"""
        SELECT project_id, message_id, id, recipient FROM finished_deliveries
        WHERE relay = '{SimulatorRelay.RelayName}' AND state = 'sent' AND message_id >= $1 AND right(lower(recipient), length($2)) = $2 LIMIT $3
        """;

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Call when an outcome was recorded that may be reported on. Returns at once, any thread.</summary>
    public void Recorded(Delivery delivery)
    {
        if (delivery is { State: DeliveryState.Sent, Relay: SimulatorRelay.RelayName }) _wake.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ReportAsync(stoppingToken) == Batch)
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e); // they stand there for the next look
            }

            await WaitAsync(stoppingToken);
        }
    }

    /// <returns>How many there were to report on.</returns>
    internal async Task<int> ReportAsync(CancellationToken ct)
    {
        List<DeliveryReport> due = [];
        await using (NpgsqlCommand command = dataSource.CreateCommand(FindSql))
        {
            command.Parameters.AddTyped(UuidV7.First(clock.GetUtcNow() - _horizon)).AddTyped(tests.Ending).AddTyped(Batch);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                due.Add(Report(new ProjectId(reader.GetGuid(0)), new MessageId(reader.GetGuid(1)), new DeliveryId(reader.GetGuid(2)), reader.GetString(3)));
        }

        if (due.Count > 0) await reports.RecordAsync(due, ct);
        return due.Count;
    }

    private DeliveryReport Report(ProjectId projectId, MessageId messageId, DeliveryId id, string recipient) => tests.Of(recipient) == TestBehavior.Complained
        ? new DeliveryReport(projectId, messageId, id, DeliveryState.Complained) { Reason = "The recipient reported it as spam (simulated)." }
        : new DeliveryReport(projectId, messageId, id, DeliveryState.Delivered);

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        wait.CancelAfter(_lookEvery);
        try
        {
            await _wake.Reader.ReadAsync(wait.Token);
        }
        catch (OperationCanceledException)
        {
            // The time is over, or the host stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Deliveries to test addresses could not be reported on; trying again")]
    private partial void LogFailed(Exception e);
}

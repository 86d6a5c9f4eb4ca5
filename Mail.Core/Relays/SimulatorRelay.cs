using Mail.Core.Messages;

namespace Mail.Core.Relays;

/// <summary>Answers for the test addresses as a mail server would, and sends nothing. What is reported later comes from Delivery/SimulatedReports.</summary>
public sealed class SimulatorRelay(TestAddresses tests) : IRelay
{
    /// <summary>In every delivery that it answered for.</summary>
    public const string RelayName = "simulator";

    /// <summary>How often `delayed@` is refused for now before it is taken.</summary>
    public const int RefusalsBeforeDelayedIsTaken = 2;

    private static readonly RelayReply _taken = new(RelayVerdict.Accepted, 250, "2.0.0", "2.0.0 Ok: simulated");
    private static readonly RelayReply _busy = new(RelayVerdict.Transient, 451, "4.2.0", "4.2.0 Mailbox busy, try again later (simulated)");
    private static readonly RelayReply _noSuchUser = new(RelayVerdict.Permanent, 550, "5.1.1", "5.1.1 No such user here (simulated)");

    private static readonly RelayReply _noSuchTest = new(
        RelayVerdict.Permanent, 550, "5.1.1", "5.1.1 No such test address; there are delivered, bounced, delayed, complained and suppressed, each also with +label (simulated)");

    public string Name => RelayName;

    public RelayKind Kind => RelayKind.Simulator;

    public async Task<RelayOutcome> SendAsync(RelayMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            return await message.MayStart(ct) ? RelayOutcome.Answered([.. message.Recipients.Select(Answer)]) : RelayOutcome.Withdrawn;
        }
        catch (OperationCanceledException)
        {
            return RelayOutcome.Withdrawn;
        }
    }

    public Task<RelayFault?> ProbeAsync(CancellationToken ct) => Task.FromResult<RelayFault?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private RelayReply Answer(RelayRecipient recipient) => tests.Of(recipient.Address.Address) switch
    {
        TestBehavior.Delivered or TestBehavior.Complained => _taken,
        TestBehavior.Delayed => recipient.Attempt > RefusalsBeforeDelayedIsTaken ? _taken : _busy,
        TestBehavior.Bounced => _noSuchUser,
        _ => _noSuchTest,
    };
}

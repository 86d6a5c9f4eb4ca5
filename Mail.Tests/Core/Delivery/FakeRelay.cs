using System.Collections.Concurrent;
using Mail.Core.Relays;

namespace Mail.Tests.Core.Delivery;

/// <summary>A relay that answers what a test wants and keeps what it was offered.</summary>
internal sealed class FakeRelay : IRelay
{
    public static RelayReply Accepted { get; } = new(RelayVerdict.Accepted, 250, "2.0.0", "taken");

    public string Name { get; init; } = "fake";

    public RelayKind Kind => RelayKind.Smtp;

    public ConcurrentQueue<RelayMessage> Offered { get; } = new();

    /// <summary>Recipients of messages that it took, in order.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    /// <summary>The reply for a recipient; accepts by default. Called once the message may start.</summary>
    public Func<RelayMessage, string, RelayReply> Reply { get; set; } = (_, _) => Accepted;

    /// <summary>Runs before the replies are made.</summary>
    public Func<RelayMessage, CancellationToken, Task>? Before { get; set; }

    /// <summary>Runs before the message is asked whether it may start, as the wait for a connection does.</summary>
    public Func<CancellationToken, Task>? BeforeStart { get; set; }

    /// <summary>While set, nothing can be offered.</summary>
    public RelayFault? Fault { get; set; }

    public int Probes { get; private set; }

    public async Task<RelayOutcome> SendAsync(RelayMessage message, CancellationToken ct)
    {
        if (Fault is { } fault) return RelayOutcome.Unavailable(fault);
        try
        {
            if (BeforeStart is not null) await BeforeStart(ct);
            if (!await message.MayStart(ct)) return RelayOutcome.Withdrawn;
            Offered.Enqueue(message);
            if (Before is not null) await Before(message, ct);
        }
        catch (OperationCanceledException)
        {
            return RelayOutcome.Withdrawn;
        }

        List<RelayReply> replies = [];
        foreach (RelayRecipient recipient in message.Recipients)
        {
            RelayReply reply = Reply(message, recipient.Address.Address);
            if (reply.Verdict == RelayVerdict.Accepted) Taken.Enqueue(recipient.Address.Address);
            replies.Add(reply);
        }

        return RelayOutcome.Answered(replies);
    }

    public Task<RelayFault?> ProbeAsync(CancellationToken ct)
    {
        Probes++;
        return Task.FromResult(Fault);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

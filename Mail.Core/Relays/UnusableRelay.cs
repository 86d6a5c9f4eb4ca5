namespace Mail.Core.Relays;

/// <summary>Stands for a relay that cannot be made from what is stored of it, and says so to whoever wants to send by it.</summary>
internal sealed class UnusableRelay(string name, RelayFault fault) : IRelay
{
    public string Name => name;

    public RelayKind Kind => RelayKind.Log;

    public Task<RelayOutcome> SendAsync(RelayMessage message, CancellationToken ct) => Task.FromResult(RelayOutcome.Unavailable(fault));

    public Task<RelayFault?> ProbeAsync(CancellationToken ct) => Task.FromResult<RelayFault?>(fault);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

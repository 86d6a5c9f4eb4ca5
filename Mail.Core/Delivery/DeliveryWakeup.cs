using System.Threading.Channels;

namespace Mail.Core.Delivery;

/// <summary>One loop's alarm clock: rings at once when set, also when it was set before anyone waited.</summary>
public sealed class DeliveryWakeup : IDisposable
{
    private readonly DeliverySignal _signal;
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal DeliveryWakeup(DeliverySignal signal) => _signal = signal;

    /// <summary>Rings now, or at the next wait.</summary>
    public void Set() => _set.Writer.TryWrite(true);

    /// <summary>Waits until it rings or the time is over, whichever comes first. On the machine's clock: a test that moves time must not stop the polling.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        if (_set.Reader.TryRead(out _)) return;
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timer.CancelAfter(atMost);
        try
        {
            await _set.Reader.ReadAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    public void Dispose() => _signal.Unsubscribe(this);
}

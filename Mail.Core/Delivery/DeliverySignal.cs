using System.Collections.Immutable;
using System.Threading.Channels;

namespace Mail.Core.Delivery;

/// <summary>
/// Wakes workers when something became due: those of this process at once, those of other processes by NOTIFY.
/// It only shortens the wait: workers poll every second, so a lost signal costs a second and no message.
/// </summary>
public sealed class DeliverySignal
{
    /// <summary>PostgreSQL's notification channel.</summary>
    internal const string ChannelName = "mail_deliveries";

    private ImmutableArray<DeliveryWakeup> _wakeups = [];

    // One place is enough: however often it is raised while a NOTIFY is under way, one more NOTIFY tells it all.
    private readonly Channel<bool> _toOthers = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Names this process in its own notifications, so that it is not woken twice.</summary>
    internal string Origin { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What <see cref="DeliverySignalSender"/> has to pass on.</summary>
    internal ChannelReader<bool> ToOthers => _toOthers.Reader;

    /// <summary>Call after a commit that made deliveries due. Returns at once, never fails, any thread.</summary>
    public void Raise()
    {
        WakeThisProcess();
        _toOthers.Writer.TryWrite(true);
    }

    /// <summary>For one loop that sleeps between looks at the queue. Dispose it when the loop ends.</summary>
    public DeliveryWakeup Subscribe()
    {
        DeliveryWakeup wakeup = new(this);
        ImmutableInterlocked.Update(ref _wakeups, static (all, added) => all.Add(added), wakeup);
        return wakeup;
    }

    internal void Unsubscribe(DeliveryWakeup wakeup) => ImmutableInterlocked.Update(ref _wakeups, static (all, removed) => all.Remove(removed), wakeup);

    internal void WakeThisProcess()
    {
        foreach (DeliveryWakeup wakeup in _wakeups) wakeup.Set();
    }
}

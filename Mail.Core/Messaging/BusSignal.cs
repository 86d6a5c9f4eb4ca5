using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Mail.Core.Messaging;

/// <summary>Wakes the bus's workers when something became due, as <see cref="Delivery.DeliverySignal"/> does for mail: it only shortens the wait until the next look.</summary>
internal sealed class BusSignal
{
    /// <summary>PostgreSQL's notification channel.</summary>
    public const string ChannelName = "mail_bus";

    // One place each is enough: what is raised while somebody is at it makes one more round.
    private readonly Channel<bool> _here = OnePlace(), _toOthers = OnePlace();

    // Weak: a transaction that is rolled back is forgotten with its object.
    private readonly ConditionalWeakTable<DbTransaction, object> _published = [];

    /// <summary>Names this process in its own notifications.</summary>
    public string Origin { get; } = Guid.NewGuid().ToString("N");

    public ChannelReader<bool> ToOthers => _toOthers.Reader;

    /// <summary>Call after a commit. Returns at once, any thread.</summary>
    public void Raise()
    {
        WakeThisProcess();
        _toOthers.Writer.TryWrite(true);
    }

    /// <summary>Raises when that transaction commits.</summary>
    public void RaiseAfter(DbTransaction transaction) => _published.AddOrUpdate(transaction, this);

    public void WakeThisProcess() => _here.Writer.TryWrite(true);

    /// <summary>For the one loop of this process. On the machine's clock: a test that moves time must not stop the polling.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        if (_here.Reader.TryRead(out _)) return;
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timer.CancelAfter(atMost);
        try
        {
            await _here.Reader.ReadAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    private void Committed(DbTransaction transaction)
    {
        if (_published.Remove(transaction)) Raise();
    }

    private static Channel<bool> OnePlace() => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Hears of the commits of a context.</summary>
    public sealed class Commits(BusSignal signal) : DbTransactionInterceptor
    {
        public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => signal.Committed(transaction);

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            signal.Committed(transaction);
            return Task.CompletedTask;
        }
    }
}

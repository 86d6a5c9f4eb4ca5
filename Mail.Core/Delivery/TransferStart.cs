using Mail.Core.Messages;

namespace Mail.Core.Delivery;

/// <summary>
/// Whether the transfer of a parcel may begin, asked by the relay when it is ready: a lease that is nearly over, or was lost meanwhile, starts
/// nothing. A message that must not arrive twice leaves its mark first. Remembers the answer: only what has begun can be of unknown outcome.
/// </summary>
internal sealed class TransferStart(Parcel parcel, DeliveryQueue queue, DeliveryLeases leases)
{
    /// <summary>Whether the relay that is offered the parcel now was told to begin.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Why the mark could not be written; null when that was not the trouble.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Another relay is offered the parcel: the ones before have not taken it.</summary>
    public void NextRelay() => HasBegun = false;

    /// <exception cref="OperationCanceledException">The token was cancelled. Nothing else is thrown: a fault of the database is no reply of the relay.</exception>
    public async ValueTask<bool> MayBeginAsync(CancellationToken ct)
    {
        if (!AreSafe()) return false;
        if (parcel.Message.Guarantee == DeliveryGuarantee.AtMostOnce && !await TryMarkAsync(ct)) return false;
        return HasBegun = true;
    }

    private async Task<bool> TryMarkAsync(CancellationToken ct)
    {
        try
        {
            long since = DeliveryLeases.Now;
            int marked = (await queue.MarkDataStartedAsync(parcel.Deliveries, ct)).Count;
            foreach (Delivery delivery in parcel.Deliveries) leases.Extend(delivery, since);
            return marked == parcel.Deliveries.Count && AreSafe(); // the database may have taken its time
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Fault = e;
            return false;
        }
    }

    private bool AreSafe() => parcel.Deliveries.All(leases.IsSafe);
}

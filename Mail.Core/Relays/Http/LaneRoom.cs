using System.Diagnostics.CodeAnalysis;
using Mail.Core.Messages;

namespace Mail.Core.Relays.Http;

/// <summary>How many requests are under way at the same time; some places are kept for critical messages, so that a flood of others never makes a code wait.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asked for holds nothing that must be freed.")]
internal sealed class LaneRoom(int places, int forCritical)
{
    private readonly SemaphoreSlim _all = new(places);
    private readonly SemaphoreSlim _forOthers = new(Math.Max(1, places - forCritical));

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task EnterAsync(Lane lane, CancellationToken ct)
    {
        if (lane != Lane.Critical) await _forOthers.WaitAsync(ct);
        try
        {
            await _all.WaitAsync(ct);
        }
        catch
        {
            if (lane != Lane.Critical) _forOthers.Release();
            throw;
        }
    }

    public void Leave(Lane lane)
    {
        _all.Release();
        if (lane != Lane.Critical) _forOthers.Release();
    }
}

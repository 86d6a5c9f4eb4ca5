namespace Mail.Protocol.Smtp;

/// <summary>A time limit that is used again and again, joined with the caller's token. One per direction of a connection: no timer and no
/// token source is made per command.</summary>
internal sealed class Deadline(TimeProvider clock) : IDisposable
{
    private CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, clock);
    private CancellationTokenRegistration _outer;

    /// <summary>Starts the limit; the token fires when the time is over or the caller's token does. The two are told apart by asking the caller's token.</summary>
    public CancellationToken Start(TimeSpan timeout, CancellationToken outer)
    {
        _outer = outer.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        _source.CancelAfter(timeout);
        return _source.Token;
    }

    /// <summary>Ends the limit.</summary>
    public void Stop()
    {
        _outer.Dispose();
        if (_source.TryReset()) return;
        _source.Dispose();
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
    }

    public void Dispose() => _source.Dispose();
}

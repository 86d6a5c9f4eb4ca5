namespace Mail.Protocol.Dkim;

/// <summary>A few objects that one thread at a time may use, kept between uses instead of made anew. Without a lock.</summary>
internal sealed class IdleSlots<T>(Func<T> make) : IDisposable where T : class, IDisposable
{
    private readonly T?[] _idle = new T?[Math.Clamp(Environment.ProcessorCount, 2, 64)];
    private volatile bool _disposed;

    public T Take()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        foreach (ref T? slot in _idle.AsSpan())
            if (slot is not null && Interlocked.Exchange(ref slot, null) is { } idle) return idle;
        return make();
    }

    /// <summary>Gives back what <see cref="Take"/> gave, in a state in which the next one can use it.</summary>
    public void Return(T item)
    {
        foreach (ref T? slot in _idle.AsSpan())
            if (slot is null && Interlocked.CompareExchange(ref slot, item, null) is null)
            {
                if (_disposed) Dispose();
                return;
            }
        item.Dispose();
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (ref T? slot in _idle.AsSpan()) Interlocked.Exchange(ref slot, null)?.Dispose();
    }
}

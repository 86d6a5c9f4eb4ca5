namespace Mail.Core.Relays;

/// <summary>
/// Leaves a relay alone while it cannot be used: its messages wait without being tried one by one, and a probe, after growing delays,
/// finds out when it is back. Safe for many threads.
/// </summary>
public sealed class RelayPause(RelayOptions options, TimeProvider clock)
{
    private static readonly TimeSpan _shortestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private RelayFault? _fault;
    private TimeSpan _delay;
    private DateTimeOffset _since;
    private DateTimeOffset _probeAt;
    private bool _onTrial;

    /// <summary>Why it is paused; null while it is in use.</summary>
    public RelayFault? Fault
    {
        get
        {
            lock (_lock) return _fault;
        }
    }

    /// <summary>When the next probe is due; null while it is in use.</summary>
    public DateTimeOffset? ProbeAt
    {
        get
        {
            lock (_lock) return _fault is null ? null : _probeAt;
        }
    }

    /// <summary>The relay could not be used. Failures of sends that ran side by side count as one: only one after the pause makes it longer.</summary>
    /// <returns>Whether this began the pause.</returns>
    public bool Begin(RelayFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            bool begins = _fault is null;
            if (begins && !_onTrial) (_since, _delay) = (now, options.FirstPause);
            else if (!begins && now < _probeAt) return false;
            else _delay *= 2;
            TimeSpan longest = fault.IsPermanent ? options.MaxPauseAfterRefusal : options.MaxPause;
            if (_delay > longest) _delay = longest;
            _fault = fault;
            _probeAt = now + _delay;
            return begins;
        }
    }

    /// <summary>The relay answered to a message.</summary>
    /// <returns>Whether this ended a pause.</returns>
    public bool End() => End(onTrial: false);

    /// <summary>
    /// A probe found the relay ready. It cannot see whether the relay takes messages, so a failure before the first answer to a message goes on
    /// with the pause where it ended.
    /// </summary>
    /// <returns>Whether this ended a pause.</returns>
    public bool EndOnTrial() => End(onTrial: true);

    /// <summary>
    /// Until when a message waits if nothing calls it back. The probe does, so this is only a net below it; it grows with the pause,
    /// because every look at a waiting message costs a write.
    /// </summary>
    public DateTimeOffset MessagesWaitUntil()
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            TimeSpan wait = _fault is null ? _shortestWait : (now - _since) / 2;
            if (wait < _shortestWait) wait = _shortestWait;
            if (wait > _longestWait) wait = _longestWait;
            return now + wait * (0.9 + Random.Shared.NextDouble() * 0.2);
        }
    }

    private bool End(bool onTrial)
    {
        lock (_lock)
        {
            if (_fault is null)
            {
                _onTrial &= onTrial;
                return false;
            }

            (_fault, _onTrial) = (null, onTrial);
            return true;
        }
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Mail.Core.Relays;

/// <summary>
/// The circuit breaker of one relay. Closed, messages pass. Open, because the relay could not be used, they go elsewhere or wait without being
/// tried one by one, and a probe, after growing delays, finds out when it is back. Then it is half open: one message at a time, until the first is
/// answered, because a probe cannot see whether the relay takes messages. Safe for many threads.
/// </summary>
public sealed class RelayBreaker(RelayOptions options, TimeProvider clock)
{
    private static readonly TimeSpan _shortestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan _longestPause = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly RelayHealth _health = new(options, clock);
    private RelayFault? _fault;
    private RelayFault? _trialOf;
    private TimeSpan _delay;
    private DateTimeOffset _since;
    private DateTimeOffset _probeAt;
    private int _inside;

    /// <summary>Why it is open; null while it is not.</summary>
    public RelayFault? Fault
    {
        get
        {
            lock (_lock) return _fault;
        }
    }

    /// <summary>When the next probe is due; null while it is not open.</summary>
    public DateTimeOffset? ProbeAt
    {
        get
        {
            lock (_lock) return _fault is null ? null : _probeAt;
        }
    }

    /// <summary>Whether it is half open: messages are wanted, one at a time.</summary>
    public bool IsHalfOpen
    {
        get
        {
            lock (_lock) return _trialOf is not null;
        }
    }

    /// <summary>Asks to offer a message. Who may, calls <see cref="Leave"/> after it.</summary>
    /// <param name="fault">Why not; null when the result is true.</param>
    public bool TryEnter([NotNullWhen(false)] out RelayFault? fault)
    {
        lock (_lock)
        {
            fault = _fault ?? (_inside > 0 && _trialOf is not null ? _trialOf with { IsOnTrial = true } : null);
            if (fault is null) _inside++;
            return fault is null;
        }
    }

    public void Leave()
    {
        lock (_lock) _inside--;
    }

    /// <summary>The relay could not be used. Failures of sends that ran side by side count as one: only one after the pause makes it longer.</summary>
    /// <returns>Whether this opened it.</returns>
    public bool Open(RelayFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_lock) return OpenLocked(fault);
    }

    /// <summary>The relay answered to a message, well or with a refusal that is its own trouble.</summary>
    /// <param name="refusal">Its words when it served nobody for reasons of its own; null else.</param>
    /// <param name="took">How long it had the message.</param>
    /// <param name="hasOthers">Whether other relays could serve instead: only then is a slow one left alone.</param>
    /// <param name="recipient">Who was served, or was refused in words that may be about his domain alone; null when a refusal is about the relay.</param>
    /// <returns>What this changed.</returns>
    public BreakerChange Answered(string? refusal, TimeSpan took, bool hasOthers, string? recipient = null)
    {
        lock (_lock)
        {
            if (refusal is not null && _trialOf is not null && recipient is null) return OpenLocked(new RelayFault(refusal, IsPermanent: false)) ? BreakerChange.Opened : BreakerChange.None;
            if (_health.Note(refusal, took, hasOthers, recipient) is { } fault) return OpenLocked(fault) ? BreakerChange.Opened : BreakerChange.None;
            if (refusal is not null || (_fault is null && _trialOf is null)) return BreakerChange.None;
            (_fault, _trialOf) = (null, null);
            return BreakerChange.Closed;
        }
    }

    /// <summary>The relay asks to be left alone for some time; it is probed when that is over.</summary>
    /// <returns>Whether this opened it.</returns>
    public bool Pause(RelayFault fault, TimeSpan wait)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            DateTimeOffset until = now + (wait < _longestPause ? wait : _longestPause);
            bool opens = _fault is null;
            if (opens && _trialOf is null) (_since, _delay) = (now, options.FirstPause);
            (_fault, _trialOf) = (fault, null);
            if (opens || _probeAt < until) _probeAt = until;
            _health.Clear();
            return opens;
        }
    }

    /// <summary>A probe found the relay ready. A failure before the first answer to a message goes on with the pause where it ended.</summary>
    /// <returns>Whether this ended a pause.</returns>
    public bool HalfOpen()
    {
        lock (_lock)
        {
            if (_fault is null) return false;
            (_fault, _trialOf) = (null, _fault);
            return true;
        }
    }

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

    private bool OpenLocked(RelayFault fault)
    {
        DateTimeOffset now = clock.GetUtcNow();
        bool opens = _fault is null;
        if (opens && _trialOf is null) (_since, _delay) = (now, options.FirstPause);
        else if (!opens && now < _probeAt) return false;
        else _delay *= 2;
        TimeSpan longest = fault.IsPermanent ? options.MaxPauseAfterRefusal : options.MaxPause;
        if (_delay > longest) _delay = longest;
        (_fault, _trialOf) = (fault, null);
        _probeAt = now + _delay;
        _health.Clear();
        return opens;
    }
}

public enum BreakerChange
{
    None,
    Opened,
    Closed,
}

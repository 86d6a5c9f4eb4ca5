using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Mail.Core.Common;

/// <summary>
/// Redis, for those who can do without it. No question waits for a connection, but for the first one a moment, and none fails: after one that did, or
/// took too long, Redis is left alone for a moment. What it holds may be lost.
/// </summary>
/// <param name="patience">For how long an answer is waited for.</param>
public sealed partial class RedisAccess(IServiceProvider services, TimeSpan patience, ILogger logger)
{
    /// <summary>Until Redis has answered for the first time: all is slow in a process that has just begun.</summary>
    private static readonly TimeSpan _firstPatience = TimeSpan.FromSeconds(2);
    private const long PauseMilliseconds = 2000;

    private readonly Lock _lock = new();
    private Task<IConnectionMultiplexer?>? _connecting;
    private long _pausedUntil, _connectingSince;
    private volatile bool _isAway, _hasAnswered;

    private TimeSpan Patience => _hasAnswered || patience > _firstPatience ? patience : _firstPatience;

    /// <summary>Whether there is one to be away: with none configured, alone is as it should be.</summary>
    public bool IsConfigured => _connecting is not { IsCompletedSuccessfully: true, Result: null };

    /// <summary>Asks.</summary>
    /// <param name="ask">One question: a script, so that it is one step for everybody.</param>
    /// <param name="tooLate">What to do with an answer that came after its time.</param>
    /// <returns>False when Redis is away or did not answer in time.</returns>
    public async ValueTask<(bool Answered, T? Answer)> AskAsync<T>(Func<IDatabase, Task<T>> ask, Action<T>? tooLate = null)
    {
        ArgumentNullException.ThrowIfNull(ask);
        if (_connecting is not { IsCompleted: true }) await FirstConnectionAsync();
        if (Redis() is not { } redis) return default;
        Task<T>? asking = null;
        try
        {
            asking = ask(redis);
            T answer = await asking.WaitAsync(Patience);
            IsBack();
            return (true, answer);
        }
        catch (Exception e)
        {
            Pause(e);
            _ = asking?.ContinueWith(late => Late(late, tooLate), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return default;
        }
    }

    /// <summary>Does, without waiting for the first connection.</summary>
    /// <returns>False when Redis is away or did not answer in time.</returns>
    public async ValueTask<bool> TryAsync(Func<IDatabase, Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        if (Redis() is not { } redis) return false;
        try
        {
            await act(redis).WaitAsync(Patience);
            IsBack();
            return true;
        }
        catch (Exception e)
        {
            Pause(e);
            return false;
        }
    }

    /// <summary>Null while it is away.</summary>
    private IDatabase? Redis()
    {
        if (Environment.TickCount64 < Interlocked.Read(ref _pausedUntil)) return null;
        Task<IConnectionMultiplexer?> connecting = Connecting();
        if (!connecting.IsCompletedSuccessfully || connecting.Result is not { } multiplexer) return null;
        if (multiplexer.IsConnected) return multiplexer.GetDatabase();
        if (!_isAway) Pause(null);
        return null;
    }

    /// <summary>Processes that start together would else each begin with limits of their own.</summary>
    private async ValueTask FirstConnectionAsync()
    {
        Task<IConnectionMultiplexer?> connecting = Connecting();
        long since = Environment.TickCount64;
        if (Interlocked.CompareExchange(ref _connectingSince, since, 0) is var begun and not 0) since = begun;
        TimeSpan left = _firstPatience - TimeSpan.FromMilliseconds(Environment.TickCount64 - since);
        if (left > TimeSpan.Zero) await Task.WhenAny(connecting, Task.Delay(left));
    }

    /// <summary>The first connection blocks until it stands or its time is over: never on the thread of who asks.</summary>
    private Task<IConnectionMultiplexer?> Connecting()
    {
        lock (_lock)
        {
            if (_connecting is { IsFaulted: true } failed)
            {
                _connecting = null;
                Pause(failed.Exception!.InnerException);
            }

            return _connecting ??= Task.Run(services.GetService<IConnectionMultiplexer>);
        }
    }

    private static void Late<T>(Task<T> late, Action<T>? tooLate)
    {
        if (late.IsCompletedSuccessfully) tooLate?.Invoke(late.Result);
        else _ = late.Exception; // known already
    }

    private void Pause(Exception? e)
    {
        Interlocked.Exchange(ref _pausedUntil, Environment.TickCount64 + PauseMilliseconds);
        if (_isAway) return;
        _isAway = true;
        LogAway(e);
    }

    private void IsBack()
    {
        _hasAnswered = true;
        if (!_isAway) return;
        _isAway = false;
        LogBack();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer: until it does, limits are kept by each process for itself, and those of sign-ins in the database")]
    private partial void LogAway(Exception? e);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis answers again: limits are shared by all processes")]
    private partial void LogBack();
}

using System.Runtime.CompilerServices;

namespace Mail.Protocol.Smtp;

/// <summary>
/// The open connections to one server and account. The one used last is used first, so that those not needed fall idle and are closed.
/// A caller holds a place, with or without a connection, from renting to returning; who finds none free waits in order, urgent ones first.
/// </summary>
internal sealed class SmtpServerPool(SmtpConnectionOptions server, SmtpPoolOptions options)
{
    private readonly Lock _lock = new();
    private readonly List<(SmtpConnection Connection, long Since)> _idle = [];
    private readonly LinkedList<TaskCompletionSource> _urgent = new();
    private readonly LinkedList<TaskCompletionSource> _others = new();
    private int _places;
    private int _placesOfOthers;
    private bool _isClosed;

    /// <summary>Waits for a place, then gives an open connection or opens one.</summary>
    /// <returns>Null when this pool was given up because nobody used it.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SmtpPooledConnection?> RentAsync(SmtpPoolRequest request, bool mustBeNew, CancellationToken ct)
    {
        bool isUrgent = request.IsUrgent;
        if (Enter(isUrgent, out LinkedListNode<TaskCompletionSource>? waiter) is false) return null;
        if (waiter is not null) await WaitAsync(waiter, isUrgent, ct).ConfigureAwait(false);
        try
        {
            SmtpConnection? idle = await TakeIdleAsync(mustBeNew).ConfigureAwait(false);
            SmtpConnection connection = idle ?? await OpenAsync(request, ct).ConfigureAwait(false);
            connection.Transcript = request.Transcript;
            return new SmtpPooledConnection(this, connection, wasIdle: idle is not null, isUrgent);
        }
        catch
        {
            Leave(isUrgent);
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReturnAsync(SmtpConnection connection, bool isUrgent)
    {
        connection.Transcript = null;
        try
        {
            // Whether the server has closed it meanwhile is asked when it is taken again.
            if (!connection.IsHealthy) await connection.DisposeAsync().ConfigureAwait(false);
            else if (connection.TransactionCount >= options.MaxTransactions || !TryKeep(connection)) await connection.QuitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            Leave(isUrgent);
        }
    }

    /// <summary>Takes what has been idle for too long, the longest first. Where nothing is left, the pool is given up and will rent nothing any more.</summary>
    public List<SmtpConnection> TakeExpired(out bool isUnused)
    {
        lock (_lock)
        {
            int count = 0;
            while (count < _idle.Count && options.Clock.GetElapsedTime(_idle[count].Since) >= options.IdleTimeout) count++;
            List<SmtpConnection> expired = [.. _idle.Take(count).Select(i => i.Connection)];
            _idle.RemoveRange(0, count);
            isUnused = _places == 0 && _idle.Count == 0;
            if (isUnused) _isClosed = true;
            return expired;
        }
    }

    /// <summary>Ends renting: who waits gets an <see cref="ObjectDisposedException"/>.</summary>
    /// <returns>What was idle; what is in use is closed when it comes back.</returns>
    public List<SmtpConnection> Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (TaskCompletionSource waiter in _urgent.Concat(_others)) waiter.TrySetException(new ObjectDisposedException(nameof(SmtpConnectionPool)));
            _urgent.Clear();
            _others.Clear();
            List<SmtpConnection> idle = [.. _idle.Select(i => i.Connection)];
            _idle.Clear();
            return idle;
        }
    }

    private async Task<SmtpConnection> OpenAsync(SmtpPoolRequest request, CancellationToken ct)
    {
        if (!options.KeepsConversations) return await SmtpConnection.ConnectAsync(server, request.Transcript, ct).ConfigureAwait(false);
        SmtpTranscript opening = request.Transcript ?? new SmtpTranscript(clock: options.Clock);
        try
        {
            SmtpConnection connection = await SmtpConnection.ConnectAsync(server, opening, ct).ConfigureAwait(false);
            connection.KeepJournal(opening, options.Clock);
            return connection;
        }
        catch (SmtpConnectException)
        {
            request.OnTrouble?.Invoke(opening);
            throw;
        }
    }

    /// <summary>Takes a place, or makes a waiter that gets one in its turn.</summary>
    /// <returns>False when the pool is closed.</returns>
    private bool Enter(bool isUrgent, out LinkedListNode<TaskCompletionSource>? waiter)
    {
        lock (_lock)
        {
            waiter = null;
            if (_isClosed) return false;
            LinkedList<TaskCompletionSource> queue = isUrgent ? _urgent : _others;
            if (queue.Count == 0 && HasPlace(isUrgent)) Occupy(isUrgent);
            else waiter = queue.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return true;
        }
    }

    private async ValueTask WaitAsync(LinkedListNode<TaskCompletionSource> waiter, bool isUrgent, CancellationToken ct)
    {
        using CancellationTokenRegistration cancellation = ct.UnsafeRegister(_ =>
        {
            lock (_lock)
            {
                if (waiter.List is null) return; // it has its place, or the pool is closed
                waiter.List.Remove(waiter);
            }
            waiter.Value.TrySetCanceled(ct);
        }, null);
        await waiter.Value.Task.ConfigureAwait(false);
    }

    private void Leave(bool isUrgent)
    {
        lock (_lock)
        {
            _places--;
            if (!isUrgent) _placesOfOthers--;
            while (_urgent.First is { } urgent && HasPlace(isUrgent: true)) Admit(_urgent, urgent, isUrgent: true);
            while (_others.First is { } other && HasPlace(isUrgent: false)) Admit(_others, other, isUrgent: false);
        }
    }

    private void Admit(LinkedList<TaskCompletionSource> queue, LinkedListNode<TaskCompletionSource> waiter, bool isUrgent)
    {
        queue.Remove(waiter);
        Occupy(isUrgent);
        waiter.Value.TrySetResult();
    }

    private bool HasPlace(bool isUrgent) => _places < options.MaxConnections && (isUrgent || _placesOfOthers < options.MaxForOthers);

    private void Occupy(bool isUrgent)
    {
        _places++;
        if (!isUrgent) _placesOfOthers++;
    }

    /// <summary>The connection used last that is still alive. When a new one is wanted and all are open, the oldest makes room.</summary>
    private async ValueTask<SmtpConnection?> TakeIdleAsync(bool mustBeNew)
    {
        while (true)
        {
            SmtpConnection taken;
            lock (_lock)
            {
                if (_idle.Count == 0 || (mustBeNew && _places + _idle.Count <= options.MaxConnections)) return null;
                int index = mustBeNew ? 0 : _idle.Count - 1;
                taken = _idle[index].Connection;
                _idle.RemoveAt(index);
            }
            if (!mustBeNew && taken.IsReusable) return taken;
            await taken.DisposeAsync().ConfigureAwait(false); // dead, or as likely to be dead as the one before: nothing is left to say
        }
    }

    private bool TryKeep(SmtpConnection connection)
    {
        lock (_lock)
        {
            if (_isClosed) return false;
            _idle.Add((connection, options.Clock.GetTimestamp()));
            return true;
        }
    }
}

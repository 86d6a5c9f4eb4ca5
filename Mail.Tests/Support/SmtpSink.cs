using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Mail.Tests.Support;

/// <summary>
/// An SMTP server for tests on a free loopback port: it keeps every message it takes, and a script may refuse, hang or drop at any step:
/// <code>sink.Script = step => step is { Stage: SmtpSinkStage.Rcpt, Argument: "bad@example.com" } ? SmtpSinkAction.Reply(550, "5.1.1 no such user") : null;</code>
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly ConcurrentQueue<SmtpSinkMessage> _messages = new();
    private readonly ConcurrentDictionary<int, (Socket Socket, Task Session)> _sessions = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _stop = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _connections;

    private SmtpSink(SmtpSinkOptions options)
    {
        Options = options;
        Port = options.Port is 0 ? FreePort.Next() : options.Port;
    }

    public static string Host => "127.0.0.1";

    public SmtpSinkOptions Options { get; }

    public int Port { get; }

    /// <summary>Asked at every step; null accepts. May be changed at any time, and is called by several connections at once.</summary>
    public Func<SmtpSinkStep, SmtpSinkAction?>? Script { get; set; }

    /// <summary>What has been taken until now, in order.</summary>
    public IReadOnlyList<SmtpSinkMessage> Messages => [.. _messages];

    public int MessageCount => _messages.Count;

    /// <summary>How many connections were ever accepted.</summary>
    public int ConnectionCount => Volatile.Read(ref _connections);

    /// <summary>How many of them are open.</summary>
    public int OpenConnectionCount => _sessions.Count;

    /// <summary>Makes a sink that listens when this returns.</summary>
    public static SmtpSink Start(SmtpSinkOptions? options = null)
    {
        SmtpSink sink = new(options ?? new SmtpSinkOptions());
        sink.Resume();
        return sink;
    }

    /// <summary>Stops listening and cuts every connection, as a relay that is down. The messages and the port are kept for <see cref="Resume"/>.</summary>
    public async Task PauseAsync()
    {
        await _stop.CancelAsync();
        _listener?.Dispose();
        await _accepting;
        foreach ((Socket socket, _) in _sessions.Values) socket.Dispose();
        await Task.WhenAll(_sessions.Values.Select(s => s.Session));
        _sessions.Clear();
    }

    /// <summary>Listens again, on the same port.</summary>
    public void Resume()
    {
        _stop = new CancellationTokenSource();
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        _listener.Listen(512);
        _accepting = AcceptAsync(_listener, _stop.Token);
    }

    /// <summary>Waits until at least this many messages were taken.</summary>
    /// <exception cref="TimeoutException">Too few came; the text says how many.</exception>
    public Task<IReadOnlyList<SmtpSinkMessage>> WaitForAsync(int count, TimeSpan? timeout = null) =>
        WaitForAsync(messages => messages.Count >= count, timeout, () => $"{_messages.Count} of {count} messages came.");

    /// <summary>Waits until the messages taken fulfil a condition.</summary>
    /// <exception cref="TimeoutException">They did not in time.</exception>
    public Task<IReadOnlyList<SmtpSinkMessage>> WaitForAsync(Func<IReadOnlyList<SmtpSinkMessage>, bool> condition, TimeSpan? timeout = null) =>
        WaitForAsync(condition, timeout, () => $"The condition does not hold for the {_messages.Count} messages that came.");

    public async ValueTask DisposeAsync()
    {
        await PauseAsync();
        _stop.Dispose();
    }

    internal SmtpSinkAction? Ask(SmtpSinkStep step) => Script?.Invoke(step);

    internal void Take(SmtpSinkMessage message)
    {
        _messages.Enqueue(message);
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <param name="what">Says what is missing when the time is over.</param>
    public async Task<IReadOnlyList<SmtpSinkMessage>> WaitForAsync(Func<IReadOnlyList<SmtpSinkMessage>, bool> condition, TimeSpan? timeout, Func<string> what)
    {
        TimeSpan limit = timeout ?? TimeSpan.FromSeconds(30);
        using CancellationTokenSource late = new(limit);
        while (true)
        {
            Task changed = Volatile.Read(ref _changed).Task;
            IReadOnlyList<SmtpSinkMessage> messages = Messages;
            if (condition(messages)) return messages;
            try { await changed.WaitAsync(late.Token); }
            catch (OperationCanceledException) { throw new TimeoutException($"Within {limit.TotalSeconds} s: {what()}"); }
        }
    }

    private async Task AcceptAsync(Socket listener, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            Socket socket;
            try { socket = await listener.AcceptAsync(ct); }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { return; }
            int number = Interlocked.Increment(ref _connections);
            _sessions[number] = (socket, RunAsync(socket, number, ct));
        }
    }

    private async Task RunAsync(Socket socket, int number, CancellationToken ct)
    {
        await Task.Yield(); // the session is registered before it runs
        // A client that goes away in the middle is part of what tests do, and so is a server that is stopped as one comes.
        try
        {
            socket.NoDelay = true;
            using NetworkStream stream = new(socket, ownsSocket: true);
            await new SmtpSinkSession(this, number).RunAsync(stream, ct);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException or System.Security.Authentication.AuthenticationException) { }
        finally { _sessions.TryRemove(number, out _); }
    }
}

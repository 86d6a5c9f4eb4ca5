using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mail.Benchmarks.Load;

/// <summary>An SMTP server that takes everything, at once or after a while, and remembers when the first copy for each recipient came. As little work as can be.</summary>
internal sealed class CountingSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, long> _arrivals = new(StringComparer.Ordinal);
    private long _messages;

    private readonly Action<string, ReadOnlySequence<byte>>? _look;
    private readonly TimeSpan _answersAfter;
    private int _connections;

    /// <param name="look">Gets each recipient and mail; only for a benchmark that needs what stands in them.</param>
    /// <param name="answersAfter">How long it thinks about each mail, as a server does that checks it.</param>
    public CountingSink(Action<string, ReadOnlySequence<byte>>? look = null, TimeSpan answersAfter = default)
    {
        (_look, _answersAfter) = (look, answersAfter);
        _listener.Start(512);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every copy counts.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Recipients seen.</summary>
    public int Recipients => _arrivals.Count;

    /// <summary>How many clients are connected now.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <returns>The Stopwatch timestamp of the first arrival, or null.</returns>
    public long? ArrivalOf(string recipient) => _arrivals.TryGetValue(recipient, out long at) ? at : null;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return; // disposed
            }

            _ = ServeAsync(socket);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using Socket owned = socket;
        socket.NoDelay = true;
        await using NetworkStream stream = new(socket);
        PipeReader input = PipeReader.Create(stream);
        await stream.WriteAsync("220 sink ESMTP\r\n"u8.ToArray());
        bool inData = false;
        List<string> recipients = [];
        ArrayBufferWriter<byte> output = new();
        Interlocked.Increment(ref _connections);
        try
        {
            while (true)
            {
                ReadResult read = await input.ReadAsync();
                ReadOnlySequence<byte> buffer = read.Buffer;
                bool wasInData = inData;
                bool quit = Process(ref buffer, ref inData, recipients, output);
                input.AdvanceTo(buffer.Start, buffer.End);
                if (_answersAfter > TimeSpan.Zero && wasInData && !inData) await Task.Delay(_answersAfter);
                if (output.WrittenCount > 0)
                {
                    await stream.WriteAsync(output.WrittenMemory);
                    output.ResetWrittenCount();
                }

                if (quit || read.IsCompleted) return;
            }
        }
        catch (IOException)
        {
            // the client went away, as clients do when a benchmark ends
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private bool Process(ref ReadOnlySequence<byte> buffer, ref bool inData, List<string> recipients, ArrayBufferWriter<byte> output)
    {
        while (true)
        {
            SequenceReader<byte> reader = new(buffer);
            if (inData)
            {
                if (!reader.TryReadTo(out ReadOnlySequence<byte> mail, "\r\n.\r\n"u8)) return false;
                buffer = buffer.Slice(reader.Position);
                inData = false;
                long now = Stopwatch.GetTimestamp();
                foreach (string recipient in recipients)
                {
                    _arrivals.TryAdd(recipient, now);
                    _look?.Invoke(recipient, mail);
                }

                recipients.Clear();
                Interlocked.Increment(ref _messages);
                output.Write("250 2.0.0 ok\r\n"u8);
                continue;
            }

            if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8)) return false;
            string command = Encoding.ASCII.GetString(line);
            buffer = buffer.Slice(reader.Position);
            if (command.StartsWith("EHLO", StringComparison.OrdinalIgnoreCase)) output.Write("250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 50000000\r\n"u8);
            else if (command.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                inData = true;
                output.Write("354 go\r\n"u8);
            }
            else if (command.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                output.Write("221 bye\r\n"u8);
                return true;
            }
            else
            {
                if (command.StartsWith("RCPT TO:<", StringComparison.OrdinalIgnoreCase)) recipients.Add(command[9..command.IndexOf('>', StringComparison.Ordinal)]);
                output.Write("250 2.1.0 ok\r\n"u8);
            }
        }
    }
}

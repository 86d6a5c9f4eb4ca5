using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mail.Benchmarks.Load;

/// <summary>
/// A closed loop of POST /emails over keep-alive connections, one request under way on each. Written on sockets because it shares its two
/// cores with the system that it measures: what the load costs must not become the result.
/// </summary>
internal sealed class HttpLoad(Uri endpoint, string apiKey)
{
    /// <param name="body">The JSON for the nth request.</param>
    /// <returns>How many were answered 200, how many otherwise, over how long, and each answer's time in milliseconds.</returns>
    public async Task<LoadResult> RunAsync(int connections, TimeSpan duration, Func<int, string> body)
    {
        int number = 0;
        long started = Stopwatch.GetTimestamp();
        Task<(List<double> Good, int Bad)>[] running = [.. Enumerable.Range(0, connections).Select(_ => Task.Run(() => LoopAsync(() => body(Interlocked.Increment(ref number)), started, duration)))];
        (List<double> Good, int Bad)[] results = await Task.WhenAll(running);
        return new LoadResult(results.Sum(r => r.Good.Count), results.Sum(r => r.Bad), Stopwatch.GetElapsedTime(started), [.. results.SelectMany(r => r.Good).Order()]);
    }

    /// <summary>One request on a connection of its own.</summary>
    public async Task<bool> SendOneAsync(Socket socket, string body)
    {
        byte[] buffer = new byte[4096];
        await socket.SendAsync(Request(body));
        return await ReadAnswerAsync(socket, buffer);
    }

    public async Task<Socket> ConnectAsync()
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new DnsEndPoint(endpoint.Host, endpoint.Port));
        return socket;
    }

    private async Task<(List<double> Good, int Bad)> LoopAsync(Func<string> body, long started, TimeSpan duration)
    {
        using Socket socket = await ConnectAsync();
        byte[] buffer = new byte[4096];
        List<double> good = new(50_000);
        int bad = 0;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            byte[] request = Request(body());
            long sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            if (await ReadAnswerAsync(socket, buffer)) good.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            else bad++;
        }

        return (good, bad);
    }

    private byte[] Request(string body) => Encoding.UTF8.GetBytes(
        $"POST {endpoint.AbsolutePath} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nAuthorization: Bearer {apiKey}\r\nContent-Type: application/json\r\n" +
        $"Content-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}");

    /// <summary>Answers are small and come whole or in a few pieces; the body's end is known by Content-Length or by the last chunk.</summary>
    private static async Task<bool> ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        int length = 0;
        while (true)
        {
            int read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new IOException("The API closed the connection.");
            length += read;
            ReadOnlySpan<byte> answer = buffer.AsSpan(0, length);
            int headersEnd = answer.IndexOf("\r\n\r\n"u8);
            if (headersEnd < 0) continue;
            if (!IsWhole(answer, headersEnd)) continue;
            return answer.StartsWith("HTTP/1.1 200"u8);
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer, int headersEnd)
    {
        int at = answer[..headersEnd].IndexOf("Content-Length: "u8);
        if (at < 0) return answer.EndsWith("0\r\n\r\n"u8);
        ReadOnlySpan<byte> value = answer[(at + 16)..];
        value = value[..value.IndexOf("\r\n"u8)];
        return answer.Length - headersEnd - 4 >= int.Parse(value, CultureInfo.InvariantCulture);
    }
}

/// <param name="Milliseconds">Answer times, in order.</param>
internal sealed record LoadResult(int Good, int Bad, TimeSpan Took, double[] Milliseconds)
{
    public double PerSecond => Good / Took.TotalSeconds;
}

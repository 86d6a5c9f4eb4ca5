using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Mail.Tests.Support;

/// <summary>A client that says what a test wants it to say, and hears what the server answers.</summary>
internal sealed class SmtpTalk : IDisposable
{
    private readonly TcpClient _client = new();
    private Stream _stream = Stream.Null;

    /// <summary>Connects, hears the greeting and says EHLO.</summary>
    public static async Task<SmtpTalk> StartAsync(int port, bool implicitTls = false)
    {
        SmtpTalk talk = new();
        await talk._client.ConnectAsync(IPAddress.Loopback, port);
        talk._stream = talk._client.GetStream();
        if (implicitTls) await talk.SecureAsync();
        await talk.ReadAsync();
        await talk.AskAsync("EHLO client.example.com");
        return talk;
    }

    /// <summary>With AUTH PLAIN.</summary>
    public static async Task<SmtpTalk> SignInAsync(int port, string key, bool implicitTls = false)
    {
        SmtpTalk talk = await StartAsync(port, implicitTls);
        string answer = await talk.AuthAsync(key);
        Assert.StartsWith("235 2.7.0", answer, StringComparison.Ordinal);
        return talk;
    }

    public Task<string> AuthAsync(string key, string user = "anything") => AskAsync("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{key}")));

    /// <summary>The whole reply, its lines parted by LF.</summary>
    public async Task<string> AskAsync(string line)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
        return await ReadAsync();
    }

    /// <summary>One message, whose lines may end as they like.</summary>
    /// <returns>The reply to the content, or the first refusal before it.</returns>
    public async Task<string> SendAsync(string from, string[] to, string content) => await SendAsync(from, to, Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n")));

    public async Task<string> SendAsync(string from, string[] to, byte[] content)
    {
        string answer = await AskAsync($"MAIL FROM:<{from}>");
        foreach (string recipient in to)
            if (answer[0] == '2') answer = await AskAsync($"RCPT TO:<{recipient}>");
        if (answer[0] != '2')
        {
            await AskAsync("RSET");
            return answer;
        }

        await _stream.WriteAsync(Encoding.ASCII.GetBytes($"BDAT {content.Length} LAST\r\n"));
        await _stream.WriteAsync(content);
        return await ReadAsync();
    }

    public async Task SecureAsync()
    {
#pragma warning disable CA5359 // a test's own server on this machine
        SslStream tls = new(_stream, leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync("localhost");
        _stream = tls;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private async Task<string> ReadAsync()
    {
        StringBuilder reply = new();
        byte[] one = new byte[1];
        for (int lineStart = 0; ;)
        {
            if (await _stream.ReadAsync(one) == 0) return reply.ToString();
            if (one[0] == '\r') continue;
            reply.Append((char)one[0]);
            if (one[0] != '\n') continue;
            if (reply.Length - lineStart > 3 && reply[lineStart + 3] == ' ') return reply.ToString().TrimEnd('\n');
            lineStart = reply.Length;
        }
    }
}

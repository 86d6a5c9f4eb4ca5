using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mail.Tests.Support;

/// <summary>Answers Postfix's questions about passwords (Dovecot's authentication protocol 1.1, mechanisms PLAIN and LOGIN), so that tests of AUTH need no SASL packages.</summary>
internal sealed class DovecotAuthServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _userName;
    private readonly string _password;
    private readonly Task _accepting;

    public DovecotAuthServer(string userName, string password)
    {
        (_userName, _password) = (userName, password);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting; // first: a listener that is gone takes no next call
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> sessions = [];
        try
        {
            while (true) sessions.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { }
        await Task.WhenAll(sessions);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            using StreamReader reader = new(client.GetStream(), Encoding.UTF8);
            await using StreamWriter writer = new(client.GetStream()) { AutoFlush = true, NewLine = "\n" };
            try
            {
                await writer.WriteAsync("VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nMECH\tLOGIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0\nDONE\n");
                Dictionary<string, string> loginNames = [];
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                    if (Answer(line.Split('\t'), loginNames) is { } answer) await writer.WriteLineAsync(answer);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException) { } // Postfix's processes come and go
        }
    }

    private string? Answer(string[] fields, Dictionary<string, string> loginNames)
    {
        string id = fields.Length > 1 ? fields[1] : "";
        string? response = fields.FirstOrDefault(f => f.StartsWith("resp=", StringComparison.Ordinal))?[5..];
        switch (fields[0])
        {
            case "AUTH" when fields[2] == "LOGIN":
                return $"CONT\t{id}\tVXNlcm5hbWU6";
            case "AUTH" when response is null:
                return $"CONT\t{id}\t";
            case "AUTH":
                return Judge(id, response);
            case "CONT" when Decode(fields[2]).Contains('\0', StringComparison.Ordinal):
                return Judge(id, fields[2]);
            case "CONT" when loginNames.Remove(id, out string? name):
                return Judge(id, name, Decode(fields[2]));
            case "CONT":
                loginNames[id] = Decode(fields[2]);
                return $"CONT\t{id}\tUGFzc3dvcmQ6";
            default:
                return null; // VERSION, CPID
        }
    }

    private string Judge(string id, string plain)
    {
        string[] parts = Decode(plain).Split('\0');
        return Judge(id, parts[1], parts[2]);
    }

    private string Judge(string id, string name, string password) =>
        name == _userName && password == _password ? $"OK\t{id}\tuser={name}" : $"FAIL\t{id}\tuser={name}";

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}

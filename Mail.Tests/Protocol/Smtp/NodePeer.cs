using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

/// <summary>A server of npm that runs in node: it says its port and every message that it takes. It ends with this, also when the test run is killed.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodePeer(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <param name="Raw">The message, in base64.</param>
    /// <param name="User">Who signed in, as far as the server tells.</param>
    public sealed record Taken(string Raw, bool Secure, string? User, string From, string[] To)
    {
        [JsonIgnore] public string Text => Encoding.UTF8.GetString(Convert.FromBase64String(Raw));
    }

    public int Port { get; private set; }

    /// <param name="package">The npm package; the running test is skipped where it is not installed.</param>
    public static async Task<NodePeer> StartAsync(string package, params string[] arguments)
    {
        string modules = Repository.Path("Mail.Tests", "Protocol", "Peers", "node_modules");
        Assert.SkipUnless(Directory.Exists(Path.Combine(modules, package)), "npm packages of Mail.Tests/Protocol/Peers are not installed.");
        ProcessStartInfo start = new("node", [Repository.Path("Mail.Tests", "Protocol", "Smtp", "Peers", $"{package}.cjs"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["NODE_PATH"] = modules;
        NodePeer peer = new(Process.Start(start)!);
        peer.Port = JsonDocument.Parse(await peer.ReadAsync()).RootElement.GetProperty("port").GetInt32();
        return peer;
    }

    /// <summary>The next message that was taken.</summary>
    public async Task<Taken> NextAsync() => JsonSerializer.Deserialize<Taken>(await ReadAsync(), JsonSerializerOptions.Web)!;

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await Ending.OfAsync(_process, "A mail server on Node.js");
        _process.Dispose();
    }

    private async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(_patience) ?? throw new InvalidOperationException($"The server has ended: {await _errors}");
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mail.Tests.Support;

/// <summary>
/// A mail server of others, on loopback, with a folder, ports and a certificate of its own. It ends with the tests, also when these are killed. Its user is changed by itself, so that only
/// root can start it; <see cref="SkipReason"/> says what is missing.
/// </summary>
public abstract class PeerFixture(string name) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory($"mail-test-{name}-");
    private readonly TestCertificate _certificate = new();
    private Process? _keeper;

    public string? SkipReason { get; private set; }

    public string CaFile => _certificate.CertificateFile;

    protected string Root => _folder.FullName;

    protected string KeyFile => _certificate.KeyFile;

    /// <summary>The file without which it cannot be started, and where that comes from.</summary>
    protected abstract (string File, string Hint) Program { get; }

    protected abstract IReadOnlyList<int> Ports { get; }

    /// <summary>Where mail that it delivers lands, as a maildir; null when it does not deliver.</summary>
    protected virtual string? Maildir => null;

    /// <summary>What it writes down, for messages of failures.</summary>
    protected abstract IEnumerable<string> LogFiles { get; }

    /// <summary>Writes its configuration.</summary>
    /// <returns>The shell commands that start it in the background, and those that stop it.</returns>
    protected abstract (string Start, string Stop) Prepare();

    protected virtual IReadOnlyDictionary<string, string> Variables() => new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        (string file, string hint) = Program;
        SkipReason = !File.Exists(file) ? hint : !Environment.IsPrivilegedProcess ? $"{GetType().Name} can be started by root only." : null;
        if (SkipReason is not null) return;

        Run("chmod", "755", Root); // its own users pass through
        (string startIt, string stopIt) = Prepare();
        // The shell stops it when its input ends: on dispose, and also when the test run is killed.
        ProcessStartInfo start = new("/bin/sh", ["-c", $"{startIt} echo started; cat >/dev/null; {stopIt}"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string variable, string value) in Variables()) start.Environment[variable] = value;
        _keeper = Process.Start(start)!;
        _ = _keeper.StandardError.ReadToEndAsync();
        await _keeper.StandardOutput.ReadLineAsync();
        foreach (int port in Ports) await ListensAsync(port);
    }

    /// <summary>Waits until a message that contains this text lies in the mailbox, and returns it with LF line ends and the headers that the server adds.</summary>
    public async Task<string> WaitForMailAsync(string text)
    {
        string inbox = Path.Combine(Maildir!, "new");
        for (Stopwatch waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(50))
        {
            if (!Directory.Exists(inbox)) continue;
            foreach (string file in Directory.GetFiles(inbox))
                if (await File.ReadAllTextAsync(file, Encoding.UTF8) is { } mail && mail.Contains(text, StringComparison.Ordinal)) return mail;
        }

        throw new TimeoutException($"No mail with \"{text}\" came. {await LogAsync()}");
    }

    public async Task<string> LogAsync()
    {
        StringBuilder text = new();
        foreach (string file in LogFiles)
            if (File.Exists(file)) text.Append(await File.ReadAllTextAsync(file));
        return text.Length > 0 ? text.ToString() : "There is no log.";
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            await Ending.OfAsync(_keeper, GetType().Name);
            _keeper.Dispose();
        }

        _certificate.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
    }

    private async Task ListensAsync(int port)
    {
        for (Stopwatch waited = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            using TcpClient client = new();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (waited.Elapsed < TimeSpan.FromSeconds(20)) { }
            catch (SocketException e) { throw new InvalidOperationException($"{GetType().Name} does not listen. {await LogAsync()}", e); }
        }
    }
}

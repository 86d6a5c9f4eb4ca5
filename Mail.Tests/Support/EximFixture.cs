using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mail.Tests.Support;

/// <summary>
/// A private Exim on loopback, with its own folder, ports and certificate: plain and STARTTLS on <see cref="Port"/>, TLS from the first byte on
/// <see cref="ImplicitTlsPort"/>, AUTH (PLAIN, LOGIN, CRAM-MD5) on both once TLS is up and required on <see cref="SubmissionPort"/>. Mail for any name at box.test lands in a
/// maildir; bad@box.test is refused; all other mail is relayed to <see cref="RelayPort"/> on this machine, with pipelined BDAT where it is offered.
/// Runs what <c>.ci/unpack-exim.sh</c> put into <c>.local/peers/exim</c>, and as root only, because Exim changes users; <see cref="SkipReason"/> says what is missing.
/// </summary>
public sealed class EximFixture : IAsyncLifetime
{
    public const string UserName = "alice";
    public const string Password = "sécret";

    private static readonly string _program = Repository.Path(".local", "peers", "exim", "usr", "sbin", "exim4");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mail-test-exim-");
    private readonly TestCertificate _certificate = new();
    private Process? _keeper;

    public string? SkipReason { get; private set; }
    public int Port { get; } = FreePort();
    public int ImplicitTlsPort { get; } = FreePort();
    public int SubmissionPort { get; } = FreePort();

    /// <summary>Where it relays to: a test listens here itself.</summary>
    public int RelayPort { get; } = FreePort();
    public string CaFile => _certificate.CertificateFile;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(_program)) SkipReason = "Exim is not unpacked (./test.sh does it on Debian).";
        else if (!Environment.IsPrivilegedProcess) SkipReason = "Exim can be started by root only.";
        if (SkipReason is not null) return;

        Prepare();
        // The shell stops Exim and its children, a process group of their own, when its input ends: on dispose, and also when the test run is killed.
        string daemon = $"{_program} -C {Path.Combine(_folder.FullName, "exim.conf")} -bdf -q5s -oX '<; 127.0.0.1.{Port} ; 127.0.0.1.{ImplicitTlsPort} ; 127.0.0.1.{SubmissionPort}'";
        ProcessStartInfo start = new("/bin/sh", ["-c", $"setsid {daemon} </dev/null >/dev/null 2>{_folder.FullName}/stderr & cat >/dev/null; kill -TERM -$!; wait"]) { RedirectStandardInput = true };
        foreach ((string name, string value) in Variables()) start.Environment[name] = value;
        _keeper = Process.Start(start)!;
        foreach (int port in new[] { Port, ImplicitTlsPort, SubmissionPort }) await ListensAsync(port);
    }

    /// <summary>Waits until a message that contains this text lies in the mailbox, and returns it with LF line ends and the headers that Exim adds.</summary>
    public async Task<string> WaitForMailAsync(string text)
    {
        string inbox = Path.Combine(_folder.FullName, "mail", "new");
        for (Stopwatch waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(50))
        {
            if (!Directory.Exists(inbox)) continue;
            foreach (string file in Directory.GetFiles(inbox))
                if (await File.ReadAllTextAsync(file, Encoding.UTF8) is { } mail && mail.Contains(text, StringComparison.Ordinal)) return mail;
        }
        throw new TimeoutException($"No mail with \"{text}\" came. {await LogAsync()}");
    }

    /// <summary>What Exim wrote down, for messages of failures.</summary>
    public async Task<string> LogAsync()
    {
        StringBuilder text = new();
        foreach (string file in Directory.GetFiles(_folder.FullName, "log/*").Append(Path.Combine(_folder.FullName, "stderr")))
            if (File.Exists(file)) text.Append(await File.ReadAllTextAsync(file));
        return text.Length > 0 ? text.ToString() : "There is no log.";
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            await _keeper.WaitForExitAsync();
            _keeper.Dispose();
        }
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    // The account that Exim was built for need not exist: a library answers for it (libnss_wrapper), here and in the programs that Exim starts.
    private Dictionary<string, string> Variables()
    {
        string[] libraries = Directory.GetFiles(Repository.Path(".local", "peers", "exim"), "*.so*", SearchOption.AllDirectories);
        return new Dictionary<string, string>
        {
            ["LD_LIBRARY_PATH"] = string.Join(':', libraries.Select(Path.GetDirectoryName).Distinct()),
            ["LD_PRELOAD"] = libraries.First(l => Path.GetFileName(l) == "libnss_wrapper.so"),
            ["NSS_WRAPPER_PASSWD"] = Path.Combine(_folder.FullName, "passwd"),
            ["NSS_WRAPPER_GROUP"] = Path.Combine(_folder.FullName, "group"),
        };
    }

    private void Prepare()
    {
        string root = _folder.FullName;
        foreach (string name in new[] { "spool", "log", "mail" }) Directory.CreateDirectory(Path.Combine(root, name));
        string nobody = Run("id", "-u", "nobody");
        File.WriteAllText(Path.Combine(root, "passwd"), $"{File.ReadAllText("/etc/passwd")}Debian-exim:x:{nobody}:{nobody}::/nonexistent:/usr/sbin/nologin\n");
        File.WriteAllText(Path.Combine(root, "group"), $"{File.ReadAllText("/etc/group")}Debian-exim:x:{nobody}:\n");
        File.WriteAllText(Path.Combine(root, "exim.conf"), EximConfiguration.Write(root, _program, this));
        Run("chmod", "755", root);
        Run("chown", "-R", $"{nobody}:{nobody}", Path.Combine(root, "spool"), Path.Combine(root, "log"), Path.Combine(root, "mail"));
        foreach (string file in new[] { _certificate.CertificateFile, _certificate.KeyFile })
        {
            Run("chmod", "755", Path.GetDirectoryName(file)!);
            Run("chmod", "644", file);
        }
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
            catch (SocketException e) { throw new InvalidOperationException($"Exim does not listen. {await LogAsync()}", e); }
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

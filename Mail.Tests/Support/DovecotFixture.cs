using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Mail.Tests.Support;

/// <summary>
/// A private Dovecot on loopback that serves mailboxes over POP3, in plain text with STLS on <see cref="Port"/> and with TLS from the first byte on <see cref="TlsPort"/>. Any
/// user name has a mailbox, with one password for all. Needs Debian's package dovecot-pop3d and root, because Dovecot changes users; <see cref="SkipReason"/> says what is missing.
/// </summary>
public sealed class DovecotFixture : IAsyncLifetime
{
    public const string Password = "geheim!";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mail-test-dovecot-");
    private readonly TestCertificate _certificate = new();
    private Process? _keeper;

    public string? SkipReason { get; private set; }

    public int Port { get; } = FreePort();

    public int TlsPort { get; } = FreePort();

    public string CaFile => _certificate.CertificateFile;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/lib/dovecot/pop3")) SkipReason = "Dovecot (Debian package dovecot-pop3d) is not installed.";
        else if (!Environment.IsPrivilegedProcess) SkipReason = "Dovecot can be started by root only.";
        if (SkipReason is not null) return;

        await PrepareAsync();
        string configuration = Path.Combine(_folder.FullName, "dovecot.conf");
        // The shell stops it when its input ends: on dispose, and also when the test run is killed.
        _keeper = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"dovecot -c {configuration}; echo started; cat >/dev/null; doveadm -c {configuration} stop"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _ = _keeper.StandardError.ReadToEndAsync();
        await _keeper.StandardOutput.ReadLineAsync();
        foreach (int port in new[] { Port, TlsPort }) await ListensAsync(port);
    }

    /// <summary>Puts a message into a mailbox, as a delivery agent would.</summary>
    public void Deliver(string user, byte[] message)
    {
        string inbox = Path.Combine(_folder.FullName, "mail", user);
        foreach (string name in new[] { "tmp", "new", "cur" }) Directory.CreateDirectory(Path.Combine(inbox, name));
        string file = $"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}.{Guid.NewGuid():N}.test";
        string temporary = Path.Combine(inbox, "tmp", file);
        File.WriteAllBytes(temporary, message);
        File.Move(temporary, Path.Combine(inbox, "new", file));
        using Process chown = Process.Start("chown", ["-R", "mail:mail", inbox]);
        chown.WaitForExit();
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

    private async Task PrepareAsync()
    {
        string root = _folder.FullName;
        Directory.CreateDirectory(Path.Combine(root, "mail"));
        using (Process chmod = Process.Start("chmod", ["755", root])) await chmod.WaitForExitAsync();
        using (Process chown = Process.Start("chown", ["mail:mail", Path.Combine(root, "mail")])) await chown.WaitForExitAsync();
        await File.WriteAllTextAsync(Path.Combine(root, "dovecot.conf"), $$"""
            base_dir = {{root}}/run
            state_dir = {{root}}/state
            log_path = {{root}}/log
            protocols = pop3
            listen = 127.0.0.1
            ssl = yes
            ssl_cert = <{{_certificate.CertificateFile}}
            ssl_key = <{{_certificate.KeyFile}}
            disable_plaintext_auth = no
            auth_mechanisms = plain login
            mail_location = maildir:{{root}}/mail/%u
            first_valid_uid = 1
            first_valid_gid = 1
            default_process_limit = 10
            service pop3-login {
              inet_listener pop3 {
                port = {{Port}}
              }
              inet_listener pop3s {
                port = {{TlsPort}}
                ssl = yes
              }
            }
            passdb {
              driver = static
              args = password={{Password}}
            }
            userdb {
              driver = static
              args = uid=mail gid=mail home={{root}}/mail/%u
            }

            """);
    }

    private static async Task ListensAsync(int port)
    {
        for (Stopwatch waited = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                using TcpClient client = new();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (waited.Elapsed < TimeSpan.FromSeconds(20)) { }
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

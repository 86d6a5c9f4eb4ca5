using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mail.Tests.Support;

/// <summary>
/// A private Postfix on loopback, with its own folder, ports and certificate: plain and STARTTLS on <see cref="Port"/>, TLS from the first byte on
/// <see cref="ImplicitTlsPort"/>, TLS and AUTH required on <see cref="SubmissionPort"/>. Mail for any name at box.test lands in a maildir; bad@box.test is refused; mail for example.net
/// is relayed to <see cref="RelayPort"/> on this machine; mail for late.test to <see cref="LatePort"/>.
/// Needs Debian's package postfix and root, because Postfix changes users; <see cref="SkipReason"/> says what is missing.
/// </summary>
public sealed class PostfixFixture : IAsyncLifetime
{
    public const string UserName = "alice@mx.test.local";
    public const string Password = "sécret";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mail-test-postfix-");
    private readonly TestCertificate _certificate = new();
    private DovecotAuthServer? _passwords;
    private Process? _keeper;

    public string? SkipReason { get; private set; }
    public int Port { get; } = FreePort();
    public int ImplicitTlsPort { get; } = FreePort();
    public int SubmissionPort { get; } = FreePort();

    /// <summary>Where it relays to: a test listens here itself.</summary>
    public int RelayPort { get; } = FreePort();

    /// <summary>Where it relays mail for late.test to.</summary>
    public int LatePort { get; } = FreePort();
    public string CaFile => _certificate.CertificateFile;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/sbin/postfix")) SkipReason = "Postfix (Debian package postfix) is not installed.";
        else if (!Environment.IsPrivilegedProcess) SkipReason = "Postfix can be started by root only.";
        if (SkipReason is not null) return;

        _passwords = new DovecotAuthServer(UserName, Password);
        Prepare();
        // The shell stops Postfix when its input ends: on dispose, and also when the test run is killed.
        string etc = Path.Combine(_folder.FullName, "etc");
        _keeper = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"postfix -c {etc} start; echo started; cat >/dev/null; postfix -c {etc} stop"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _ = _keeper.StandardError.ReadToEndAsync();
        await _keeper.StandardOutput.ReadLineAsync();
        foreach (int port in new[] { Port, ImplicitTlsPort, SubmissionPort }) await ListensAsync(port);
    }

    /// <summary>Waits until a message that contains this text lies in the mailbox, and returns it with LF line ends and the headers that Postfix adds.</summary>
    public async Task<string> WaitForMailAsync(string text)
    {
        string inbox = Path.Combine(_folder.FullName, "mail", "all", "new");
        for (Stopwatch waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(50))
        {
            if (!Directory.Exists(inbox)) continue;
            foreach (string file in Directory.GetFiles(inbox))
                if (await File.ReadAllTextAsync(file, Encoding.UTF8) is { } mail && mail.Contains(text, StringComparison.Ordinal)) return mail;
        }
        throw new TimeoutException($"No mail with \"{text}\" came. {await LogAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            await _keeper.WaitForExitAsync();
            _keeper.Dispose();
        }
        if (_passwords is not null) await _passwords.DisposeAsync();
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Prepare()
    {
        string root = _folder.FullName;
        foreach (string name in new[] { "etc", "spool", "data", "mail" }) Directory.CreateDirectory(Path.Combine(root, name));
        Run("chmod", "755", root); // Postfix's own users pass through
        Run("chown", "postfix", Path.Combine(root, "data"));
        Run("chown", "nobody", Path.Combine(root, "mail"));
        string nobody = Run("id", "-u", "nobody");
        File.WriteAllText(Path.Combine(root, "etc", "main.cf"), $$"""
            compatibility_level = 3.6
            queue_directory = {{root}}/spool
            data_directory = {{root}}/data
            maillog_file = {{root}}/spool/mail.log
            maillog_file_prefixes = {{root}}
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mx.test.local
            mydestination =
            alias_maps =
            alias_database =
            smtpd_tls_cert_file = {{_certificate.CertificateFile}}
            smtpd_tls_key_file = {{_certificate.KeyFile}}
            smtpd_tls_security_level = may
            smtpd_tls_auth_only = yes
            smtpd_sasl_type = dovecot
            smtpd_sasl_path = inet:127.0.0.1:{{_passwords!.Port}}
            smtpd_error_sleep_time = 0
            smtpd_client_connection_rate_limit = 0
            smtpd_relay_restrictions = permit_mynetworks permit_sasl_authenticated reject
            smtpd_recipient_restrictions = check_recipient_access inline:{bad@box.test=REJECT}
            smtp_tls_security_level = may
            smtp_dns_support_level = disabled
            transport_maps = inline:{ {example.net = smtp:[127.0.0.1]:{{RelayPort}}}, {late.test = smtp:[127.0.0.1]:{{LatePort}}} }
            minimal_backoff_time = 1s
            queue_run_delay = 1s
            virtual_mailbox_domains = box.test
            virtual_mailbox_base = {{root}}/mail
            virtual_mailbox_maps = static:all/
            virtual_uid_maps = static:{{nobody}}
            virtual_gid_maps = static:{{nobody}}

            """);
        File.WriteAllText(Path.Combine(root, "etc", "master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            127.0.0.1:{ImplicitTlsPort} inet n - n - - smtpd
              -o smtpd_tls_wrappermode=yes
            127.0.0.1:{SubmissionPort} inet n - n - - smtpd
              -o smtpd_tls_security_level=encrypt
              -o smtpd_sasl_auth_enable=yes
              -o smtpd_client_restrictions=permit_sasl_authenticated,reject
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            proxymap unix - - n - - proxymap
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            smtp unix - - n - - smtp
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd

            """);
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
            catch (SocketException e) { throw new InvalidOperationException($"Postfix does not listen. {await LogAsync()}", e); }
        }
    }

    private async Task<string> LogAsync()
    {
        string log = Path.Combine(_folder.FullName, "spool", "mail.log");
        return File.Exists(log) ? await File.ReadAllTextAsync(log) : "There is no log.";
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

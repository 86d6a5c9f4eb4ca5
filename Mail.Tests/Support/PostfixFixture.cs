namespace Mail.Tests.Support;

/// <summary>
/// A private Postfix: plain and STARTTLS on <see cref="Port"/>, TLS from the first byte on <see cref="ImplicitTlsPort"/>, TLS and AUTH required on <see cref="SubmissionPort"/>. Mail for any
/// name at box.test lands in a maildir; bad@box.test is refused; mail for example.net is relayed to <see cref="RelayPort"/> on this machine; mail for late.test
/// to <see cref="LatePort"/>.
/// </summary>
public sealed class PostfixFixture() : PeerFixture("postfix")
{
    public const string UserName = "alice@mx.test.local";
    public const string Password = "sécret";

    private DovecotAuthServer? _passwords;

    public int Port { get; } = FreePort.Next();
    public int ImplicitTlsPort { get; } = FreePort.Next();
    public int SubmissionPort { get; } = FreePort.Next();

    /// <summary>Where it relays to: a test listens here itself.</summary>
    public int RelayPort { get; } = FreePort.Next();

    /// <summary>Where it relays mail for late.test to.</summary>
    public int LatePort { get; } = FreePort.Next();

    protected override (string File, string Hint) Program => ("/usr/sbin/postfix", "Postfix (Debian package postfix) is not installed.");

    protected override IReadOnlyList<int> Ports => [Port, ImplicitTlsPort, SubmissionPort];

    protected override string Maildir => Path.Combine(Root, "mail", "all");

    protected override IEnumerable<string> LogFiles => [Path.Combine(Root, "spool", "mail.log")];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_passwords is not null) await _passwords.DisposeAsync();
    }

    protected override (string Start, string Stop) Prepare()
    {
        _passwords = new DovecotAuthServer(UserName, Password);
        foreach (string name in new[] { "etc", "spool", "data", "mail" }) Directory.CreateDirectory(Path.Combine(Root, name));
        Run("chown", "postfix", Path.Combine(Root, "data"));
        Run("chown", "nobody", Path.Combine(Root, "mail"));
        string nobody = Run("id", "-u", "nobody");
        File.WriteAllText(Path.Combine(Root, "etc", "main.cf"), $$"""
            compatibility_level = 3.6
            queue_directory = {{Root}}/spool
            data_directory = {{Root}}/data
            maillog_file = {{Root}}/spool/mail.log
            maillog_file_prefixes = {{Root}}
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mx.test.local
            mydestination =
            alias_maps =
            alias_database =
            smtpd_tls_cert_file = {{CaFile}}
            smtpd_tls_key_file = {{KeyFile}}
            smtpd_tls_security_level = may
            smtpd_tls_auth_only = yes
            smtpd_sasl_type = dovecot
            smtpd_sasl_path = inet:127.0.0.1:{{_passwords.Port}}
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
            virtual_mailbox_base = {{Root}}/mail
            virtual_mailbox_maps = static:all/
            virtual_uid_maps = static:{{nobody}}
            virtual_gid_maps = static:{{nobody}}

            """);
        File.WriteAllText(Path.Combine(Root, "etc", "master.cf"), $"""
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
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd

            """);
        string etc = Path.Combine(Root, "etc");
        return ($"postfix -c {etc} start;", $"postfix -c {etc} stop");
    }
}

namespace Mail.Tests.Support;

/// <summary>
/// A private Dovecot that serves mailboxes over POP3, in plain text with STLS on <see cref="Port"/> and with TLS from the first byte on <see cref="TlsPort"/>. Any user name has a mailbox, with
/// one password for all.
/// </summary>
public sealed class DovecotFixture() : PeerFixture("dovecot")
{
    public const string Password = "geheim!";

    public int Port { get; } = FreePort.Next();

    public int TlsPort { get; } = FreePort.Next();

    protected override (string File, string Hint) Program => ("/usr/lib/dovecot/pop3", "Dovecot (Debian package dovecot-pop3d) is not installed.");

    protected override IReadOnlyList<int> Ports => [Port, TlsPort];

    protected override IEnumerable<string> LogFiles => [Path.Combine(Root, "log")];

    /// <summary>Puts a message into a mailbox, as a delivery agent would.</summary>
    public void Deliver(string user, byte[] message)
    {
        string inbox = Path.Combine(Root, "mail", user);
        foreach (string name in new[] { "tmp", "new", "cur" }) Directory.CreateDirectory(Path.Combine(inbox, name));
        string file = $"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}.{Guid.NewGuid():N}.test";
        string temporary = Path.Combine(inbox, "tmp", file);
        File.WriteAllBytes(temporary, message);
        File.Move(temporary, Path.Combine(inbox, "new", file));
        Run("chown", "-R", "mail:mail", inbox);
    }

    protected override (string Start, string Stop) Prepare()
    {
        string configuration = Path.Combine(Root, "dovecot.conf");
        Directory.CreateDirectory(Path.Combine(Root, "mail"));
        Run("chown", "mail:mail", Path.Combine(Root, "mail"));
        File.WriteAllText(configuration, $$"""
            base_dir = {{Root}}/run
            state_dir = {{Root}}/state
            log_path = {{Root}}/log
            protocols = pop3
            listen = 127.0.0.1
            ssl = yes
            ssl_cert = <{{CaFile}}
            ssl_key = <{{KeyFile}}
            disable_plaintext_auth = no
            auth_mechanisms = plain login
            mail_location = maildir:{{Root}}/mail/%u
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
              args = uid=mail gid=mail home={{Root}}/mail/%u
            }

            """);
        return ($"dovecot -c {configuration};", $"doveadm -c {configuration} stop");
    }
}

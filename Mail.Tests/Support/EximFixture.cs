namespace Mail.Tests.Support;

/// <summary>
/// A private Exim: plain and STARTTLS on <see cref="Port"/>, TLS from the first byte on <see cref="ImplicitTlsPort"/>, AUTH (PLAIN, LOGIN, CRAM-MD5) on both once TLS is up and required on
/// <see cref="SubmissionPort"/>. Mail for any name at box.test lands in a maildir; bad@box.test is refused; mail for late.test is relayed to <see cref="LatePort"/> on this machine, all other mail to
/// <see cref="RelayPort"/>, with pipelined BDAT where it is offered. Runs what <c>.ci/unpack-exim.sh</c> put into <c>.local/peers/exim</c>.
/// </summary>
public sealed class EximFixture() : PeerFixture("exim")
{
    public const string UserName = "alice";
    public const string Password = "sécret";

    private static readonly string _program = Repository.Path(".local", "peers", "exim", "usr", "sbin", "exim4");

    public int Port { get; } = FreePort.Next();
    public int ImplicitTlsPort { get; } = FreePort.Next();
    public int SubmissionPort { get; } = FreePort.Next();

    /// <summary>Where it relays to: a test listens here itself.</summary>
    public int RelayPort { get; } = FreePort.Next();

    /// <summary>Where it relays mail for late.test to.</summary>
    public int LatePort { get; } = FreePort.Next();

    protected override (string File, string Hint) Program => (_program, "Exim is not unpacked (./test.sh does it on Debian).");

    protected override IReadOnlyList<int> Ports => [Port, ImplicitTlsPort, SubmissionPort];

    protected override string Maildir => Path.Combine(Root, "mail");

    protected override IEnumerable<string> LogFiles => [.. Directory.Exists(Path.Combine(Root, "log")) ? Directory.GetFiles(Root, "log/*") : [], Path.Combine(Root, "stderr")];

    // The account that Exim was built for need not exist: a library answers for it (libnss_wrapper), here and in the programs that Exim starts.
    protected override IReadOnlyDictionary<string, string> Variables()
    {
        string[] libraries = Directory.GetFiles(Repository.Path(".local", "peers", "exim"), "*.so*", SearchOption.AllDirectories);
        return new Dictionary<string, string>
        {
            ["LD_LIBRARY_PATH"] = string.Join(':', libraries.Select(Path.GetDirectoryName).Distinct()),
            ["LD_PRELOAD"] = libraries.First(l => Path.GetFileName(l) == "libnss_wrapper.so"),
            ["NSS_WRAPPER_PASSWD"] = Path.Combine(Root, "passwd"),
            ["NSS_WRAPPER_GROUP"] = Path.Combine(Root, "group"),
        };
    }

    protected override (string Start, string Stop) Prepare()
    {
        foreach (string name in new[] { "spool", "log", "mail" }) Directory.CreateDirectory(Path.Combine(Root, name));
        string nobody = Run("id", "-u", "nobody");
        File.WriteAllText(Path.Combine(Root, "passwd"), $"{File.ReadAllText("/etc/passwd")}Debian-exim:x:{nobody}:{nobody}::/nonexistent:/usr/sbin/nologin\n");
        File.WriteAllText(Path.Combine(Root, "group"), $"{File.ReadAllText("/etc/group")}Debian-exim:x:{nobody}:\n");
        File.WriteAllText(Path.Combine(Root, "exim.conf"), EximConfiguration.Write(Root, _program, this));
        Run("chown", "-R", $"{nobody}:{nobody}", Path.Combine(Root, "spool"), Path.Combine(Root, "log"), Path.Combine(Root, "mail"));
        foreach (string file in new[] { CaFile, KeyFile })
        {
            Run("chmod", "755", Path.GetDirectoryName(file)!);
            Run("chmod", "644", file);
        }

        // Exim and its children are a process group of their own.
        string daemon = $"{_program} -C {Path.Combine(Root, "exim.conf")} -bdf -q5s -oX '<; 127.0.0.1.{Port} ; 127.0.0.1.{ImplicitTlsPort} ; 127.0.0.1.{SubmissionPort}'";
        return ($"setsid {daemon} </dev/null >/dev/null 2>{Root}/stderr &", "kill -TERM -$!; wait");
    }
}

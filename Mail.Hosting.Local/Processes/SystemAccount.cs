using System.Globalization;

namespace Mail.Hosting.Local.Processes;

/// <summary>An account of this machine. PostgreSQL refuses to run as root, so root runs it as somebody else.</summary>
internal sealed record SystemAccount(string Name, uint Uid, uint Gid)
{
    /// <summary>The account for PostgreSQL when we are root, else null.</summary>
    /// <exception cref="LocalHostException">We are root and the machine has neither postgres nor nobody.</exception>
    public static SystemAccount? ForPostgres()
    {
        if (OperatingSystem.IsWindows() || UnixCalls.EffectiveUser() != 0) return null;
        return Find("postgres") ?? Find("nobody")
            ?? throw new LocalHostException("PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody' to run it. Create one: useradd --system postgres");
    }

    private static SystemAccount? Find(string name)
    {
        foreach (string line in File.ReadLines("/etc/passwd"))
            if (line.Split(':') is [string account, _, string uid, string gid, ..] && account == name)
                // macOS writes nobody's ids as -2
                return new SystemAccount(name, unchecked((uint)long.Parse(uid, CultureInfo.InvariantCulture)), unchecked((uint)long.Parse(gid, CultureInfo.InvariantCulture)));
        return null;
    }
}

using System.Collections.Frozen;
using System.Text;

namespace Mail.Core.Mailboxes.Names;

/// <summary>
/// Names that are nobody's: whoever reads mail to them can have certificates made for the domain (CA/Browser Forum, Baseline Requirements §3.2.2.4.4), hears of its abuse (RFC 2142), or is taken
/// for the system. Also as they look: `adm1n`, `p0stmaster`, `web-master`, `admin2`. What a team answers at (`contact`, `sales`, `support`, `info`, `news`) is what mailboxes are for, and free.
/// </summary>
public static class ReservedNames
{
    /// <summary>The first of two that look alike is the one that is told.</summary>
    private static readonly string[] _names =
    [
        // RFC 2142, for networks and services
        "postmaster", "abuse", "security", "hostmaster", "webmaster", "noc", "usenet", "www", "uucp", "ftp", "trouble",
        // may prove a domain to an authority for certificates, or sound as if
        "admin", "administrator", "administration", "sysadmin", "netadmin", "ssladmin", "ssladministrator", "sslwebmaster", "root", "superuser", "sudo", "owner", "domainadmin", "certificate", "certificates", "ssl", "tls",
        // programs
        "mailer-daemon", "daemon", "nobody", "noreply", "donotreply", "bounce", "bounces", "return", "unsubscribe", "listserv", "majordomo", "autoconfig", "autodiscover", "dmarc", "dmarc-reports", "tlsrpt",
        "smtp", "imap", "pop3", "mx", "dns", "localhost", "system", "server", "null", "undefined", "api",
        // whoever writes from it would be believed
        "billing", "invoicing", "payments", "accounts-payable", "password", "passwords", "verify", "verification", "account", "accounts", "login", "signin", "alerts", "phishing", "spam", "fraud",
    ];

    private static readonly FrozenDictionary<string, string> _bySkeleton = _names.DistinctBy(Skeleton).ToFrozenDictionary(Skeleton);

    public static IReadOnlyList<string> All => _names;

    /// <returns>The reserved name that this one is or reads like; null for a free one.</returns>
    public static string? Matching(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_bySkeleton.GetValueOrDefault(Skeleton(name)) is { } same) return same;
        string bare = name.TrimEnd([.. "0123456789.-_"]); // admin2 and postmaster-01 are no persons either
        return bare.Length > 0 && bare.Length < name.Length ? _bySkeleton.GetValueOrDefault(Skeleton(bare)) : null;
    }

    /// <summary>What is left of a name when all that looks alike is written alike: by the pairs of Unicode's confusables (UTS 39) that exist in ASCII, and those of digits written for letters.</summary>
    internal static string Skeleton(string name)
    {
        StringBuilder skeleton = new(name.Length);
        foreach (char c in name)
        {
            if (MailboxUserName.IsSeparator(c)) continue;
            skeleton.Append(c switch { '0' => 'o', '1' or 'l' => 'i', '2' => 'z', '3' => 'e', '4' => 'a', '5' => 's', '6' => 'b', '7' => 't', '8' => 'b', '9' => 'g', 'q' => 'g', _ => c });
        }

        return skeleton.Replace("rn", "m").Replace("vv", "w").Replace("ci", "d").ToString(); // cl reads like d: l is an i by now
    }
}

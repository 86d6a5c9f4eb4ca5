using System.Collections.Frozen;

namespace Mail.Core.Delivery;

/// <summary>
/// The large mailbox providers by their own domains, for metrics: a label for each domain would be thousands. Domains of companies that are hosted there count as `other`,
/// because nobody asks DNS for a metric.
/// </summary>
internal static class DomainClass
{
    public const string Other = "other";

    private static readonly FrozenDictionary<string, string> _classes = new Dictionary<string, string[]>
    {
        ["gmail"] = ["gmail.com", "googlemail.com"],
        ["microsoft"] = ["outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "hotmail.co.uk", "live.com", "live.fr", "msn.com"],
        ["yahoo"] = ["yahoo.com", "yahoo.fr", "yahoo.co.uk", "ymail.com", "rocketmail.com", "aol.com"],
        ["apple"] = ["icloud.com", "me.com", "mac.com"],
        ["orange"] = ["orange.fr", "wanadoo.fr"],
        ["free"] = ["free.fr"],
        ["sfr"] = ["sfr.fr", "neuf.fr"],
        ["laposte"] = ["laposte.net"],
        ["gmx"] = ["gmx.de", "gmx.net", "gmx.com", "web.de"],
        ["proton"] = ["proton.me", "protonmail.com", "pm.me"],
    }.SelectMany(one => one.Value.Select(domain => (domain, one.Key))).ToFrozenDictionary(one => one.domain, one => one.Key, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup = _classes.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(string recipient) => _lookup.TryGetValue(recipient.AsSpan(recipient.LastIndexOf('@') + 1), out string? name) ? name : Other;
}

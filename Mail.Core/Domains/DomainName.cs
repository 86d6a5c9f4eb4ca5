using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using Mail.Core.Common;

namespace Mail.Core.Domains;

/// <summary>A sender's domain: as DNS and mail carry it, and as people read it.</summary>
/// <param name="Ascii">Lower case, internationalized labels as A-labels.</param>
/// <param name="Shown">As typed, in lower case; the same but for internationalized names.</param>
public sealed record DomainName(string Ascii, string Shown)
{
    private const int LongestText = 1000, LongestName = 200; // a selector and _domainkey come before it, and DNS ends at 253 octets

    private static readonly IdnMapping _idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>Reads what a person or an app gave as the field `name`.</summary>
    /// <returns>Or a refusal that names the field and the remedy.</returns>
    public static Result<DomainName> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Failure.Missing("name");
        if (text.Length > LongestText) return Refused($"is longer than {LongestName} characters.");
        string typed = text.Trim().TrimEnd('.');
        if (typed.Contains("://", StringComparison.Ordinal) || typed.Contains('/', StringComparison.Ordinal)) return Refused("must be the domain alone, such as `example.com`, and no URL.");
        if (typed.Contains('@', StringComparison.Ordinal)) return Refused("must be the domain alone, such as `example.com`, and no address. For one address make a sender identity (POST /sender-identities).");
        if (typed.Contains('*', StringComparison.Ordinal)) return Refused("cannot have a wildcard. A domain stands for those below it too, as long as `include_subdomains` is true.");
        if (IPAddress.TryParse(typed.Trim('[', ']'), out _)) return Refused("is an IP address; a domain name is needed, because the key that signs stands in DNS.");
        string ascii;
        try
        {
            ascii = Lower(IsAscii(typed) ? typed : _idn.GetAscii(typed));
            if (ascii.Contains("xn--", StringComparison.Ordinal)) _idn.GetUnicode(ascii); // an A-label that stands for nothing is no name either
        }
        catch (ArgumentException)
        {
            return Refused("is not a domain name.");
        }

        if (ascii.Length > LongestName) return Refused($"is longer than {LongestName} characters.");
        string[] labels = ascii.Split('.');
        if (!labels.All(IsLabel) || labels[^1].All(char.IsAsciiDigit)) return Refused("is not a domain name: labels of letters, digits and hyphens with dots between, such as `example.com`.");
        if (labels.Length == 1 || _publicSuffixes.Contains(ascii)) return Refused("is a part of DNS that nobody sends from; name the domain that you have registered below it, such as `example.com`.");
        if (SharedMailDomains.Contains(ascii))
            return Refused($"belongs to a mail provider and its DNS is not yours. Verify your own address at {ascii} as a sender identity (POST /sender-identities).");
        return new DomainName(ascii, ascii.Contains("xn--", StringComparison.Ordinal) ? _idn.GetUnicode(ascii) : ascii);
    }

    /// <summary>The name and those above it, down to two labels: `a.b.example.com`, `b.example.com`, `example.com`.</summary>
    public static IEnumerable<string> WithParents(string ascii)
    {
        ArgumentNullException.ThrowIfNull(ascii);
        for (string name = ascii; name.Contains('.', StringComparison.Ordinal); name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]) yield return name;
    }

    private static Result<DomainName> Refused(string problem) => Failure.Field("name", problem);

    private static bool IsAscii(string text) => System.Text.Ascii.IsValid(text);

    private static bool IsLabel(string label) => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

#pragma warning disable CA1308 // domains are written in lower case
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>
    /// The common ones of two labels. Not the whole list (publicsuffix.org): nobody can publish a key there, so one that is missing here is never verified; this
    /// only spares people the wait.
    /// </summary>
    private static readonly FrozenSet<string> _publicSuffixes = new (string Country, string Labels)[]
    {
        ("uk", "co org me ltd plc net sch ac gov nhs police"), ("au", "com net org edu gov id asn"), ("nz", "co net org govt ac school geek"), ("za", "co org net gov ac web"),
        ("jp", "co or ne ac go ad ed gr lg"), ("br", "com net org gov edu"), ("in", "co net org gov ac firm gen ind"), ("il", "co org net ac gov muni"), ("kr", "co or ne go ac re pe"),
        ("mx", "com net org gob edu"), ("tr", "com net org gov edu"), ("cn", "com net org gov edu ac"), ("tw", "com net org gov edu idv"), ("hk", "com net org gov edu idv"),
        ("sg", "com net org gov edu per"), ("my", "com net org gov edu name"), ("ar", "com net org gob edu"), ("pl", "com net org gov edu"), ("th", "co in or ac go net"),
        ("id", "co or ac go web sch"), ("ua", "com net org gov edu in"), ("fr", "com asso gouv nom prd tm"), ("ma", "co net org gov ac press"), ("dz", "com org net gov edu"),
        ("tn", "com org net gov ens fin"), ("eg", "com org net gov edu"), ("ke", "co or ne go ac"), ("ng", "com org net gov edu"), ("co", "com net org gov edu nom"), ("pe", "com net org gob edu"),
        ("ve", "co com net org gob"), ("cr", "co or fi go ac ed"), ("sa", "com net org gov edu med"), ("ae", "co net org gov ac sch"), ("vn", "com net org gov edu"), ("ph", "com net org gov edu"),
        ("pk", "com net org gov edu"), ("bd", "com net org gov edu ac"), ("gr", "com net org gov edu"), ("cy", "com net org gov ac"), ("mt", "com net org edu"), ("pt", "com org net gov edu"),
        ("es", "com nom org gob edu"), ("at", "co or ac gv"), ("hu", "co org info"), ("rs", "co org edu ac gov in"),
    }.SelectMany(one => one.Labels.Split(' ').Select(label => $"{label}.{one.Country}")).ToFrozenSet(StringComparer.Ordinal);
}

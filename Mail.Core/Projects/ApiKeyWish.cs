using System.Net;
using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Messages;
using Mail.Protocol.Mime;

namespace Mail.Core.Projects;

/// <summary>What somebody wants a key to be; null where nothing is said.</summary>
/// <param name="Permission">`full_access` (all that the maker may do) or `sending_access`, in place of scopes.</param>
/// <param name="Domains">The domains and addresses that it may send from; empty for any.</param>
/// <param name="AllowedIps">Addresses and networks (CIDR) from where it may be used; empty for anywhere.</param>
/// <param name="Rate">Said or not, and how many requests a second.</param>
/// <param name="Expiry">Said or not, and until when.</param>
public sealed record ApiKeyWish(string? Name, string? Permission, IReadOnlyList<string?>? Scopes, IReadOnlyList<string?>? Domains, IReadOnlyList<string?>? AllowedIps, (bool Given, int? PerSecond) Rate, (bool Given, DateTimeOffset? At) Expiry)
{
    public const string FullAccess = "full_access", SendingAccess = "sending_access";

    private const int LongestName = 100, MostEntries = 50, HighestRate = 100_000;

    /// <summary>The values of a key, checked: those that are said, and the key's own for the rest.</summary>
    /// <param name="key">What there is; null for a new one.</param>
    internal Result<ApiKeyValues> Over(ApiKey? key, Actor maker, DateTimeOffset now)
    {
        string? name = Name?.Trim() ?? key?.Name;
        if (string.IsNullOrEmpty(name)) return Failure.Missing("name");
        if (name.Length > LongestName || name.Any(char.IsControl) || !TextRules.IsStorable(name)) return Failure.Field("name", $"must be one line of at most {LongestName} characters.");
        Result<string[]> scopes = ScopesOver(key, maker);
        if (!scopes.IsSuccess) return scopes.Failure;
        Result<string[]> domains = Read(Domains, "domains", key?.FromDomains, Domain);
        if (!domains.IsSuccess) return domains.Failure;
        Result<string[]> networks = Read(AllowedIps, "allowed_ips", key?.Networks, Network);
        if (!networks.IsSuccess) return networks.Failure;
        if (Rate is { PerSecond: < 1 or > HighestRate }) return Failure.Field("rate_per_second", $"must be from 1 to {HighestRate}, or null for any number.");
        if (Expiry is { Given: true, At: { } at } && at <= now) return Failure.Field("expires_at", "must be in the future. To end a key now, remove it.");
        return new ApiKeyValues(name, scopes.Value, domains.Value, networks.Value, Rate.Given ? Rate.PerSecond : key?.RatePerSecond, Expiry.Given ? Expiry.At : key?.ExpiresAt);
    }

    private Result<string[]> ScopesOver(ApiKey? key, Actor maker)
    {
        if (Permission is not null && Scopes is not null) return Failure.Field("permission", "is a short form of `scopes`; give one of the two.");
        switch (Permission)
        {
            case FullAccess: return maker.Scopes.ToArray();
            case SendingAccess: return maker.Scopes.Contains(Projects.Scopes.SendMessages) ? new[] { Projects.Scopes.SendMessages } : Beyond("permission");
            case not null: return Failure.Field("permission", $"must be `{FullAccess}` or `{SendingAccess}`; for anything between give `scopes`.");
        }

        if (Scopes is null) return key?.Scopes ?? maker.Scopes.ToArray();
        if (Scopes.Count == 0) return Failure.Field("scopes", "must not be empty: a key that may do nothing is of no use.");
        for (int i = 0; i < Scopes.Count; i++)
        {
            if (Scopes[i] is not { } scope || !Projects.Scopes.All.Contains(scope)) return Failure.Field($"scopes.{i}", $"is no scope; these are: {string.Join(", ", Projects.Scopes.All)}.");
            if (!maker.Scopes.Contains(scope)) return Beyond($"scopes.{i}");
        }

        return Scopes.Select(scope => scope!).Distinct().ToArray();
    }

    private static Failure Beyond(string path) => Failure.Field(path, "is more than you may do yourself.");

    private static Result<string[]> Read(IReadOnlyList<string?>? given, string field, string[]? kept, Func<string, string, Result<string>> read)
    {
        if (given is null) return kept ?? [];
        if (given.Count > MostEntries) return Failure.Field(field, $"has {given.Count} entries; at most {MostEntries} are allowed.");
        List<string> values = [];
        for (int i = 0; i < given.Count; i++)
        {
            Result<string> value = read(given[i] ?? "", $"{field}.{i}");
            if (!value.IsSuccess) return value.Failure;
            if (!values.Contains(value.Value)) values.Add(value.Value);
        }

        return values.ToArray();
    }

    private static Result<string> Domain(string text, string path)
    {
        if (DomainName.Read(text) is { IsSuccess: true } domain) return domain.Value.Ascii;
        return EmailAddress.TryParse(text.Trim(), out EmailAddress? address, out _) && address is { DisplayName: null, IsAddressLiteral: false }
            ? $"{address.LocalPart}@{address.AsciiDomain}"
            : Failure.Field(path, "is not a domain name, such as `example.com`, nor an address, such as `news@example.com`.");
    }

    private static Result<string> Network(string text, string path)
    {
        string typed = text.Trim();
        if (IPNetwork.TryParse(typed, out IPNetwork network)) return network.ToString();
        if (typed.Length <= 45 && IPAddress.TryParse(typed, out IPAddress? address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8).ToString();
        return Failure.Field(path, "is neither an IP address nor a network, such as `203.0.113.0/24`.");
    }
}

internal sealed record ApiKeyValues(string Name, string[] Scopes, string[] FromDomains, string[] Networks, int? RatePerSecond, DateTimeOffset? ExpiresAt);

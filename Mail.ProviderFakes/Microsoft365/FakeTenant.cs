namespace Mail.ProviderFakes.Microsoft365;

/// <summary>An account of the tenant.</summary>
public sealed class FakeGraphUser
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public string UserPrincipalName { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string MailNickname { get; set; } = "";

    public bool AccountEnabled { get; set; } = true;

    public string Password { get; set; } = "";

    public string? UsageLocation { get; set; }

    /// <summary>The custom attribute 15.</summary>
    public string? Attribute15 { get; set; }

    public string? Mail { get; set; }

    public List<string> ProxyAddresses { get; } = [];

    public HashSet<string> Licences { get; } = [];

    public bool IsDeleted { get; set; }

    public int RevokedSessions { get; set; }

    /// <summary>Reads that still do not find it.</summary>
    internal int HiddenReads { get; set; }

    /// <summary>Reads, with a licence, until Exchange has made the mailbox.</summary>
    internal int MailboxReads { get; set; }
}

/// <param name="Status">`Enabled`, `Suspended`...</param>
public sealed record FakeSku(string Id, string PartNumber, int Units, string Status = "Enabled");

public sealed record FakeDomain(string Name, bool IsVerified, bool HasMail);

/// <summary>What a tenant holds.</summary>
public sealed class FakeTenant
{
    public const string ExchangeSku = "4b9405b0-7788-4568-add1-99614e613b69";

    public FakeTenant() => Reset();

    public List<FakeGraphUser> Users { get; } = [];

    /// <summary>Their addresses.</summary>
    public List<string> Groups { get; } = [];

    public List<FakeSku> Skus { get; } = [];

    public List<FakeDomain> Domains { get; } = [];

    /// <summary>Entries of a page: few, so that pages are seen.</summary>
    public int PageSize { get; set; }

    /// <summary>How often a fresh account is not found yet.</summary>
    public int HiddenReads { get; set; }

    /// <summary>How often a licensed account has no mailbox yet, beside the look that licenses it.</summary>
    public int MailboxReads { get; set; }

    /// <summary>Whether a rule of the tenant licenses each new account, so that nobody has to.</summary>
    public bool LicensesByItself { get; set; }

    /// <summary>How many accounts it may hold.</summary>
    public int Quota { get; set; }

    public FakeGraphUser Add(string address, string? mark = null)
    {
        FakeGraphUser user = new() { UserPrincipalName = address, DisplayName = address, MailNickname = address.Split('@')[0], Mail = address, Attribute15 = mark, Password = "somebody-Elses-1" };
        user.ProxyAddresses.Add($"SMTP:{address}");
        Users.Add(user);
        return user;
    }

    internal int Consumed(FakeSku sku) => Users.Count(user => !user.IsDeleted && user.Licences.Contains(sku.Id));

    internal void Reset()
    {
        Users.Clear();
        Groups.Clear();
        Skus.Clear();
        Skus.AddRange([new("18181a46-0d4e-45cd-891e-60aabd171b4e", "STANDARDPACK", 1, "Suspended"), new("f30db892-07e9-47e9-837c-80727f46fd3d", "FLOW_FREE", 10_000), new(ExchangeSku, "EXCHANGESTANDARD", 300)]);
        Domains.Clear();
        Domains.AddRange([new("example.com", true, true), new("contoso.onmicrosoft.com", true, true), new("unverified.example", false, false), new("web.example", true, false)]);
        (PageSize, HiddenReads, MailboxReads, LicensesByItself, Quota) = (2, 1, 0, false, 50_000);
    }
}

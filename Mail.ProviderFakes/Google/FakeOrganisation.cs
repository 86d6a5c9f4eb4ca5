using System.Globalization;

namespace Mail.ProviderFakes.Google;

public sealed class FakeGoogleUser(string id)
{
    public string Id => id;

    public string PrimaryEmail { get; set; } = "";

    public string FullName { get; set; } = "";

    public string Password { get; set; } = "";

    public string OrgUnit { get; set; } = "/";

    public bool IsSuspended { get; set; }

    public bool IsDeleted { get; set; }

    public bool HasMailbox { get; set; }

    public List<string> Aliases { get; } = [];

    /// <summary>External ids of the type custom: their own type and value.</summary>
    public List<(string Type, string Value)> ExternalIds { get; } = [];

    /// <summary>In whose names the user sends, and what is seen of each.</summary>
    public Dictionary<string, FakeSendAs> SendAs { get; } = [];

    public int SignOuts { get; set; }

    /// <summary>Looks by the id that still do not find it, and changes that come too early.</summary>
    internal int Hidden { get; set; }

    internal int Incomplete { get; set; }

    internal int MailboxReads { get; set; }

    internal bool Is(string key) => key == id || PrimaryEmail == key || Aliases.Contains(key);
}

public sealed record FakeSendAs(string DisplayName, string Status, bool IsPrimary);

public sealed record FakeGoogleGroup(string Id, string Email, string Name, string Description)
{
    /// <summary>Members and how they get its mail.</summary>
    public Dictionary<string, string> Members { get; } = [];
}

/// <summary>What an organisation holds.</summary>
public sealed class FakeOrganisation
{
    public const string Admin = "admin@example.com";

    private long _lastId;

    public FakeOrganisation() => Reset();

    public List<FakeGoogleUser> Users { get; } = [];

    public List<FakeGoogleGroup> Groups { get; } = [];

    /// <summary>Names, and whether they are verified.</summary>
    public Dictionary<string, bool> Domains { get; } = [];

    public int PageSize { get; set; }

    /// <summary>How often a fresh user is not found by its id.</summary>
    public int HiddenReads { get; set; }

    /// <summary>How often a fresh user answers a change with 412.</summary>
    public int IncompleteChanges { get; set; }

    /// <summary>How often a fresh user has no mailbox yet.</summary>
    public int MailboxReads { get; set; }

    /// <summary>How many users are paid for.</summary>
    public int Licences { get; set; }

    /// <summary>Whether Gmail asks for a confirmation before somebody may send as a group.</summary>
    public bool ConfirmsSendAs { get; set; }

    public FakeGoogleUser Add(string address)
    {
        FakeGoogleUser user = new(NextId()) { PrimaryEmail = address, FullName = address, HasMailbox = true, Password = "somebody-elses" };
        Users.Add(user);
        return user;
    }

    internal string NextId() => (100_000_000_000_000_000_000m + ++_lastId).ToString(CultureInfo.InvariantCulture);

    internal bool Owns(string address) => Domains.GetValueOrDefault(address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..]);

    internal bool IsUsed(string address) => Users.Any(user => !user.IsDeleted && user.Is(address)) || Groups.Any(group => group.Email == address);

    internal void Reset()
    {
        Users.Clear();
        Groups.Clear();
        Domains.Clear();
        (Domains["example.com"], Domains["unverified.example"]) = (true, false);
        (PageSize, HiddenReads, IncompleteChanges, MailboxReads, Licences, ConfirmsSendAs) = (2, 1, 1, 1, 300, false);
        Add(Admin);
        Add("reader@example.com");
    }
}

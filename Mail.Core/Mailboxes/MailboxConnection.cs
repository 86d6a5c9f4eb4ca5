using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Providers;

namespace Mail.Core.Mailboxes;

/// <summary>A project's account at a provider of mailboxes, as it may be shown.</summary>
/// <param name="Kind">The name of its <see cref="MailboxProviderKind"/>.</param>
/// <param name="Settings">By the names of the kind's fields; null when they can no longer be read, which <paramref name="Problem"/> says.</param>
/// <param name="Quota">As the provider last said it; null while it has not.</param>
/// <param name="Problem">Why it could not be asked the last time.</param>
public sealed record MailboxConnection(
    ProjectId ProjectId, Guid Id, string Kind, string Name, bool IsEnabled, int Revision, IReadOnlyDictionary<string, ShownSetting>? Settings, ProviderQuota? Quota, DateTimeOffset? QuotaAt,
    MailboxProblem? Problem, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

/// <param name="Value">Null for a secret, which is there and never given back.</param>
public sealed record ShownSetting(string? Value, bool IsSecret);

/// <summary>What somebody wants a connection to be, as given and not yet checked. What is not in <see cref="Given"/> stays as it is, or gets its default.</summary>
public sealed record ConnectionWish
{
    /// <summary>The names of the fields that were given, also as null.</summary>
    public required IReadOnlySet<string> Given { get; init; }

    public string? Kind { get; init; }

    public string? Name { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>Texts, or null to take one out; a secret as `{"set": true}` stays as it is.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Settings { get; init; }

    /// <summary>The revision that the change was made from; null for whatever it is now.</summary>
    public int? Revision { get; init; }

    public bool Has(string field) => Given.Contains(field);
}

/// <summary>A domain in which addresses are made.</summary>
/// <param name="Domain">ASCII, in lower case.</param>
/// <param name="Connection">Where its mailboxes are made.</param>
/// <param name="IsDefault">For who chose none; one of a project's domains is it.</param>
public sealed record MailboxDomain(ProjectId ProjectId, string Domain, Guid Connection, string Provider, bool IsEnabled, bool IsDefault, DateTimeOffset CreatedAt);

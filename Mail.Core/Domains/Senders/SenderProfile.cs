using System.Collections.Frozen;
using Mail.Protocol.Mime;

namespace Mail.Core.Domains.Senders;

/// <summary>What a verified sender identity says of itself, for messages that do not say it.</summary>
/// <param name="Name">Shown as who the mail is from.</param>
/// <param name="PostalAddress">On one line.</param>
public sealed record SenderProfile(string? Name, string? ReplyTo, string? Company, string? PostalAddress)
{
    /// <summary>What the law wants said, on one line: register, managing directors. The project's.</summary>
    public string? LegalFooter { get; init; }
}

/// <summary>The profiles of a project's senders, as they were read at one time.</summary>
/// <param name="byAddress">By <see cref="SenderPolicy.MatchOf"/>.</param>
public sealed class SenderProfiles(IReadOnlyDictionary<string, SenderProfile> byAddress)
{
    private readonly FrozenDictionary<string, SenderProfile> _byAddress = byAddress.ToFrozenDictionary(StringComparer.Ordinal);

    public static SenderProfiles None { get; } = new(new Dictionary<string, SenderProfile>());

    /// <summary>What the project says of itself, for all its senders.</summary>
    public SenderProfile? Project { get; init; }

    /// <returns>What the identity says goes before what the project does. Null where neither says anything.</returns>
    public SenderProfile? Of(EmailAddress from)
    {
        SenderProfile? own = _byAddress.Count == 0 ? null : _byAddress.GetValueOrDefault(SenderPolicy.MatchOf(from));
        return own is null || Project is null ? own ?? Project : own with { Company = own.Company ?? Project.Company, PostalAddress = own.PostalAddress ?? Project.PostalAddress, LegalFooter = Project.LegalFooter };
    }
}

using System.Collections.Frozen;
using Mail.Protocol.Mime;

namespace Mail.Core.Domains.Senders;

/// <summary>What a verified sender identity says of itself, for messages that do not say it.</summary>
/// <param name="Name">Shown as who the mail is from.</param>
/// <param name="PostalAddress">On one line.</param>
public sealed record SenderProfile(string? Name, string? ReplyTo, string? Company, string? PostalAddress);

/// <summary>The profiles of a project's senders, as they were read at one time.</summary>
/// <param name="byAddress">By <see cref="SenderPolicy.MatchOf"/>.</param>
public sealed class SenderProfiles(IReadOnlyDictionary<string, SenderProfile> byAddress)
{
    private readonly FrozenDictionary<string, SenderProfile> _byAddress = byAddress.ToFrozenDictionary(StringComparer.Ordinal);

    public static SenderProfiles None { get; } = new(new Dictionary<string, SenderProfile>());

    /// <returns>Null for an address that is no identity, or one that says nothing of itself.</returns>
    public SenderProfile? Of(EmailAddress from) => _byAddress.Count == 0 ? null : _byAddress.GetValueOrDefault(SenderPolicy.MatchOf(from));
}

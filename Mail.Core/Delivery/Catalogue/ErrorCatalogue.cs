using System.Collections.Frozen;

namespace Mail.Core.Delivery.Catalogue;

/// <summary>Every cause that there is. docs/guides/errors.md is made from it.</summary>
public static class ErrorCatalogue
{
    /// <summary>By chapter: whose matter it is.</summary>
    public static IReadOnlyList<(string Chapter, IReadOnlyList<Cause> Causes)> Chapters { get; } =
    [
        ("The recipient", RecipientCauses.All),
        ("The sender", SenderCauses.All),
        ("Providers that turn us away", ReputationCauses.All),
        ("The message", MessageCauses.All),
        ("The relay's account", AccountCauses.All),
        ("The way to the relay", ConnectionCauses.All),
        ("Limits and waits", LimitCauses.All),
        ("Mail itself", EngineCauses.All),
    ];

    private static readonly FrozenDictionary<string, Cause> _byCode = Chapters.SelectMany(chapter => chapter.Causes).ToFrozenDictionary(cause => cause.Code);

    public static IEnumerable<Cause> All => Chapters.SelectMany(chapter => chapter.Causes);

    /// <returns>Null when no version that we know has such a code.</returns>
    public static Cause? Find(string? code) => code is null ? null : _byCode.GetValueOrDefault(code);
}

namespace Mail.Core.Suppressions;

/// <summary>Why an address is not written to; the strongest first.</summary>
public enum SuppressionReason
{
    /// <summary>The address does not exist.</summary>
    HardBounce,

    /// <summary>Its owner reported mail as spam.</summary>
    Complaint,

    /// <summary>Somebody put it there.</summary>
    Manual,

    /// <summary>Its owner wants no more mail to lists, or to one of them.</summary>
    Unsubscribe,

    /// <summary>Mail to it was given up several times; it rests, and may work again.</summary>
    SoftBounce,
}

/// <summary>The reasons' names, as they are stored and as the API says them.</summary>
public static class SuppressionReasons
{
    public static IReadOnlyList<SuppressionReason> All { get; } = Enum.GetValues<SuppressionReason>();

    public static string Name(this SuppressionReason reason) => reason switch
    {
        SuppressionReason.HardBounce => "hard_bounce",
        SuppressionReason.Complaint => "complaint",
        SuppressionReason.Manual => "manual",
        SuppressionReason.Unsubscribe => "unsubscribe",
        SuppressionReason.SoftBounce => "soft_bounce",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };

    public static bool TryParse(string? name, out SuppressionReason reason)
    {
        foreach (SuppressionReason known in All)
        {
            if (known.Name() != name) continue;
            reason = known;
            return true;
        }

        reason = default;
        return false;
    }

    /// <exception cref="FormatException">No reason has that name.</exception>
    public static SuppressionReason Parse(string name) => TryParse(name, out SuppressionReason reason) ? reason : throw new FormatException($"'{name}' is not a reason.");

    /// <summary>Whether it may be about one topic alone. An address that does not exist, exists for no topic.</summary>
    public static bool MayHaveTopic(this SuppressionReason reason) => reason is SuppressionReason.Manual or SuppressionReason.Unsubscribe;

    /// <summary>Whether it may be for a time only.</summary>
    public static bool MayExpire(this SuppressionReason reason) => reason is SuppressionReason.Manual or SuppressionReason.SoftBounce;
}

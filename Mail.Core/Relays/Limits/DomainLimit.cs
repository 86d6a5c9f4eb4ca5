namespace Mail.Core.Relays.Limits;

/// <summary>How much a relay sends to one destination domain, all workers together. At least one of the two is set.</summary>
/// <param name="Domain">In lower case, A-labels; <see cref="Any"/> for each domain that has no line of its own.</param>
/// <param name="RatePerSecond">Recipients a second; null for no limit.</param>
/// <param name="MaxConcurrent">Messages that are being handed over at the same time; null for no limit.</param>
public sealed record DomainLimit(string Domain, double? RatePerSecond = null, int? MaxConcurrent = null)
{
    /// <summary>Each domain that has no line of its own, for itself.</summary>
    public const string Any = "*";
}

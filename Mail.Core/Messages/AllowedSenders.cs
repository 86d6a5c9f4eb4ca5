using Mail.Core.Common;
using Mail.Protocol.Mime;

namespace Mail.Core.Messages;

/// <summary>What an API key is held to: domains, and single addresses.</summary>
public static class AllowedSenders
{
    /// <param name="allowed">Domains in A-labels, and addresses; not empty.</param>
    /// <param name="from">An address, with or without a name.</param>
    public static bool Include(IReadOnlyList<string> allowed, string from)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        EmailAddress address = EmailAddress.Parse(from);
        return allowed.Any(one => one.Equals(one.Contains('@', StringComparison.Ordinal) ? $"{address.LocalPart}@{address.AsciiDomain}" : address.AsciiDomain, StringComparison.OrdinalIgnoreCase));
    }

    /// <param name="path">The field with the sender.</param>
    public static Failure Refusal(IReadOnlyList<string> allowed, string path) => new(FailureKind.Forbidden, "restricted_api_key", $"`{path}` must be {Words(allowed)}: this key may send from nowhere else.");

    private static string Words(IReadOnlyList<string> allowed) => string.Join(" or ", allowed.Select(one => one.Contains('@', StringComparison.Ordinal) ? one : $"an address at {one}"));
}

using System.Globalization;
using Mail.Core.Common;

namespace Mail.Api.Mailboxes;

/// <summary>How long an answer waits for the provider: 25 seconds, which is less than proxies do, or what `Prefer: wait=5` says (RFC 7240 §4.3), or nothing at all (`respond-async`).</summary>
internal static class Patience
{
    private const int Most = 25;

    public static Result<TimeSpan> Of(HttpRequest request)
    {
        foreach (string preference in request.Headers["Prefer"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)))
        {
            if (preference.Equals("respond-async", StringComparison.OrdinalIgnoreCase)) return TimeSpan.Zero;
            if (!preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)) continue; // what is not understood is ignored (§2)
            if (!int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)) return Failure.Field("Prefer", "must say a number of seconds, such as `wait=5`.");
            return TimeSpan.FromSeconds(Math.Min(seconds, Most));
        }

        return TimeSpan.FromSeconds(Most);
    }
}

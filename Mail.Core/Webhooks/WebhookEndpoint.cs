using System.Net;
using Mail.Core.Common;

namespace Mail.Core.Webhooks;

/// <summary>Checks an endpoint's address when it is entered: what is plainly wrong is said at once. Where its name leads is checked at every connection (<see cref="PublicHttp"/>).</summary>
public static class WebhookEndpoint
{
    private const int Longest = 2000;

    /// <param name="allowPrivate">Development, and where the operator allows it: this machine, private networks and http too.</param>
    /// <returns>The address as it will be used.</returns>
    public static Result<string> Check(string endpoint, bool allowPrivate)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.Length > Longest) return Failure.Field("endpoint", $"is longer than {Longest} characters.");
        if (endpoint.AsSpan().ContainsAnyInRange('\0', ' ') || !Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0)
            return Failure.Field("endpoint", "must be a URL such as `https://app.example.com/hooks/mail`.");
        if (uri.UserInfo.Length > 0) return Failure.Field("endpoint", "must not hold credentials: they would stand in logs. Requests are signed; verify the signature.");
        if (uri.Fragment.Length > 0) return Failure.Field("endpoint", "must not have a part after `#`: it is never sent.");
        if (allowPrivate) return uri.AbsoluteUri;
        if (uri.Scheme != "https") return Failure.Field("endpoint", "must begin with `https://`.");
        if (LeadsInside(uri)) return Failure.Field("endpoint", "must be a public address, not this machine or a private network (Webhooks__AllowPrivateAddresses allows it).");
        return uri.AbsoluteUri;
    }

    /// <summary>As it may stand in an alert or a log: whoever receives has often put a secret into the query.</summary>
    public static string Shown(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) ? uri.GetLeftPart(UriPartial.Path) : "";

    /// <summary>Uri has already turned 2130706433, 0x7f.1 and 0177.0.0.1 into 127.0.0.1.</summary>
    private static bool LeadsInside(Uri uri)
    {
        string host = uri.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(host, out IPAddress? address)) return !PublicAddress.IsPublic(address);
        return !host.Contains('.', StringComparison.Ordinal) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase);
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Mail.Core.Common;

/// <summary>
/// Where people reach this API from outside, for the links in mails. It comes from the setting BASE_URL alone and never from a request: whoever sends one
/// chooses its Host header, and would choose where our links lead.
/// </summary>
public sealed class PublicUrl
{
    /// <summary>The setting. A host lets it stand in a file too (NAME_FILE).</summary>
    public const string Name = "BASE_URL";

    /// <summary>Where the API listens when it is started by hand.</summary>
    private const string ByHand = "http://localhost:5101";

    private PublicUrl(Uri? value) => Value = value;

    /// <summary>Null when nobody has said it, which Production refuses. Whatever needs a link refuses then and names the setting.</summary>
    public Uri? Value { get; }

    /// <exception cref="InvalidPublicUrlException">It is set and cannot be used; or, in Production, is not set.</exception>
    public static PublicUrl Read(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string? text = configuration[Name];
        if (string.IsNullOrWhiteSpace(text) && environment.IsProduction())
            throw new InvalidPublicUrlException($"{Name} is not set. In Production links in mails must lead somewhere, and no request says where. Set it for API and worker to the address at which people reach the API, such as https://mail.example.com.");
        if (string.IsNullOrWhiteSpace(text)) return new PublicUrl(environment.IsDevelopment() ? new Uri(ByHand) : null);
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.Host.Length == 0)
            throw new InvalidPublicUrlException($"{Name} is '{text}', which is no address of a site. Set it to the address at which people reach the API, such as https://mail.example.com.");
        if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw new InvalidPublicUrlException($"{Name} must have no user, no query and no fragment: https://mail.example.com, or with a path in front of the API's own.");
        if (url.Scheme != Uri.UriSchemeHttps && !environment.IsDevelopment())
            throw new InvalidPublicUrlException($"{Name} is '{text}'. Outside of Development it must begin with https: mail programs follow no other unsubscribe link (RFC 8058).");
        return new PublicUrl(url);
    }
}

/// <summary>BASE_URL cannot be used as it is; the message is for the person who set it.</summary>
public sealed class InvalidPublicUrlException(string message) : Exception(message);

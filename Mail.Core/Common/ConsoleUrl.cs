using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Mail.Core.Common;

/// <summary>Where people reach the console, for links in mails that lead there. From the settings alone, as <see cref="PublicUrl"/>.</summary>
public sealed class ConsoleUrl
{
    /// <summary>The setting. A host lets it stand in a file too (NAME_FILE).</summary>
    public const string Name = "CONSOLE_URL";

    private const string ByHand = "http://localhost:5100", ApiPath = "/api";

    private ConsoleUrl(Uri? value) => Value = value;

    /// <summary>Null when nobody has said it.</summary>
    public Uri? Value { get; }

    public static Failure NotConfigured => new(FailureKind.Unavailable, "not_configured", $"No link can be mailed, because this installation does not know where its console is. Set {Name} of the API, such as https://mail.example.com.");

    /// <summary>The setting; without it what is before `/api` in <see cref="PublicUrl"/>, because the console passes that path on to the API.</summary>
    /// <exception cref="InvalidPublicUrlException">It is set and cannot be used.</exception>
    public static ConsoleUrl Read(IConfiguration configuration, IHostEnvironment environment, PublicUrl api)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(api);
        string? text = configuration[Name]?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            string before = api.Value?.AbsoluteUri.TrimEnd('/') ?? "";
            if (before.EndsWith(ApiPath, StringComparison.OrdinalIgnoreCase)) return new ConsoleUrl(new Uri(before[..^ApiPath.Length]));
            return new ConsoleUrl(environment.IsDevelopment() ? new Uri(ByHand) : null);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) || url.Host.Length == 0 || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw new InvalidPublicUrlException($"{Name} is '{text}', which is no address of a site. Set it to the address at which people open the console, such as https://mail.example.com.");
        if (url.Scheme != Uri.UriSchemeHttps && !environment.IsDevelopment()) throw new InvalidPublicUrlException($"{Name} is '{text}'. Outside of Development it must begin with https: passwords are entered there.");
        return new ConsoleUrl(url);
    }

    /// <param name="path">Without a slash before it; may have a fragment.</param>
    public string? At(string path) => Value is null ? null : $"{Value.AbsoluteUri.TrimEnd('/')}/{path}";
}

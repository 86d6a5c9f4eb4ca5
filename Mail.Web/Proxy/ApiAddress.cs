namespace Mail.Web.Proxy;

/// <summary>Where Mail.Api is, as the AppHost's <c>WithReference(api)</c> writes it into the configuration.</summary>
public static class ApiAddress
{
    /// <returns>The API's base address, without a path: <c>services:api:https:0</c>, else <c>services:api:http:0</c>.</returns>
    /// <exception cref="InvalidOperationException">Neither is set, or the value is no absolute http(s) address.</exception>
    public static Uri From(IConfiguration configuration)
    {
        foreach (string key in (string[])["services:api:https:0", "services:api:http:0"])
        {
            if (configuration[key] is not { Length: > 0 } value) continue;
            if (Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https") return address;
            throw new InvalidOperationException($"{key} is '{value}', which is no http or https address.");
        }
        throw new InvalidOperationException(
            "The address of Mail.Api is not set: services:api:http:0 (as an environment variable: services__api__http__0).");
    }
}

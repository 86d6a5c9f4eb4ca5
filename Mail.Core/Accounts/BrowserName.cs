namespace Mail.Core.Accounts;

/// <summary>Shortens a User-Agent to browser and system. It consists of our own words and digits alone, whatever a client sends.</summary>
public static class BrowserName
{
    private const int Read = 400, Digits = 4;

    // The first that fits: every browser also names those that it wants to be taken for.
    private static readonly (string Token, string Name)[] _browsers =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"), ("YaBrowser/", "Yandex Browser"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Token, string Name)[] _systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    /// <returns>Such as `Firefox 145, Windows`; `Unknown browser` without anything known.</returns>
    public static string Of(string? userAgent)
    {
        string agent = userAgent is null ? "" : userAgent[..Math.Min(userAgent.Length, Read)];
        string? system = Array.Find(_systems, known => agent.Contains(known.Token, StringComparison.Ordinal)).Name;
        string? browser = null;
        foreach ((string token, string name) in _browsers)
        {
            int at = agent.IndexOf(token, StringComparison.Ordinal);
            if (at < 0 || (name == "Safari" && !agent.Contains("Safari", StringComparison.Ordinal))) continue;
            string version = string.Concat(agent.Skip(at + token.Length).Take(Digits).TakeWhile(char.IsAsciiDigit));
            browser = version.Length == 0 ? name : $"{name} {version}";
            break;
        }

        return (browser, system) switch { (null, null) => "Unknown browser", (null, _) => $"Unknown browser, {system}", (_, null) => browser, _ => $"{browser}, {system}" };
    }
}

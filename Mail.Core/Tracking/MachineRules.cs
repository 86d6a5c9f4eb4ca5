namespace Mail.Core.Tracking;

/// <summary>What a request for a picture or a link says about who made it.</summary>
/// <param name="Machine">Why it is no person's, as a name on the wire; null for a person's.</param>
/// <param name="MachineName">Which program, where we know it.</param>
/// <param name="Proxy">Whose servers asked for a person that reads: Gmail's and Yahoo's hide who it is and when they look again.</param>
/// <param name="Device">`mobile`, `desktop` or `unknown`. All that is kept of the user agent.</param>
public sealed record Visitor(string? Machine, string? MachineName, string? Proxy, string Device);

/// <summary>
/// Tells machines from people: the one place for it. Rules by the request itself stand here; those by time (<see cref="TooFast"/>, <see cref="Burst"/>) are applied by
/// <see cref="HitJudge"/>, which knows what came before. docs/guides/tracking.md says the same as a table.
/// </summary>
public static class MachineRules
{
    /// <summary>The names on the wire.</summary>
    public const string ApplePrivacy = "apple_privacy", NoUserAgent = "no_user_agent", Scanner = "scanner", Bot = "bot", Program = "program", HeadRequest = "head_request",
        Prefetch = "prefetch", TooFastName = "too_fast", SeveralLinks = "several_links";

    /// <summary>
    /// Sooner after a relay took the mail nobody has read it: it must be delivered, noticed and opened first. Guides to scanner clicks name 1 to 5 seconds and more; we
    /// keep to the lower end, because a person who waits for a mail is fast. Source: check.live-direct-marketing.online/blog/bot-clicks-security-scanners-detect,
    /// support.metacompliance.com (clicks within "several seconds" of the delivery).
    /// </summary>
    public static readonly TimeSpan TooFast = TimeSpan.FromSeconds(3);

    /// <summary>Nobody follows two links of a mail within this time; scanners follow all. Source: the same; university.act-on.com (false positives in clicks).</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromSeconds(2);

    /// <summary>The same picture, asked for again by the same kind of program within this time, is one opening: previews and panes load it twice.</summary>
    public static readonly TimeSpan SameOpen = TimeSpan.FromSeconds(30);

    // What stands in a user agent, in lower case; the first that fits counts.
    // Scanners: barracuda, proofpoint, ciscosecureemail: check.live-direct-marketing.online (user agents of gateways); the others by their makers' names.
    // Previews and crawlers: the names that their makers publish. Programs: the defaults of HTTP libraries, with which no person reads mail.
    private static readonly (string Text, string Machine, string Name)[] _known =
    [
        ("barracuda", Scanner, "Barracuda"), ("proofpoint", Scanner, "Proofpoint"), ("mimecast", Scanner, "Mimecast"), ("ciscosecureemail", Scanner, "Cisco"), ("ironport", Scanner, "Cisco"),
        ("fortigate", Scanner, "Fortinet"), ("fortimail", Scanner, "Fortinet"), ("sophos", Scanner, "Sophos"), ("trendmicro", Scanner, "Trend Micro"), ("symantec", Scanner, "Symantec"),
        ("messagelabs", Scanner, "Symantec"), ("forcepoint", Scanner, "Forcepoint"), ("zscaler", Scanner, "Zscaler"), ("vadesecure", Scanner, "Vade"), ("safelinks", Scanner, "Microsoft Safe Links"),
        ("microsoft office existence discovery", Scanner, "Microsoft Office"), ("virustotal", Scanner, "VirusTotal"), ("urlscan", Scanner, "urlscan"), ("spamassassin", Scanner, "SpamAssassin"),
        ("skypeuripreview", Bot, "Microsoft Teams"), ("bingpreview", Bot, "Bing"), ("bingbot", Bot, "Bing"), ("googlebot", Bot, "Google"), ("google-read-aloud", Bot, "Google"),
        ("slackbot", Bot, "Slack"), ("slack-imgproxy", Bot, "Slack"), ("facebookexternalhit", Bot, "Facebook"), ("whatsapp", Bot, "WhatsApp"), ("telegrambot", Bot, "Telegram"),
        ("twitterbot", Bot, "Twitter"), ("linkedinbot", Bot, "LinkedIn"), ("discordbot", Bot, "Discord"), ("applebot", Bot, "Apple"), ("yandexbot", Bot, "Yandex"), ("petalbot", Bot, "Petal"),
        ("headlesschrome", Program, "Headless Chrome"), ("phantomjs", Program, "PhantomJS"), ("puppeteer", Program, "Puppeteer"), ("playwright", Program, "Playwright"), ("selenium", Program, "Selenium"),
        ("curl/", Program, "curl"), ("wget/", Program, "Wget"), ("python-requests", Program, "Python"), ("python-urllib", Program, "Python"), ("aiohttp", Program, "Python"), ("httpx", Program, "Python"),
        ("go-http-client", Program, "Go"), ("java/", Program, "Java"), ("apache-httpclient", Program, "Java"), ("okhttp", Program, "OkHttp"), ("libwww-perl", Program, "Perl"), ("node-fetch", Program, "Node.js"),
        ("axios/", Program, "Node.js"), ("guzzlehttp", Program, "PHP"), ("winhttp", Program, "WinHTTP"), ("ruby", Program, "Ruby"),
        ("bot/", Bot, ""), ("bot;", Bot, ""), ("bot)", Bot, ""), ("crawler", Bot, ""), ("spider", Bot, ""), ("scanner", Scanner, ""), ("urlcheck", Scanner, ""), ("linkcheck", Scanner, ""),
    ];

    // Pictures that are fetched for a reader by their mailbox's servers. Sources: support.google.com/mail/answer/145919 (Gmail loads pictures over its own servers when the
    // mail is read), help.yahoo.com (Yahoo Mail proxy).
    private static readonly (string Text, string Proxy)[] _proxies = [("googleimageproxy", "gmail"), ("yahoomailproxy", "yahoo")];

    private static readonly string[] _mobile = ["iphone", "ipad", "android", "mobile"];
    private static readonly string[] _desktop = ["windows", "macintosh", "x11", "linux", "cros"];

    /// <param name="userAgent">As it came; null without one.</param>
    /// <param name="purpose">What the headers Sec-Purpose, Purpose, X-Purpose and X-Moz say.</param>
    public static Visitor Of(string? userAgent, bool isHead, string? purpose)
    {
        string agent = (userAgent ?? "").Trim();
#pragma warning disable CA1308 // the table is in lower case
        string lower = (agent.Length > 512 ? agent[..512] : agent).ToLowerInvariant();
#pragma warning restore CA1308
        string? proxy = _proxies.FirstOrDefault(known => lower.Contains(known.Text, StringComparison.Ordinal)).Proxy;
        string device = proxy is not null ? "unknown" : Array.Exists(_mobile, lower.Contains) ? "mobile" : Array.Exists(_desktop, lower.Contains) ? "desktop" : "unknown";
        (string? machine, string? name) = Machine(lower, isHead, purpose, proxy is not null);
        return new Visitor(machine, name, proxy, device);
    }

    private static (string? Machine, string? Name) Machine(string agent, bool isHead, string? purpose, bool isProxy)
    {
        if (agent.Length == 0) return (NoUserAgent, null);
        // Apple's Mail Privacy Protection loads every picture by itself, with no more than this. Source: help.socketlabs.com/docs/identifying-apple-mpp-opens-in-notification-api-events.
        if (agent == "mozilla/5.0") return (ApplePrivacy, "Apple Mail");
        foreach ((string text, string machine, string known) in _known)
            if (agent.Contains(text, StringComparison.Ordinal)) return (machine, known.Length == 0 ? null : known);
        // Browsers that load ahead of a click say so. Source: Fetch Standard, Sec-Purpose.
        if (purpose is not null && (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || purpose.Contains("preview", StringComparison.OrdinalIgnoreCase))) return (Prefetch, null);
        // People follow a link by GET; those who only look whether it is there, such as Apple Mail since version 16, ask by HEAD. Source: check.live-direct-marketing.online/blog/apple-mail-v16-click-reporting-changes.
        return isHead && !isProxy ? (HeadRequest, null) : (null, null);
    }
}

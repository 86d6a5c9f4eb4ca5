using Mail.Core.Common;

namespace Mail.Core.Relays.Setup;

/// <summary>What is known of a provider's SMTP server, so that nobody has to look it up.</summary>
/// <param name="Name">As in the API: `sendgrid`.</param>
/// <param name="Title">As people write it.</param>
/// <param name="Hosts">By the provider's own region; one entry with the key "" when there are none. The first is taken when nobody chooses.</param>
/// <param name="UserName">What to enter as user name.</param>
/// <param name="Password">What to enter as password, and where it comes from.</param>
/// <param name="Senders">Whose mail the provider takes.</param>
/// <param name="HelpUrl">The provider's own page.</param>
public sealed record SmtpPreset(string Name, string Title, IReadOnlyDictionary<string, PresetHost> Hosts, Words UserName, Words Password, Words Senders, string HelpUrl)
{
    public int Port { get; init; } = 587;

    public string Tls { get; init; } = "starttls";

    /// <summary>The user name when it is the same for everybody.</summary>
    public string? FixedUserName { get; init; }

    /// <summary>Recipients a day that the provider's documentation names; set for the relay when nobody sets another. Null when it depends on the contract.</summary>
    public long? DayQuota { get; init; }

    public int? MaxConnections { get; init; }

    public double? RatePerSecond { get; init; }

    /// <summary>What else to know before choosing it.</summary>
    public Words? Note { get; init; }

    /// <summary>Says what is wrong with the form of a user name and password, without repeating them; null when nothing is.</summary>
    internal Func<string, string, (string Field, string Problem)?>? Check { get; init; }

    public IReadOnlyList<string> Regions => [.. Hosts.Keys.Where(name => name.Length > 0)];

    /// <summary>Fills in what the preset knows.</summary>
    /// <param name="region">The provider's region, null for its first.</param>
    /// <returns>The settings, or what is wrong with the region.</returns>
    public Result<Dictionary<string, string>> Apply(string? region, IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        PresetHost? host = region is null ? Hosts.Values.First() : Hosts.GetValueOrDefault(region);
        if (host is null) return Failure.Field("preset_region", Regions.Count == 0 ? $"is not known: {Title} has one server for all." : $"must be one of: {string.Join(", ", Regions)}.");
        foreach (string name in (string[])["host", "port", "tls"])
            if (given.ContainsKey(name)) return Failure.Field($"settings.{name}", "comes from the preset; leave one of the two away.");
        Dictionary<string, string> settings = new(given) { ["host"] = host.Name, ["port"] = $"{Port}", ["tls"] = Tls };
        if (FixedUserName is not null) settings.TryAdd("username", FixedUserName);
        return settings;
    }

    /// <returns>What is wrong with the form of the credentials; null when nothing is, or none are given.</returns>
    public Failure? Judge(IReadOnlyDictionary<string, string> settings, string path)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.TryGetValue("username", out string? user) || !settings.TryGetValue("password", out string? password)) return Failure.Missing(path + (settings.ContainsKey("username") ? "password" : "username"));
        if (FixedUserName is not null && user != FixedUserName) return Failure.Field(path + "username", $"must be `{FixedUserName}` for {Title}, the same for everybody.");
        return Check?.Invoke(user, password) is { } problem ? Failure.Field(path + problem.Field, problem.Problem) : null;
    }
}

/// <param name="Region">Where mail is processed, as a relay's `region` has it (`eu`, `us`...); null when the provider does not say.</param>
public sealed record PresetHost(string Name, string? Region);

namespace Mail.Core.Relays.Http;

/// <summary>One setting of a kind of relay: what the API checks and the console asks for.</summary>
/// <param name="Name">As it stands in the settings, in snake_case.</param>
/// <param name="Title">As it stands before the input.</param>
/// <param name="Example">A value of the right form that opens nothing.</param>
public sealed record RelayField(string Name, string Title, string Example)
{
    public bool IsRequired { get; init; }

    /// <summary>Stored encrypted, never given back, and masked in every text.</summary>
    public bool IsSecret { get; init; }

    /// <summary>May hold line ends: a whole key file.</summary>
    public bool IsMultiline { get; init; }

    /// <summary>Is a whole number, and stands in JSON as one.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether it decides who gets to see the secrets: with another value they have to be given again, so that nobody gets at a stored one by leading it elsewhere.</summary>
    public bool GuardsSecrets { get; init; }

    /// <summary>It is only compared with what comes in, and never sent: leading the relay elsewhere tells nobody of it.</summary>
    public bool StaysHere { get; init; }

    /// <summary>What holds when it is absent; null when nothing does.</summary>
    public string? Default { get; init; }

    /// <summary>The values it can have; empty when it is free.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Where to find it, or what it does, in one sentence.</summary>
    public string? Help { get; init; }

    /// <summary>Says what is wrong with a value, as the end of a sentence; null when nothing is. Never repeats a secret.</summary>
    internal Func<string, string?>? Check { get; init; }

    /// <summary>Where the provider's API is, when it is not where it usually is. Only https, and only to a public address, except in development.</summary>
    internal static RelayField BaseUrl(string usual) => Url("base_url", "API address", usual);

    internal static RelayField Url(string name, string title, string usual) =>
        new(name, title, usual) { Help = "Only for another address than the provider's own.", Check = value => UrlProblem(value), GuardsSecrets = true };

    /// <summary>A key or token: printable ASCII, as it has to stand in an HTTP header.</summary>
    internal static RelayField Key(string name, string title, string example, string help) =>
        new(name, title, example) { IsRequired = true, IsSecret = true, Help = help, Check = KeyProblem };

    internal static string? KeyProblem(string value) =>
        value.AsSpan().ContainsAnyExceptInRange('!', '~') ? "must be printable ASCII without spaces; copy it again." : null;

    private static string? UrlProblem(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? null
            : "must be an https URL without query and password.";
}

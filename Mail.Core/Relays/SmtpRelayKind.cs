using System.Globalization;
using System.Net;
using Mail.Core.Common;
using Mail.Core.Relays.Http;
using Mail.Protocol.Smtp;

namespace Mail.Core.Relays;

/// <summary>The settings of a project's relay of the kind `smtp`.</summary>
internal static class SmtpRelayKind
{
    private const int LongestValue = 1000;

    /// <summary>In the order in which a form asks for them.</summary>
    public static IReadOnlyList<RelayField> Fields { get; } =
    [
        new RelayField("host", "Host", "smtp.example.com") { IsRequired = true, GuardsSecrets = true, Help = "The mail server's name; its certificate must bear it.", Check = HostProblem },
        new RelayField("port", "Port", "587") { IsNumber = true, Default = "587", Help = "587 for STARTTLS, 465 for TLS from the first byte.", Check = PortProblem },
        new RelayField("tls", "Protection", "starttls")
        {
            Choices = ["starttls", "tls", "required", "opportunistic", "none"], GuardsSecrets = true,
            Help = "`starttls` and `tls` (from the first byte) verify the certificate, `required` does not. Without it the port decides. The others need the operator's leave.",
        },
        new RelayField("username", "User name", "noreply@example.com") { Help = "The account; together with the password." },
        new RelayField("password", "Password", "correct-horse-battery") { IsSecret = true, Help = "Of that account. Many providers want one made for apps only." },
        new RelayField("return_path", "Return path", "own")
        {
            Choices = ["own", "sender"],
            Help = "Who gets the bounces: `own` is an address of ours for each recipient (when the operator has set up a domain for it), `sender` the message's From. "
                + "Without it `own`, but `sender` for the providers of the presets, which let nobody choose.",
        },
    ];

    /// <summary>Whether mail over it has return paths of ours.</summary>
    public static bool TakesReturnPaths(IReadOnlyDictionary<string, string> settings) => settings.GetValueOrDefault("return_path") switch
    {
        "own" => true,
        "sender" => false,
        _ => !Setup.SmtpPresets.IsProvider(settings.GetValueOrDefault("host") ?? ""),
    };

    /// <returns>What is wrong with the settings, with the field's path; null when nothing is.</returns>
    public static Failure? Check(IReadOnlyDictionary<string, string> settings, RelayOptions options, bool allowPrivate, string path)
    {
        if (settings.Keys.FirstOrDefault(name => Fields.All(field => field.Name != name)) is { } unknown)
            return Failure.Field(path + unknown, $"is no setting of a smtp relay; these are: {string.Join(", ", Fields.Select(field => field.Name))}.");
        foreach (RelayField field in Fields)
        {
            string? value = settings.GetValueOrDefault(field.Name);
            if (value is null && field.IsRequired) return Failure.Missing(path + field.Name);
            if (value is not null && Problem(field, value) is { } problem) return Failure.Field(path + field.Name, problem);
        }

        if (settings.ContainsKey("username") != settings.ContainsKey("password"))
            return Failure.Field(path + (settings.ContainsKey("username") ? "password" : "username"), "is needed: user name and password belong together; leave both away for a server that asks for none.");
        string host = settings["host"];
        if (!allowPrivate && LeadsInside(host)) return Failure.Field(path + "host", "must be a public host: a relay of a project cannot be on this machine or in a private network here (Relay__AllowPrivateHosts allows it).");
        return settings.GetValueOrDefault("tls") is "none" or "opportunistic" && !options.AllowPlainText && !RelaySettings.IsThisMachine(host)
            ? Failure.Field(path + "tls", "lets mails and the password travel unprotected, which this installation does not allow (Relay__AllowPlainText allows it). Use `starttls` or `tls`.")
            : null;
    }

    /// <exception cref="InvalidRelayException">A value cannot be used.</exception>
    public static SmtpConnectionOptions Server(IReadOnlyDictionary<string, string> settings, RelayOptions options, bool allowPrivate)
    {
        string host = settings.GetValueOrDefault("host") ?? throw new InvalidRelayException("The relay has no host.");
        if (!int.TryParse(settings.GetValueOrDefault("port") ?? "587", NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is 0 or > 65535)
            throw new InvalidRelayException("The relay's port is not a port.");
        string? tls = settings.GetValueOrDefault("tls");
        return new SmtpConnectionOptions
        {
            Host = host, Port = port, UserName = settings.GetValueOrDefault("username"), Password = settings.GetValueOrDefault("password"),
            TlsPolicy = tls switch
            {
                "none" => SmtpTlsPolicy.None,
                "opportunistic" => SmtpTlsPolicy.Opportunistic,
                "required" => SmtpTlsPolicy.Required,
                _ => SmtpTlsPolicy.RequiredVerified,
            },
            ImplicitTls = tls is "tls" || (tls is null or "required" && port is 465 or 2465),
            Timeouts = RelaySettings.Timeouts, AllowPlainTextCredentials = options.AllowPlainText,
            AllowsAddress = allowPrivate ? null : PublicAddress.IsPublic, // asked again where the connection is made: a name may lead inside, or do so later
        };
    }

    private static string? Problem(RelayField field, string value) =>
        value.Length == 0 ? "must not be empty; leave it away, or null takes it out."
        : value.Length > LongestValue ? $"is longer than {LongestValue} characters."
        : value.Any(char.IsControl) ? "must be one line without control characters."
        : field.Choices.Count > 0 && !field.Choices.Contains(value) ? $"must be one of: {string.Join(", ", field.Choices)}."
        : field.Check?.Invoke(value);

    private static string? HostProblem(string value) => value switch
    {
        _ when value.Contains("://", StringComparison.Ordinal) => "must be the name alone, without `smtp://`.",
        _ when IPAddress.TryParse(value, out _) => null,
        _ when value.Contains(':', StringComparison.Ordinal) => "must be the name alone; the port stands in `port`.",
        _ when value.Length > 253 || Uri.CheckHostName(value) != UriHostNameType.Dns => "must be a host name or an IP address.",
        _ => null,
    };

    private static string? PortProblem(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536 ? null : "must be a number from 1 to 65535.";

    /// <summary>What can be told without asking DNS; the rest is told where the connection is made.</summary>
    private static bool LeadsInside(string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? address)) return !PublicAddress.IsPublic(address);
        string name = host.TrimEnd('.');
        return !name.Contains('.', StringComparison.Ordinal) || ((string[])[".localhost", ".local", ".internal", ".lan", ".home.arpa"]).Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
    }
}

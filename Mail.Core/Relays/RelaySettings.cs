using System.Data.Common;
using System.Globalization;
using System.Net;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Mail.Core.Relays;

/// <summary>
/// The relay of a project that has none of its own: the settings of <see cref="Names"/> when SMTP_HOST is set, else the inbox in ConnectionStrings:mailpit, else, outside Production, the log.
/// </summary>
/// <param name="Server">Set for <see cref="RelayKind.Smtp"/> only.</param>
/// <param name="From">EMAIL_FROM: the sender of mails that the platform writes on its own.</param>
/// <param name="Origin">Which settings this follows from, for the log.</param>
public sealed record RelaySettings(RelayKind Kind, SmtpConnectionOptions? Server, EmailAddress? From, string Origin)
{
    public const string Name = "default";

    /// <summary>What it is made from. A host lets each of them stand in a file too (NAME_FILE).</summary>
    public static IReadOnlyList<string> Names { get; } = ["SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_TLS", "EMAIL_FROM"];

    internal static SmtpTimeouts Timeouts { get; } = new()
    {
        // A relay that we chose answers at once; the minutes of RFC 5321 are for strangers. Only the last reply keeps its time: giving up on it makes duplicates.
        Connect = TimeSpan.FromSeconds(10), Greeting = TimeSpan.FromSeconds(30), Command = TimeSpan.FromSeconds(30), TlsHandshake = TimeSpan.FromSeconds(15),
        Mail = TimeSpan.FromMinutes(1), Rcpt = TimeSpan.FromMinutes(1), DataInitiation = TimeSpan.FromMinutes(1),
    };

    /// <exception cref="InvalidRelayException">The settings contradict each other, or would let mails go nowhere or unprotected. The message says what to set.</exception>
    public static RelaySettings Read(IConfiguration configuration, IHostEnvironment environment, RelayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string? Setting(string name) => string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name]!.Trim();
        if (options.Kind > RelayKind.Capture) throw new InvalidRelayException($"Relay:Kind is {options.Kind}; the default relay can be smtp, log or capture. The others are relays of a project, made by the API.");
        EmailAddress? from = ReadFrom(Setting("EMAIL_FROM"));
        string? host = Setting("SMTP_HOST");
        RelaySettings chosen = options.Kind switch
        {
            RelayKind.Log => new RelaySettings(RelayKind.Log, null, from, "Relay:Kind"),
            RelayKind.Capture => new RelaySettings(RelayKind.Capture, null, from, "Relay:Kind"),
            _ when host is not null => FromVariables(Setting, host, from, options),
            _ when configuration.GetConnectionString("mailpit") is { Length: > 0 } inbox => FromInbox(inbox, from),
            RelayKind.Smtp => throw new InvalidRelayException("Relay:Kind is smtp, but SMTP_HOST is not set."),
            _ => new RelaySettings(RelayKind.Log, null, from, "no SMTP_HOST and no inbox"),
        };
        if (environment.IsProduction() && !options.AllowCaptureInProduction) RequireRealRelay(chosen, host is not null);
        return chosen;
    }

    /// <summary>For a log: no secret.</summary>
    public override string ToString() => Server is null ? $"{Kind} ({Origin})" : $"{Kind} {Server}, TLS {Server.TlsPolicy}{(Server.ImplicitTls ? " from the first byte" : "")} ({Origin})";

    private static RelaySettings FromVariables(Func<string, string?> setting, string host, EmailAddress? from, RelayOptions options)
    {
        int port = Port(setting("SMTP_PORT"), host);
        string? user = setting("SMTP_USER"), password = setting("SMTP_PASSWORD");
        if (user is null && password is not null) throw new InvalidRelayException("SMTP_PASSWORD is set but SMTP_USER is not. Set both, or none for a server that asks for no password.");
        if (user is not null && password is null) return new RelaySettings(RelayKind.Log, null, from, "SMTP_USER without SMTP_PASSWORD");

        bool local = IsThisMachine(host);
        (SmtpTlsPolicy tls, bool isImplicit) = Tls(setting("SMTP_TLS"), port, local);
        if (tls is SmtpTlsPolicy.None or SmtpTlsPolicy.Opportunistic && !local && !options.AllowPlainText)
        {
            throw new InvalidRelayException(
                $"SMTP_TLS={setting("SMTP_TLS")} lets mails to {host} travel unprotected. Set SMTP_TLS to starttls or tls, or allow it by Relay__AllowPlainText=true.");
        }

        return new RelaySettings(RelayKind.Smtp, new SmtpConnectionOptions
        {
            Host = host, Port = port, UserName = user, Password = password, TlsPolicy = tls, ImplicitTls = isImplicit, Timeouts = Timeouts,
            AllowPlainTextCredentials = options.AllowPlainText,
        }, from, "SMTP_HOST");
    }

    /// <summary>`Endpoint=smtp://host:port`, as Aspire writes it, or the address alone. A developer's inbox: plain text, no password.</summary>
    private static RelaySettings FromInbox(string connectionString, EmailAddress? from)
    {
        string? endpoint = connectionString;
        if (connectionString.Contains('=', StringComparison.Ordinal))
        {
            try
            {
                endpoint = new DbConnectionStringBuilder { ConnectionString = connectionString }.TryGetValue("Endpoint", out object? value) ? value as string : null;
            }
            catch (ArgumentException)
            {
                endpoint = null;
            }
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) || uri.Scheme != "smtp" || uri.Port <= 0)
            throw new InvalidRelayException("ConnectionStrings:mailpit is not of the form Endpoint=smtp://host:port.");
        SmtpConnectionOptions server = new() { Host = uri.IdnHost, Port = uri.Port, TlsPolicy = SmtpTlsPolicy.None, Timeouts = Timeouts };
        return new RelaySettings(RelayKind.Smtp, server, from, "ConnectionStrings:mailpit");
    }

    private static void RequireRealRelay(RelaySettings chosen, bool hostIsSet)
    {
        const string Remedy = " Set SMTP_HOST, SMTP_PORT, SMTP_USER and SMTP_PASSWORD, or allow it by Relay__AllowCaptureInProduction=true.";
        if (chosen.Kind == RelayKind.Smtp && hostIsSet) return;
        throw new InvalidRelayException(chosen.Kind switch
        {
            RelayKind.Smtp => "In Production mails would only reach the developers' inbox in ConnectionStrings:mailpit." + Remedy,
            RelayKind.Capture => "In Production mails would only be captured (Relay:Kind is capture)." + Remedy,
            _ => $"In Production mails would only be logged ({chosen.Origin})." + Remedy,
        });
    }

    private static EmailAddress? ReadFrom(string? text)
    {
        if (text is null) return null;
        return EmailAddress.TryParse(text, out EmailAddress? from, out string? error) ? from : throw new InvalidRelayException($"EMAIL_FROM is not an e-mail address: {error}");
    }

    private static int Port(string? text, string host)
    {
        if (text is null) return IsThisMachine(host) ? 25 : 587;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
            ? port
            : throw new InvalidRelayException($"SMTP_PORT is '{text}', not a number from 1 to 65535.");
    }

    /// <summary>
    /// What is not set is safe: a verified certificate, except on this machine, where nobody is between us and ourselves and mail servers mostly sign their own.
    /// </summary>
    private static (SmtpTlsPolicy Policy, bool IsImplicit) Tls(string? text, int port, bool local) => text?.ToLowerInvariant() switch
    {
        null when port != 465 && local => (SmtpTlsPolicy.Opportunistic, false),
        null or "required+verified" => (SmtpTlsPolicy.RequiredVerified, port == 465),
        "required" => (SmtpTlsPolicy.Required, port == 465),
        "none" => (SmtpTlsPolicy.None, false),
        "opportunistic" => (SmtpTlsPolicy.Opportunistic, false),
        "starttls" => (SmtpTlsPolicy.RequiredVerified, false),
        "tls" or "implicit" or "ssl" => (SmtpTlsPolicy.RequiredVerified, true),
        _ => throw new InvalidRelayException(
            $"SMTP_TLS is '{text}'; it can be none, opportunistic, required (TLS, certificate not verified), required+verified, starttls (verified, usual on port 587) or tls (verified, usual on port 465)."),
    };

    /// <summary>Whether a host is this computer by its name or address.</summary>
    public static bool IsThisComputer(string host) => IsThisMachine(host);

    internal static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}

/// <summary>The default relay cannot be made from the settings; the message is for the person who set them.</summary>
public sealed class InvalidRelayException(string message) : Exception(message);

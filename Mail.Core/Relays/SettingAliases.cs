using Mail.Core.Relays.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Mail.Core.Relays;

/// <summary>
/// The names that other programs gave to what <see cref="RelaySettings.Names"/> say: whoever replaces one of them keeps its `.env`. Django's EMAIL_HOST and its like, FROM_EMAIL, and the keys of
/// SendGrid and Amazon, which become the SMTP login of that provider.
/// </summary>
public static class SettingAliases
{
    private const string Provider = "EMAIL_PROVIDER", SendGridKey = "SENDGRID_API_KEY", AmazonKeyId = "AWS_ACCESS_KEY_ID", AmazonKey = "AWS_SECRET_ACCESS_KEY";

    private static readonly (string Name, string[] Aliases)[] _plain =
    [
        ("SMTP_HOST", ["EMAIL_HOST"]), ("SMTP_PORT", ["EMAIL_PORT"]), ("SMTP_USER", ["EMAIL_HOST_USER"]), ("SMTP_PASSWORD", ["EMAIL_HOST_PASSWORD"]),
        ("EMAIL_FROM", ["DEFAULT_FROM_EMAIL", "FROM_EMAIL", "SENDGRID_SENDER_EMAIL", "AWS_SES_SENDER_EMAIL"]),
    ];

    private static readonly string[] _amazonRegion = ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_SES_REGION"];

    /// <summary>Each may stand in a file too (NAME_FILE).</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. _plain.SelectMany(one => one.Aliases), "EMAIL_USE_TLS", "EMAIL_USE_SSL", Provider, SendGridKey, AmazonKeyId, AmazonKey, .. _amazonRegion];

    /// <summary>Gives our names the values of the others. To be called when all that a host reads is there.</summary>
    /// <exception cref="InvalidRelayException">Two names say different things; the message names both, and no value.</exception>
    public static void Apply(IConfigurationBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);
        Dictionary<string, string?> found = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string[] aliases) in _plain) Take(configuration, found, name, aliases);
        TakeTls(configuration, found);
        if ((found.GetValueOrDefault("SMTP_HOST") ?? Value(configuration, "SMTP_HOST")) is null) TakeProvider(configuration, found);
        if (found.Count > 0) builder.Sources.Add(new MemoryConfigurationSource { InitialData = found });
    }

    private static void Take(IConfiguration configuration, Dictionary<string, string?> found, string name, IEnumerable<string> aliases)
    {
        (string Name, string Value)? first = Value(configuration, name) is { } own ? (name, own) : null;
        foreach (string alias in aliases)
        {
            if (Value(configuration, alias) is not { } value) continue;
            if (first is not { } before) first = (alias, value);
            else if (before.Value != value) throw new InvalidRelayException($"{before.Name} and {alias} say different things, and both mean {name}. Remove one of them.");
        }

        if (first is { } chosen && chosen.Name != name) found[name] = chosen.Value;
    }

    /// <summary>Django's two switches: TLS after STARTTLS, or from the first byte.</summary>
    private static void TakeTls(IConfiguration configuration, Dictionary<string, string?> found)
    {
        bool? startTls = Switch(configuration, "EMAIL_USE_TLS"), tls = Switch(configuration, "EMAIL_USE_SSL");
        if (startTls == true && tls == true) throw new InvalidRelayException("EMAIL_USE_TLS and EMAIL_USE_SSL are both on. One connection is either upgraded by STARTTLS or TLS from its first byte: remove one of them.");
        string? wanted = tls == true ? "tls" : startTls switch { true => "starttls", false when tls != true => "none", _ => null };
        if (wanted is null) return;
        if (Value(configuration, "SMTP_TLS") is { } own)
        {
            if (!own.Equals(wanted, StringComparison.OrdinalIgnoreCase) && !(own.StartsWith("required", StringComparison.OrdinalIgnoreCase) && wanted != "none"))
                throw new InvalidRelayException($"SMTP_TLS and {(tls == true ? "EMAIL_USE_SSL" : "EMAIL_USE_TLS")} say different things. Remove one of them.");
            return;
        }

        found["SMTP_TLS"] = wanted;
    }

    private static void TakeProvider(IConfiguration configuration, Dictionary<string, string?> found)
    {
        string? chosen = Value(configuration, Provider)?.ToLowerInvariant(), sendGrid = Value(configuration, SendGridKey), amazonId = Value(configuration, AmazonKeyId), amazon = Value(configuration, AmazonKey);
        switch (chosen)
        {
            case "sendgrid" or null when sendGrid is not null:
                Set(found, "smtp.sendgrid.net", "apikey", sendGrid);
                break;
            case "sendgrid":
                throw new InvalidRelayException($"{Provider} is sendgrid, but {SendGridKey} is not set.");
            case "ses" or "aws" or "aws_ses" or "amazon":
                if (amazonId is null || amazon is null) throw new InvalidRelayException($"{Provider} is {chosen}, but {AmazonKeyId} or {AmazonKey} is not set.");
                string region = _amazonRegion.Select(name => Value(configuration, name)).FirstOrDefault(value => value is not null)
                    ?? throw new InvalidRelayException($"{Provider} is {chosen}, but {_amazonRegion[0]} is not set: SES has a server in each region.");
                Set(found, $"email-smtp.{region}.amazonaws.com", amazonId, SesSmtpPassword.Derive(new Secret(amazon), region));
                break;
            case null or "smtp" or "console" or "microsoft" or "microsoft365" or "outlook" or "google" or "gmail" or "local":
                break; // by SMTP_*; keys of Microsoft and Google belong to connections for mailboxes (docs/guides/mailbox-providers.md)
            default:
                throw new InvalidRelayException($"{Provider} '{chosen}' is none that we know: smtp, sendgrid, ses, microsoft, google.");
        }
    }

    private static void Set(Dictionary<string, string?> found, string host, string user, string password) =>
        (found["SMTP_HOST"], found["SMTP_PORT"], found["SMTP_USER"], found["SMTP_PASSWORD"], found["SMTP_TLS"]) = (host, "587", user, password, "starttls");

    private static bool? Switch(IConfiguration configuration, string name) => Value(configuration, name)?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => throw new InvalidRelayException($"{name} is neither true nor false."),
    };

    private static string? Value(IConfiguration configuration, string name) => string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name]!.Trim();
}

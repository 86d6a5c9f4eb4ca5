using System.Globalization;
using Mail.Protocol.Smtp;

namespace Mail.Core.Relays;

/// <summary>The settings of a project's relay of the kind `smtp`.</summary>
internal static class SmtpRelayKind
{
    /// <exception cref="InvalidRelayException">A value cannot be used.</exception>
    public static SmtpConnectionOptions Server(IReadOnlyDictionary<string, string> settings, RelayOptions options)
    {
        string host = settings.GetValueOrDefault("host") ?? throw new InvalidRelayException("The relay has no host.");
        if (!int.TryParse(settings.GetValueOrDefault("port") ?? "587", NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is 0 or > 65535)
            throw new InvalidRelayException("The relay's port is not a port.");
        return new SmtpConnectionOptions
        {
            Host = host, Port = port, UserName = settings.GetValueOrDefault("username"), Password = settings.GetValueOrDefault("password"),
            TlsPolicy = settings.GetValueOrDefault("tls") switch
            {
                "none" => SmtpTlsPolicy.None,
                "opportunistic" => SmtpTlsPolicy.Opportunistic,
                "required" => SmtpTlsPolicy.Required,
                _ => SmtpTlsPolicy.RequiredVerified,
            },
            ImplicitTls = port == 465,
            Timeouts = RelaySettings.Timeouts, AllowPlainTextCredentials = options.AllowPlainText,
        };
    }
}

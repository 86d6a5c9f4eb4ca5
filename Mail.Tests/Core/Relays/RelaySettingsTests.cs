using Mail.Core.Relays;
using Mail.Protocol.Smtp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Mail.Tests.Core.Relays;

public sealed class RelaySettingsTests
{
    private const string Inbox = "Endpoint=smtp://localhost:1025";

    [Fact]
    public void Smtp_variables_make_the_relay()
    {
        RelaySettings settings = Read("Production", new() { ["SMTP_HOST"] = "mail.example.com", ["SMTP_PORT"] = "2525", ["SMTP_USER"] = "u", ["SMTP_PASSWORD"] = "p", ["EMAIL_FROM"] = "Shop <shop@example.com>", ["ConnectionStrings:mailpit"] = Inbox });

        Assert.Equal(RelayKind.Smtp, settings.Kind);
        Assert.Equal(("mail.example.com", 2525, "u", "p"), (settings.Server!.Host, settings.Server.Port, settings.Server.UserName, settings.Server.Password));
        Assert.Equal((SmtpTlsPolicy.RequiredVerified, false), (settings.Server.TlsPolicy, settings.Server.ImplicitTls));
        Assert.Equal("shop@example.com", settings.From!.Address);
        Assert.DoesNotContain("p", settings.ToString().Replace("Smtp", "", StringComparison.Ordinal).Replace("example", "", StringComparison.Ordinal).Replace("SMTP_HOST", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("465", null, "mail.example.com", SmtpTlsPolicy.RequiredVerified, true)]
    [InlineData(null, null, "mail.example.com", SmtpTlsPolicy.RequiredVerified, false)]
    [InlineData(null, null, "localhost", SmtpTlsPolicy.Opportunistic, false)]
    [InlineData("465", null, "localhost", SmtpTlsPolicy.RequiredVerified, true)]
    [InlineData("587", "tls", "mail.example.com", SmtpTlsPolicy.RequiredVerified, true)]
    [InlineData("25", "STARTTLS", "mail.example.com", SmtpTlsPolicy.RequiredVerified, false)]
    [InlineData("25", "required+verified", "localhost", SmtpTlsPolicy.RequiredVerified, false)]
    [InlineData("587", "required", "mail.example.com", SmtpTlsPolicy.Required, false)]
    [InlineData("465", "required", "mail.example.com", SmtpTlsPolicy.Required, true)]
    [InlineData("25", "none", "127.0.0.1", SmtpTlsPolicy.None, false)]
    public void The_protection_follows_setting_port_and_host(string? port, string? tls, string host, SmtpTlsPolicy expected, bool isImplicit)
    {
        SmtpConnectionOptions server = Read("Production", new() { ["SMTP_HOST"] = host, ["SMTP_PORT"] = port, ["SMTP_TLS"] = tls }).Server!;

        Assert.Equal((expected, isImplicit), (server.TlsPolicy, server.ImplicitTls));
    }

    [Theory, InlineData("none"), InlineData("opportunistic")]
    public void Plain_text_to_another_machine_must_be_allowed(string tls)
    {
        Dictionary<string, string?> settings = new() { ["SMTP_HOST"] = "mail.example.com", ["SMTP_TLS"] = tls };

        Assert.Contains("Relay__AllowPlainText", Assert.Throws<InvalidRelayException>(() => Read("Development", settings)).Message, StringComparison.Ordinal);
        Assert.Equal(RelayKind.Smtp, Read("Development", settings, new RelayOptions { AllowPlainText = true }).Kind);
    }

    [Theory]
    [InlineData("SMTP_TLS", "maybe", "SMTP_TLS")]
    [InlineData("SMTP_PORT", "mail", "SMTP_PORT")]
    [InlineData("SMTP_PORT", "70000", "SMTP_PORT")]
    [InlineData("EMAIL_FROM", "not an address", "EMAIL_FROM")]
    [InlineData("SMTP_PASSWORD", "lonely-secret", "SMTP_USER")]
    public void A_wrong_setting_is_named_and_no_secret_is(string name, string value, string named)
    {
        string message = Assert.Throws<InvalidRelayException>(() => Read("Development", new() { ["SMTP_HOST"] = "localhost", [name] = value })).Message;

        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.DoesNotContain("lonely-secret", message, StringComparison.Ordinal);
    }

    [Theory, InlineData(Inbox), InlineData("smtp://localhost:1025")]
    public void Without_smtp_host_the_inbox_takes_the_mails(string connectionString)
    {
        RelaySettings settings = Read("Development", new() { ["ConnectionStrings:mailpit"] = connectionString });

        Assert.Equal((RelayKind.Smtp, "localhost", 1025, SmtpTlsPolicy.None), (settings.Kind, settings.Server!.Host, settings.Server.Port, settings.Server.TlsPolicy));
    }

    [Theory, InlineData("Endpoint=http://localhost:1025"), InlineData("Host=localhost"), InlineData("localhost:1025")]
    public void An_inbox_that_is_no_smtp_address_is_refused(string connectionString) =>
        Assert.Contains("ConnectionStrings:mailpit", Assert.Throws<InvalidRelayException>(() => Read("Development", new() { ["ConnectionStrings:mailpit"] = connectionString })).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_any_mail_server_or_without_a_password_mails_are_logged()
    {
        Assert.Equal(RelayKind.Log, Read("Development", []).Kind);
        Assert.Equal(RelayKind.Log, Read("Staging", new() { ["SMTP_HOST"] = "mail.example.com", ["SMTP_USER"] = "u", ["SMTP_PASSWORD"] = " " }).Kind);
    }

    [Fact]
    public void Production_refuses_a_relay_that_reaches_nobody_unless_allowed()
    {
        Dictionary<string, string?>[] toNobody = [[], new() { ["ConnectionStrings:mailpit"] = Inbox }, new() { ["SMTP_HOST"] = "mail.example.com", ["SMTP_USER"] = "u" }];
        foreach (Dictionary<string, string?> settings in toNobody)
        {
            string message = Assert.Throws<InvalidRelayException>(() => Read("Production", settings)).Message;
            Assert.Contains("Set SMTP_HOST", message, StringComparison.Ordinal);
            Assert.Contains("Relay__AllowCaptureInProduction", message, StringComparison.Ordinal);
            Read("Production", settings, new RelayOptions { AllowCaptureInProduction = true });
        }

        foreach (RelayKind kind in new[] { RelayKind.Log, RelayKind.Capture })
            Assert.Throws<InvalidRelayException>(() => Read("Production", new() { ["SMTP_HOST"] = "mail.example.com" }, new RelayOptions { Kind = kind }));
    }

    [Fact]
    public void The_default_relay_is_no_http_api() =>
        Assert.Contains("made by the API", Assert.Throws<InvalidRelayException>(() => Read("Development", new() { ["SMTP_HOST"] = "localhost" }, new RelayOptions { Kind = RelayKind.Ses })).Message, StringComparison.Ordinal);

    private static RelaySettings Read(string environment, Dictionary<string, string?> settings, RelayOptions? options = null) =>
        RelaySettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new Named(environment), options ?? new RelayOptions());

    private sealed class Named(string environment) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

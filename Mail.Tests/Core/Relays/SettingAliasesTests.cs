using Mail.Core.Relays;
using Mail.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Mail.Tests.Core.Relays;

public sealed class SettingAliasesTests
{
    /// <summary>The files of the five systems that this one replaces, as they write them.</summary>
    public static TheoryData<string, string, string> Teams => new()
    {
        { "escrow", """
            SECRET_KEY='django-insecure-0123456789abcdefghijklmnopqrstuv'
            EMAIL_HOST=smtp.example.com
            EMAIL_PORT=587
            EMAIL_HOST_USER=no-reply@example.com
            EMAIL_HOST_PASSWORD="app pass word"
            EMAIL_USE_TLS=True
            DEFAULT_FROM_EMAIL=no-reply@example.com
            """, "smtp.example.com:587 no-reply@example.com app pass word" },
        { "inbox", """
            SMTP_HOST=localhost
            SMTP_PORT=1025
            EMAIL_FROM=dev@example.com
            """, "localhost:1025  " },
        { "carpool", """
            EMAIL_HOST=smtp.example.com
            EMAIL_PORT=465
            EMAIL_USE_SSL=1
            EMAIL_HOST_USER=carpool
            EMAIL_HOST_PASSWORD=p4ss
            FROM_EMAIL=trips@example.com
            """, "smtp.example.com:465 carpool p4ss" },
        { "provisioning", """
            EMAIL_PROVIDER=sendgrid
            EMAIL_DOMAIN=example.com
            SENDGRID_API_KEY=SG.key
            SENDGRID_SENDER_EMAIL=no-reply@example.com
            MICROSOFT_TENANT_ID=t
            GOOGLE_CLIENT_ID=g
            """, "smtp.sendgrid.net:587 apikey SG.key" },
        { "interviews", """
            EMAIL_PROVIDER=ses
            AWS_REGION=eu-west-1
            AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
            AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
            DEFAULT_FROM_EMAIL="Jobs <jobs@example.com>"
            """, "email-smtp.eu-west-1.amazonaws.com:587 AKIAIOSFODNN7EXAMPLE " + Derived },
    };

    private static string Derived => Mail.Core.Relays.Http.SesSmtpPassword.Derive(new Mail.Core.Relays.Http.Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "eu-west-1"); // AwsVectorTests has Amazon's own examples

    [Theory, MemberData(nameof(Teams))]
    public void A_file_of_each_team_makes_the_default_relay(string team, string file, string wanted)
    {
        RelaySettings relay = Relay(file);

        Assert.Equal(RelayKind.Smtp, relay.Kind);
        Assert.Equal(wanted, $"{relay.Server!.Host}:{relay.Server.Port} {relay.Server.UserName} {relay.Server.Password}");
        Assert.NotNull(relay.From);
        Assert.Equal(team == "carpool", relay.Server.ImplicitTls);
    }

    [Theory]
    [InlineData("SMTP_HOST=a.example\nEMAIL_HOST=b.example", "SMTP_HOST", "EMAIL_HOST")]
    [InlineData("DEFAULT_FROM_EMAIL=a@example.com\nFROM_EMAIL=b@example.com", "DEFAULT_FROM_EMAIL", "FROM_EMAIL")]
    [InlineData("SMTP_TLS=none\nEMAIL_USE_TLS=true", "SMTP_TLS", "EMAIL_USE_TLS")]
    [InlineData("EMAIL_USE_TLS=true\nEMAIL_USE_SSL=true", "EMAIL_USE_TLS", "EMAIL_USE_SSL")]
    [InlineData("EMAIL_PROVIDER=sendgrid", "EMAIL_PROVIDER", "SENDGRID_API_KEY")]
    [InlineData("EMAIL_PROVIDER=ses\nAWS_ACCESS_KEY_ID=a\nAWS_SECRET_ACCESS_KEY=b", "EMAIL_PROVIDER", "AWS_REGION")]
    [InlineData("EMAIL_PROVIDER=pigeon", "EMAIL_PROVIDER", "pigeon")]
    [InlineData("EMAIL_USE_TLS=perhaps", "EMAIL_USE_TLS", "neither true nor false")]
    public void What_contradicts_itself_stops_the_start_and_names_both(string file, string first, string second)
    {
        InvalidRelayException refused = Assert.Throws<InvalidRelayException>(() => Relay(file));

        Assert.Contains(first, refused.Message, StringComparison.Ordinal);
        Assert.Contains(second, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_said_twice_is_no_contradiction_and_our_own_name_wins()
    {
        RelaySettings relay = Relay("SMTP_HOST=a.example\nEMAIL_HOST=a.example\nSENDGRID_API_KEY=SG.key\nEMAIL_FROM=a@example.com\nFROM_EMAIL=a@example.com");

        Assert.Equal(("a.example", null), (relay.Server!.Host, relay.Server.UserName)); // a key of a provider does not change a relay that was named
    }

    private static RelaySettings Relay(string file)
    {
        ConfigurationManager configuration = new();
        configuration.AddInMemoryCollection(EnvironmentFile.Read(file, ".env").Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)));
        SettingAliases.Apply(configuration, configuration);
        return RelaySettings.Read(configuration, new Environment(), new RelayOptions());
    }

    private sealed class Environment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

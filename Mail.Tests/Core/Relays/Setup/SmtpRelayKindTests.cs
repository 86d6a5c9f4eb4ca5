using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays.Setup;

public sealed class SmtpRelayKindTests
{
    [Theory]
    [InlineData("587", null, SmtpTlsPolicy.RequiredVerified, false)]
    [InlineData("465", null, SmtpTlsPolicy.RequiredVerified, true)]
    [InlineData("2465", null, SmtpTlsPolicy.RequiredVerified, true)]
    [InlineData("465", "starttls", SmtpTlsPolicy.RequiredVerified, false)]
    [InlineData("587", "tls", SmtpTlsPolicy.RequiredVerified, true)]
    [InlineData("587", "required", SmtpTlsPolicy.Required, false)]
    [InlineData("465", "required", SmtpTlsPolicy.Required, true)]
    [InlineData("465", "none", SmtpTlsPolicy.None, false)]
    [InlineData("465", "opportunistic", SmtpTlsPolicy.Opportunistic, false)]
    public void Port_and_protection_say_how_TLS_begins(string port, string? tls, SmtpTlsPolicy policy, bool isImplicit)
    {
        Dictionary<string, string> settings = new() { ["host"] = "smtp.example.com", ["port"] = port };
        if (tls is not null) settings["tls"] = tls;

        SmtpConnectionOptions server = SmtpRelayKind.Server(settings, new RelayOptions(), allowPrivate: false);

        Assert.Equal((policy, isImplicit), (server.TlsPolicy, server.ImplicitTls));
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_not_followed_when_mail_is_sent()
    {
        await using SmtpSink sink = SmtpSink.Start();
        Dictionary<string, string> settings = new() { ["host"] = "localhost", ["port"] = $"{sink.Port}", ["tls"] = "none" }; // stands for a public name with a private address
        await using SmtpRelay outside = new("r", SmtpRelayKind.Server(settings, new RelayOptions(), allowPrivate: false), new RelayOptions()), inside = new("r", SmtpRelayKind.Server(settings, new RelayOptions(), allowPrivate: true), new RelayOptions());

        RelayOutcome outcome = await outside.SendAsync(Message(), default);
        RelayFault? probe = await outside.ProbeAsync(default);

        Assert.Equal(RelayOutcomeKind.Unavailable, outcome.Kind);
        Assert.True(probe is { IsPermanent: true });
        Assert.DoesNotContain("127.0.0.1", outcome.Fault!.Reason, StringComparison.Ordinal);
        Assert.Equal(0, sink.ConnectionCount);
        Assert.Null(await inside.ProbeAsync(default));
    }

    private static RelayMessage Message() => new(
        new ProjectId(Guid.NewGuid()), new MessageId(Guid.NewGuid()), Lane.Normal, EmailAddress.Parse("a@example.org"), [new RelayRecipient(new DeliveryId(Guid.NewGuid()), EmailAddress.Parse("b@example.com"))],
        "Subject: x\r\n\r\nx\r\n"u8.ToArray(), _ => ValueTask.FromResult(true));
}

using System.Net;
using System.Reflection;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

/// <summary>Who looks on while a connection comes about, and what is asked before anything is sent.</summary>
public sealed class SmtpConnectStepTests
{
    [Fact]
    public async Task Each_step_is_told_when_it_is_done()
    {
        using TestCertificate certificate = new();
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = certificate.Certificate, UserName = "alice", Password = "secret-secret" });
        List<SmtpConnectStep> steps = [];
        SmtpShownCertificate? shown = null;

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(sink, SmtpTlsPolicy.Required).Watched(steps.Add, one => shown = one, SmtpTimeouts.Default), default);

        Assert.Equal([SmtpStage.Dns, SmtpStage.Connect, SmtpStage.Greeting, SmtpStage.Hello, SmtpStage.Tls, SmtpStage.Hello, SmtpStage.Auth], steps.Select(step => step.Stage));
        Assert.Equal([IPAddress.Loopback], steps[0].Addresses);
        Assert.True(steps[3].Capabilities!.StartTls);
        Assert.DoesNotContain(steps, step => step.Seen.Contains("secret-secret", StringComparison.Ordinal));
        Assert.True(shown is { IsUntrusted: true, IsForOtherName: false, Problem: not null });
    }

    [Theory, InlineData("127.0.0.1"), InlineData("localhost")]
    public async Task An_address_that_is_not_allowed_is_never_connected_to(string host)
    {
        await using SmtpSink sink = SmtpSink.Start();

        SmtpConnectException refused = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(
            new SmtpConnectionOptions { Host = host, Port = sink.Port, TlsPolicy = SmtpTlsPolicy.None, AllowsAddress = address => !IPAddress.IsLoopback(address) }, default));

        Assert.True(refused is { IsAddressForbidden: true, IsPermanent: true, Stage: SmtpStage.Dns });
        Assert.Equal(0, sink.ConnectionCount);
    }

    [Fact]
    public void A_watched_server_is_the_same_server()
    {
        SmtpConnectionOptions server = new()
        {
            Host = "h", Port = 1, TlsPolicy = SmtpTlsPolicy.Required, ImplicitTls = true, TrustedCaFile = "f", UserName = "u", Password = "p", AccessToken = _ => new("t"), AllowPlainTextCredentials = true,
            LocalName = "n", AllowsAddress = _ => true, Clock = new ManualClock(DateTimeOffset.UtcNow),
        };

        SmtpConnectionOptions watched = server.Watched(_ => { }, _ => { }, SmtpTimeouts.Default);

        foreach (PropertyInfo property in typeof(SmtpConnectionOptions).GetProperties())
        {
            if (property.Name is nameof(SmtpConnectionOptions.Progress) or nameof(SmtpConnectionOptions.CertificateShown)) Assert.NotNull(property.GetValue(watched));
            else if (property.Name != nameof(SmtpConnectionOptions.Timeouts)) Assert.Equal(property.GetValue(server), property.GetValue(watched));
        }
    }

    [Fact]
    public async Task A_question_leaves_the_connection_ready_for_a_message()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Rcpt, Argument: "no@example.com" } ? SmtpSinkAction.Reply(550, "5.1.1 no such user") : null;
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(new SmtpConnectionOptions { Host = "127.0.0.1", Port = sink.Port, TlsPolicy = SmtpTlsPolicy.None }, default);

        (SmtpReply mail, SmtpReply? refused) = await connection.AskEnvelopeAsync(EmailAddress.Parse("me@example.org"), EmailAddress.Parse("no@example.com"), default);
        (_, SmtpReply? accepted) = await connection.AskEnvelopeAsync(null, EmailAddress.Parse("yes@example.com"), default);
        (_, SmtpReply? notAsked) = await connection.AskEnvelopeAsync(null, null, default);
        (_, ReadOnlyMemory<byte> message) = SmtpTestMail.Write();
        SmtpTransactionResult sent = await connection.SendAsync(SmtpTestMail.Envelope("yes@example.com"), message, default);

        Assert.Equal((250, 550, 250, null), (mail.Code, refused?.Code, accepted?.Code, notAsked?.Code));
        Assert.True(sent.AllAccepted);
        Assert.Equal(1, sink.MessageCount);
    }

    private static SmtpConnectionOptions Options(SmtpSink sink, SmtpTlsPolicy tls) => new() { Host = "127.0.0.1", Port = sink.Port, TlsPolicy = tls, UserName = "alice", Password = "secret-secret" };
}

using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;

namespace Mail.Tests.Protocol.Smtp.Server;

public sealed class ReceivedHeaderTests
{
    private static readonly DateTimeOffset _noon = new(2026, 2, 3, 12, 0, 5, TimeSpan.FromHours(-3.5));

    [Fact]
    public void Says_from_whom_by_whom_how_and_when() => Assert.Equal("""
        Received: from client.example.com ([192.0.2.7])
        	by mx.example.net with ESMTPSA
        	(version=Tls13 cipher=TLS_AES_256_GCM_SHA384)
        	id 42
        	for <b@example.net>;
        	Tue, 3 Feb 2026 12:00:05 -0330

        """.ReplaceLineEndings("\r\n"), Write(Session(), Message("b@example.net")));

    [Fact]
    public void Names_no_client_that_wants_none_and_no_recipient_among_several() => Assert.Equal("""
        Received: by mx.example.net with ESMTPSA
        	(version=Tls13 cipher=TLS_AES_256_GCM_SHA384)
        	id 42;
        	Tue, 3 Feb 2026 12:00:05 -0330

        """.ReplaceLineEndings("\r\n"), Write(Session(), Message("b@example.net", "c@example.net"), withClient: false));

    [Theory]
    [InlineData("a)b", "192.0.2.7", "from unknown ([192.0.2.7])")] // a comment or a parameter to whoever reads it
    [InlineData("a;b", "192.0.2.7", "from unknown ([192.0.2.7])")]
    [InlineData("[192.0.2.7]", "2001:db8::1", "from [192.0.2.7] ([IPv6:2001:db8::1])")]
    [InlineData("x", "fe80::1%3", "from x ([IPv6:fe80::1])")]
    public void What_the_client_calls_itself_cannot_say_anything_else(string name, string address, string said) =>
        Assert.Contains($"Received: {said}\r\n", Write(Session(name, address), Message("b@example.net")), StringComparison.Ordinal);

    [Theory, InlineData("a b"), InlineData("a\r\nX: y"), InlineData("a;b"), InlineData("é")]
    public void An_id_that_is_no_atom_is_refused(string id) =>
        Assert.Throws<ArgumentException>(() => ReceivedHeader.Write(new ArrayBufferWriter<byte>(), Session(), Message("b@example.net"), id, _noon));

    private static string Write(SmtpServerSession session, SmtpServerMessage message, bool withClient = true)
    {
        ArrayBufferWriter<byte> output = new();
        ReceivedHeader.Write(output, session, message, "42", _noon, withClient);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static SmtpServerSession Session(string name = "client.example.com", string address = "192.0.2.7") => new()
    {
        ConnectionId = "c", Options = new SmtpServerOptions { Hostname = "mx.example.net" }, StartedAt = _noon, RemoteAddress = IPAddress.Parse(address),
        ClientName = name, IsExtended = true, UserName = "alice", Tls = new SmtpServerTls(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_256_GCM_SHA384, null, null),
    };

    private static SmtpServerMessage Message(params string[] recipients) => new()
    {
        Sender = new SmtpSender { Address = EmailAddress.Parse("a@example.com") }, Recipients = [.. recipients.Select(r => new SmtpRecipient(EmailAddress.Parse(r)))], Content = ReadOnlySequence<byte>.Empty,
    };
}

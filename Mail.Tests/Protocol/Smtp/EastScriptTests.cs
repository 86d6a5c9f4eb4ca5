using System.Net.Sockets;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

/// <summary>Servers, or those who sit between, that do with STARTTLS all that they can: before TLS has begun nothing is said that is worth hearing.</summary>
public sealed class EastScriptTests
{
    // What a clone without the corpora is tested with.
    private const string Working = """
        ( capabilities: [StartTLS, Auth([Plain])], capabilities_tls: [Auth([Plain])], implicit_tls: false )
        """;

    private const string Hidden = """
        ( capabilities: [], capabilities_tls: [], hide_commands: ["ehlo", "starttls"] )
        """;

    private const string RefusedWithAuthOffered = """
        ( capabilities: [StartTLS, Auth([Plain, Login])], capabilities_tls: [Auth([Plain])], stls_response: "454 TLS not available\r\n", stls_make_transition: false )
        """;

    private const string SaidAndNotDone = """
        ( capabilities: [StartTLS, Auth([Plain])], capabilities_tls: [Auth([Plain])], override_response: { "starttls": "220 go\r\n", } )
        """;

    [Theory]
    [InlineData(Working, true)]
    [InlineData(Hidden, false)]
    [InlineData(RefusedWithAuthOffered, false)]
    [InlineData(SaidAndNotDone, false)]
    public Task Nothing_worth_hearing_is_said_before_TLS(string script, bool connects) => CheckAsync("sample", script, connects);

    [Fact]
    public async Task Nothing_worth_hearing_is_said_before_TLS_to_the_servers_of_the_EAST_toolkit()
    {
        string[] scripts = Directory.GetFiles(Corpora.Path("smtp", "east-fake-mail-server"), "*.ron");
        Assert.NotEmpty(scripts);

        // Those whose TLS works, by what the files say.
        foreach (string script in scripts)
        {
            string text = await File.ReadAllTextAsync(script);
            bool works = text.Contains("StartTLS", StringComparison.Ordinal) && !text.Contains("stls_response", StringComparison.Ordinal) && !text.Contains("override_response", StringComparison.Ordinal)
                && (!text.Contains("greeting:", StringComparison.Ordinal) || text.Contains("greeting: \"220", StringComparison.Ordinal));
            bool onlyLaterCommandsDiffer = text.Contains("\"RSET\"", StringComparison.Ordinal) && !text.Contains("\"ehlo\"", StringComparison.OrdinalIgnoreCase);
            await CheckAsync(Path.GetFileName(script), text, works || onlyLaterCommandsDiffer);
        }
    }

    private static async Task CheckAsync(string name, string script, bool connects)
    {
        using TestCertificate tls = new();
        foreach (SmtpTlsPolicy policy in new[] { SmtpTlsPolicy.Opportunistic, SmtpTlsPolicy.Required, SmtpTlsPolicy.RequiredVerified })
        {
            EastServer server = new(script);
            await using LoopbackServer listener = new((stream, _, ct) => server.ServeAsync(stream, tls, ct));
            SmtpConnectionOptions options = new()
            {
                Host = "localhost", Port = listener.Port, TlsPolicy = policy, TrustedCaFile = tls.CertificateFile, UserName = "ann", Password = "secret",
            };
            // Over a stream of the caller's, because a connection to this machine counts as private.
            TcpClient tcp = new();
            await tcp.ConnectAsync("127.0.0.1", listener.Port);

            bool connected = false;
            try
            {
                await using SmtpConnection connection = await SmtpConnection.ConnectAsync(tcp.GetStream(), options, null, default);
                Assert.True(connection.IsSecure, $"{name}, {policy}: connected without TLS");
                Assert.True((await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), "x"u8.ToArray(), default)).AllAccepted, name);
                connected = true;
            }
            catch (SmtpConnectException) { }

            Assert.True(connects == connected, $"{name}, {policy}: connected: {connected}");
            Assert.All(server.HeardInPlainText, line => Assert.True(line.Split(' ')[0] is "EHLO" or "HELO" or "STARTTLS", $"{name}, {policy}: said before TLS: {line}"));
        }
    }
}

using System.Net;
using System.Net.Security;
using System.Text;
using Mail.Protocol.Smtp.Server;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp.Server;

/// <summary>
/// Dialogues that two other servers are tested with. Compared by reply code, since words are a server's own. What we answer otherwise stands here with the reason;
/// of chasquid's, <c>t-04-aliases__test_chasquid_util</c> is left out: it tests a command line program.
/// </summary>
public sealed class CorpusDialogTests : IDisposable
{
    private static readonly Dictionary<(string File, string Said), (string Ours, string Why)> _differences = new()
    {
        [("auth_not_tls", "AUTH PLAIN")] = ("538", "RFC 4954 §4 gives this case a code of its own"),
        [("bad_data", ".")] = ("250", "chasquid reads the message's headers here; with us that is the application's"),
        [("bad_rcpt_to", "RCPT LALA: <>")] = ("501", "RFC 5321 §4.2.4: the command is known, its argument is wrong"),
        [("bad_rcpt_to", "RCPT TO:")] = ("501", "as before"),
        [("bad_rcpt_to", "RCPT TO:<henryⅣ@testserver>")] = ("553", "RFC 6531 §3.5: the address needs SMTPUTF8, which HELO cannot ask for"),
        [("line_too_long", "HELO aaa")] = ("501", "RFC 5321 §4.5.3.1.2: a name of more than 255 octets; the line itself is not too long for us"),
        [("authplain", "AUTH LOGIN")] = ("503", "RFC 4954 §3: the client learns by EHLO what is offered"),
        [("starttls_session_fixation", "starttls")] = ("503", "a bad sequence of commands rather than a bad parameter"),
        [("starttls_with_injection", "starttls\r\nmail from:<matthieu@yopmail.com>\r\n")] = ("503", "for good, and the connection ends: who means well does not do this"),
    };

    private readonly TestCertificate _certificate = new();
    private readonly RecordingHandler _handler = new() { Authenticate = (_, c, _) => ValueTask.FromResult(c is { UserName: "bob@mydomain.tld", Password: "secret" } ? SmtpServerReplies.Authenticated : SmtpServerReplies.WrongCredentials) };

    public void Dispose() => _certificate.Dispose();

    [Theory]
    [InlineData("t-05-null_address__sendmail")]
    [InlineData("t-12-minor_dialogs__auth_not_tls")]
    [InlineData("t-12-minor_dialogs__auth_too_many_failures")]
    [InlineData("t-12-minor_dialogs__bad_data")]
    [InlineData("t-12-minor_dialogs__bad_rcpt_to")]
    [InlineData("t-12-minor_dialogs__empty_helo")]
    [InlineData("t-12-minor_dialogs__helo")]
    [InlineData("t-12-minor_dialogs__line_too_long")]
    [InlineData("t-12-minor_dialogs__wrong_proto")]
    public async Task Chasquids_dialogues(string file)
    {
        string name = file[(file.LastIndexOf("__", StringComparison.Ordinal) + 2)..], said = "";
        MemoryClient? client = null;
        foreach (string line in await File.ReadAllLinesAsync(Corpora.Path("smtp", "chasquid-dialogs", $"{file}.cmy")))
        {
            if (line.StartsWith("c tcp_connect", StringComparison.Ordinal) || line.StartsWith("c tls_connect", StringComparison.Ordinal))
            {
                if (client is not null) await client.DisposeAsync();
                said = "";
                bool isImplicit = line.StartsWith("c tls", StringComparison.Ordinal);
                client = new MemoryClient(Options(isImplicit), _handler, isImplicit ? IPAddress.Loopback : null);
                if (isImplicit) await client.SecureAsync();
            }
            else if (line.StartsWith("c ->", StringComparison.Ordinal))
            {
                said = line.Length > 5 ? line[5..] : "";
                await client!.SendAsync(Encoding.UTF8.GetBytes(said + "\r\n"));
            }
            else if (line.StartsWith("c <", StringComparison.Ordinal)) Check(name, said, line.Split(' ')[2], await client!.ReadReplyAsync());
            else Assert.True(line.Length == 0 || line[0] == '#' || line == "c close", line);
        }
        await client!.DisposeAsync();
    }

    [Theory]
    [InlineData("authplain")]
    [InlineData("helo")]
    [InlineData("starttls_session_fixation")]
    [InlineData("starttls_with_injection")]
    public async Task James_scripts(string file)
    {
        await using MemoryClient client = new(Options(isImplicit: false), _handler, IPAddress.Loopback);
        string said = "", code = "";
        foreach (string line in await File.ReadAllLinesAsync(Corpora.Path("smtp", "james-mpt-scripts", $"{file}.test")))
        {
            if (line.StartsWith("C:", StringComparison.Ordinal))
            {
                said = (line.Length > 3 ? line[3..] : "").Replace("\\r\\n", "\r\n", StringComparison.Ordinal);
                await client.SendAsync(said + "\r\n");
                code = "";
            }
            // Only the first line of a reply counts: the others say what the server can.
            else if (line.StartsWith("S:", StringComparison.Ordinal) && (line.Length < 7 || line[6] != '-') && !(code == "250" && line is "S: 250 8BITMIME" or "S: 250 STARTTLS"))
            {
                code = line[3..6];
                string reply = await client.ReadReplyAsync();
                Check(file, said, code, reply);
                if (_differences.ContainsKey((file, said))) return; // what follows in the script builds on theirs
            }
        }
    }

    private static void Check(string file, string said, string expected, string reply)
    {
        string key = said.StartsWith("HELO aaa", StringComparison.Ordinal) ? "HELO aaa" : said;
        string code = _differences.TryGetValue((file, key), out (string Ours, string Why) difference) ? difference.Ours : expected[..3];
        Assert.True(reply.StartsWith(code, StringComparison.Ordinal), $"\"{said}\" was answered \"{reply}\" and not {code}. {difference.Why}");
    }

    // Three wrong commands end the connection, as at chasquid's.
    private SmtpServerOptions Options(bool isImplicit) => new()
    {
        Tls = new SslServerAuthenticationOptions { ServerCertificate = _certificate.Certificate }, ImplicitTls = isImplicit, AllowUnauthenticated = true, AllowClearTextFromLoopback = true,
        MaxErrors = isImplicit ? 2 : 20, Linger = TimeSpan.FromMilliseconds(1),
    };
}

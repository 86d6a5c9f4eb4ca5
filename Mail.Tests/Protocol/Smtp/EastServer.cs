using System.Net.Security;
using System.Text;
using System.Text.RegularExpressions;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

/// <summary>
/// A server that misbehaves around STARTTLS as a script of the EAST toolkit says (fake-mail-server, RON files): offers, greeting, replies of its own for some
/// commands, and whether TLS follows STARTTLS. It remembers what it heard before TLS.
/// </summary>
internal sealed partial class EastServer
{
    private readonly Dictionary<string, string> _replies;
    private readonly string _greeting;
    private readonly string? _startTlsReply;
    private readonly bool _beginsTls;
    private readonly string[] _offers;
    private readonly string[] _offersInTls;
    private readonly List<string> _heardInPlainText = [];

    public EastServer(string script)
    {
        script = Comment().Replace(script, "");
        _greeting = Text(script, "greeting") ?? "220 mx.example.com ESMTP\r\n";
        _startTlsReply = Text(script, "stls_response");
        _beginsTls = !script.Contains("stls_make_transition: false", StringComparison.Ordinal);
        _replies = Pair().Matches(Block(script, "override_response", '{', '}')).ToDictionary(m => m.Groups[1].Value.ToUpperInvariant(), m => Unescape(m.Groups[2].Value));
        foreach (Match hidden in Quoted().Matches(Block(script, "hide_commands", '[', ']'))) _replies[hidden.Groups[1].Value.ToUpperInvariant()] = "500 unknown command\r\n";
        _offers = Offers(Block(script, "capabilities", '[', ']'));
        _offersInTls = Offers(Block(script, "capabilities_tls", '[', ']'));
    }

    /// <summary>Every line that came outside of TLS.</summary>
    public IReadOnlyList<string> HeardInPlainText
    {
        get
        {
            lock (_heardInPlainText) return [.. _heardInPlainText];
        }
    }

    public async Task ServeAsync(Stream stream, TestCertificate certificate, CancellationToken ct)
    {
        bool isSecure = false;
        SmtpSinkInput input = new(stream);
        await SayAsync(_greeting);
        while (await input.ReadLineAsync(ct) is { } line)
        {
            if (!isSecure) lock (_heardInPlainText) _heardInPlainText.Add(line);
            string verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (_replies.TryGetValue(verb, out string? reply))
            {
                await SayAsync(reply);
                if (verb == "STARTTLS" && reply.StartsWith("220", StringComparison.Ordinal))
                {
                    await input.ReadExactlyAsync(1, ct); // the client believes it and begins with TLS
                    return;
                }
            }
            else if (verb == "STARTTLS")
            {
                await SayAsync(_startTlsReply ?? "220 go\r\n");
                if (!_beginsTls) continue;
                SslStream tls = new(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate.Certificate }, ct);
                (stream, input, isSecure) = (tls, new SmtpSinkInput(tls), true);
            }
            else await SayAsync(Answer(verb, isSecure));
            if (verb == "QUIT") return;
        }

        async Task SayAsync(string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), ct);
    }

    private string Answer(string verb, bool isSecure)
    {
        string[] offers = isSecure ? _offersInTls : _offers;
        return verb switch
        {
            "EHLO" => string.Concat(offers.Prepend("mx.example.com").Select((o, i) => $"250{(i == offers.Length ? ' ' : '-')}{o}\r\n")),
            "HELO" or "MAIL" or "RCPT" or "RSET" or "NOOP" => "250 ok\r\n",
            "AUTH" => "235 welcome\r\n",
            "DATA" => "354 go\r\n",
            "QUIT" => "221 bye\r\n",
            _ => "250 taken\r\n", // the message, line by line
        };
    }

    private static string[] Offers(string block)
    {
        List<string> offers = [];
        if (block.Contains("StartTLS", StringComparison.Ordinal)) offers.Add("STARTTLS");
        int auth = block.IndexOf("Auth(", StringComparison.Ordinal);
        if (auth >= 0) offers.Add("AUTH " + string.Join(' ', Mechanism().Matches(block[(auth + 5)..]).Select(m => (m.Groups[1].Success ? m.Groups[1].Value : m.Value).ToUpperInvariant())));
        return [.. offers];
    }

    // From the opening sign after the name to the one that closes it.
    private static string Block(string script, string name, char open, char close)
    {
        int at = script.IndexOf($"{name}:", StringComparison.Ordinal);
        if (at < 0) return "";
        int start = script.IndexOf(open, at), depth = 0;
        for (int i = start; i < script.Length; i++)
        {
            if (script[i] == open) depth++;
            if (script[i] == close && --depth == 0) return script[(start + 1)..i];
        }
        throw new FormatException($"{name} has no end.");
    }

    private static string? Text(string script, string name) => Regex.Match(script, $"""{name}:\s*"((?:[^"\\]|\\.)*)"[,)\s]""") is { Success: true } match ? Unescape(match.Groups[1].Value) : null;

    private static string Unescape(string text) => text.Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);

    [GeneratedRegex("""//.*$""", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("\"([^\"]*)\"\\s*:\\s*\"([^\"]*)\"")]
    private static partial Regex Pair();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("Other\\(\"([^\"]*)\"\\)|Plain|Login")]
    private static partial Regex Mechanism();
}

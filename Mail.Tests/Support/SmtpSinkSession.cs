using System.Net.Security;
using System.Text;

namespace Mail.Tests.Support;

/// <summary>One conversation of a <see cref="SmtpSink"/>. Written apart from Mail.Protocol, so that an error there is not repeated here.</summary>
internal sealed class SmtpSinkSession(SmtpSink sink, int number)
{
    private readonly SmtpSinkOptions _options = sink.Options;
    private readonly List<string> _recipients = [];
    private readonly StringBuilder _replies = new();
    private readonly List<byte> _chunks = [];
    private Stream _stream = Stream.Null;
    private SmtpSinkInput _input = new(Stream.Null);
    private string? _mailFrom;
    private string _mailParameters = "";
    private string? _userName;
    private bool _secure;

    public async Task RunAsync(Stream stream, CancellationToken ct)
    {
        Use(stream);
        if (_options.ImplicitTls) await SecureAsync(ct);
        if (!await AnswerAsync(SmtpSinkStage.Connect, "", "220 sink.test ESMTP", ct)) return;
        while (await ReadLineAsync(ct) is { } line && await HandleAsync(line, ct)) { }
    }

    private void Use(Stream stream)
    {
        _stream = stream;
        _input = new SmtpSinkInput(stream);
    }

    private async Task SecureAsync(CancellationToken ct)
    {
        SslStream tls = new(_stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _options.Certificate }, ct);
        Use(tls);
        _secure = true;
    }

    private async Task<bool> HandleAsync(string line, CancellationToken ct)
    {
        string verb = line.Split(' ', ':')[0].ToUpperInvariant();
        string argument = line.Length > verb.Length ? line[(verb.Length + 1)..] : "";
        switch (verb)
        {
            case "EHLO" when _options.Ehlo: return await AnswerAsync(SmtpSinkStage.Ehlo, argument, Capabilities(), ct);
            case "EHLO": return Say("502 5.5.1 not here");
            case "HELO": return await AnswerAsync(SmtpSinkStage.Ehlo, argument, "250 sink.test", ct);
            case "STARTTLS" when _options.Certificate is not null && !_secure:
                SmtpSinkAction? action = sink.Ask(new(SmtpSinkStage.StartTls, "", number, []));
                if (!await DoAsync(action, "220 2.0.0 go ahead", ct)) return false;
                await FlushAsync(ct);
                if (action is null) await SecureAsync(ct);
                return true;
            case "AUTH" when _options.UserName is not null: return await AuthenticateAsync(argument, ct);
            case "MAIL": return await MailAsync(argument, ct);
            case "RCPT" when _mailFrom is null: return Say("503 5.5.1 MAIL first");
            case "RCPT": return await RcptAsync(Path(argument, out _), ct);
            case "DATA" when _mailFrom is null || _recipients.Count == 0: return Say("554 5.5.1 no valid recipients");
            case "DATA": return await DataAsync(ct);
            case "BDAT" when _options.Chunking: return await ChunkAsync(argument, ct);
            case "RSET":
                Reset();
                return await AnswerAsync(SmtpSinkStage.Rset, "", "250 2.0.0 ok", ct);
            case "NOOP": return await AnswerAsync(SmtpSinkStage.Noop, argument, "250 2.0.0 ok", ct);
            case "QUIT":
                await AnswerAsync(SmtpSinkStage.Quit, "", "221 2.0.0 bye", ct);
                await FlushAsync(ct);
                return false;
            default: return Say("500 5.5.2 unknown command");
        }
    }

    private string Capabilities()
    {
        List<string> lines = ["sink.test"];
        if (_options.Pipelining) lines.Add("PIPELINING");
        if (_options.EightBitMime) lines.Add("8BITMIME");
        if (_options.SmtpUtf8) lines.Add("SMTPUTF8");
        if (_options.Chunking) lines.Add("CHUNKING");
        if (_options.BinaryMime) lines.Add("BINARYMIME");
        if (_options.MaxSize is { } size) lines.Add($"SIZE {size}");
        if (_options.Certificate is not null && !_secure) lines.Add("STARTTLS");
        if (_options.UserName is not null && (_secure || _options.Certificate is null)) lines.Add($"AUTH {_options.AuthMechanisms}");
        lines.Add("ENHANCEDSTATUSCODES");
        return string.Join("\r\n", lines.Select((line, i) => $"250{(i == lines.Count - 1 ? ' ' : '-')}{line}"));
    }

    private async Task<bool> AuthenticateAsync(string argument, CancellationToken ct)
    {
        string[] words = argument.Split(' ');
        string user, password;
        if (words[0] == "PLAIN")
        {
            string response = words.Length > 1 ? words[1] : await ChallengeAsync("", ct);
            string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(response)).Split('\0');
            (user, password) = (parts[1], parts[2]);
        }
        else if (words[0] == "XOAUTH2")
        {
            string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(words[1])).Split('\u0001');
            (user, password) = (parts[0]["user=".Length..], parts[1]["auth=Bearer ".Length..]);
        }
        else
        {
            user = Encoding.UTF8.GetString(Convert.FromBase64String(await ChallengeAsync("VXNlcm5hbWU6", ct)));
            password = Encoding.UTF8.GetString(Convert.FromBase64String(await ChallengeAsync("UGFzc3dvcmQ6", ct)));
        }
        bool right = user == _options.UserName && password == _options.Password;
        if (right) _userName = user;
        return await AnswerAsync(SmtpSinkStage.Auth, user, right ? "235 2.7.0 welcome" : "535 5.7.8 wrong user name or password", ct);
    }

    private async Task<string> ChallengeAsync(string challenge, CancellationToken ct)
    {
        Say($"334 {challenge}");
        return await ReadLineAsync(ct) ?? throw new IOException("The client went away during AUTH.");
    }

    private async Task<bool> MailAsync(string argument, CancellationToken ct)
    {
        if (_options.UserName is not null && _userName is null) return Say("530 5.7.0 authentication required");
        if (_mailFrom is not null) return Say("503 5.5.1 nested MAIL");
        string path = Path(argument, out string parameters);
        long size = parameters.Split(' ').Where(p => p.StartsWith("SIZE=", StringComparison.Ordinal)).Select(p => long.Parse(p.AsSpan(5), null)).FirstOrDefault();
        if (size > _options.MaxSize) return Say("552 5.3.4 too big");
        int before = _replies.Length;
        bool go = await AnswerAsync(SmtpSinkStage.Mail, path, "250 2.1.0 ok", ct);
        if (go && Replied(before) == '2') (_mailFrom, _mailParameters) = (path, parameters);
        return go;
    }

    private async Task<bool> RcptAsync(string path, CancellationToken ct)
    {
        int before = _replies.Length;
        bool go = await AnswerAsync(SmtpSinkStage.Rcpt, path, "250 2.1.5 ok", ct);
        if (go && Replied(before) == '2') _recipients.Add(path);
        return go;
    }

    private async Task<bool> DataAsync(CancellationToken ct)
    {
        int before = _replies.Length;
        if (!await AnswerAsync(SmtpSinkStage.Data, "", "354 go on", ct)) return false;
        if (Replied(before) != '3') return true;
        await FlushAsync(ct);
        return await _input.ReadContentAsync(ct) is { } raw && await TakeAsync(raw, ct);
    }

    // The octets of a chunk are read before anything is said about it, as RFC 3030 §2 demands.
    private async Task<bool> ChunkAsync(string argument, CancellationToken ct)
    {
        string[] words = argument.Split(' ');
        if (await _input.ReadExactlyAsync(int.Parse(words[0], null), ct) is not { } octets) return false;
        if (_mailFrom is null || _recipients.Count == 0) return Say("503 5.5.1 no valid recipients");
        _chunks.AddRange(octets);
        if (words is [_, "LAST"]) return await TakeAsync([.. _chunks], ct);
        int before = _replies.Length;
        bool go = await AnswerAsync(SmtpSinkStage.Chunk, argument, $"250 2.0.0 {octets.Length} octets", ct);
        if (go && Replied(before) != '2') Reset();
        return go;
    }

    private async Task<bool> TakeAsync(byte[] raw, CancellationToken ct)
    {
        SmtpSinkMessage message = new(_mailFrom!, [.. _recipients], _mailParameters, raw, DateTimeOffset.UtcNow, number, _secure, _userName);
        SmtpSinkAction? action = sink.Ask(new(SmtpSinkStage.EndOfData, "", number, message.Recipients));
        if (action is not null) await Task.Delay(action.Waits, ct);
        if (action is null or { Takes: true }) sink.Take(message); // before the reply: who has read 250 finds the message
        Reset();
        return await DoAsync(action, "250 2.0.0 taken", ct);
    }

    private void Reset()
    {
        _mailFrom = null;
        _recipients.Clear();
        _chunks.Clear();
    }

    private static string Path(string argument, out string parameters)
    {
        int open = argument.IndexOf('<', StringComparison.Ordinal);
        int close = argument.LastIndexOf('>');
        parameters = argument[(close + 1)..].Trim();
        return argument[(open + 1)..close];
    }

    private Task<bool> AnswerAsync(SmtpSinkStage stage, string argument, string reply, CancellationToken ct) =>
        DoAsync(sink.Ask(new(stage, argument, number, [.. _recipients])), reply, ct);

    private async Task<bool> DoAsync(SmtpSinkAction? action, string reply, CancellationToken ct)
    {
        if (action is { Hangs: true })
        {
            await FlushAsync(ct);
            await _input.DrainAsync(ct);
            return false;
        }
        if (action is { Drops: true, ReplyText: null }) return false;
        Say(action?.ReplyText?.TrimEnd('\r', '\n') ?? reply);
        if (action is not { Drops: true }) return true;
        await FlushAsync(ct);
        return false;
    }

    private bool Say(string reply)
    {
        _replies.Append(reply).Append("\r\n");
        return true;
    }

    private char Replied(int before) => _replies[before];

    // Replies leave together when no further command is there to be read, as RFC 2920 asks of a server.
    private async ValueTask FlushAsync(CancellationToken ct)
    {
        if (_replies.Length == 0) return;
        byte[] bytes = Encoding.UTF8.GetBytes(_replies.ToString());
        _replies.Clear();
        await _stream.WriteAsync(bytes, ct);
    }

    private async ValueTask<string?> ReadLineAsync(CancellationToken ct)
    {
        if (!_input.HasLine) await FlushAsync(ct);
        return await _input.ReadLineAsync(ct);
    }
}

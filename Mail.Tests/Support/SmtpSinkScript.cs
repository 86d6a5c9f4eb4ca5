using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Mail.Tests.Support;

/// <summary>What a <see cref="SmtpSink"/> offers. The defaults are a modern relay on loopback without TLS and AUTH.</summary>
public sealed record SmtpSinkOptions
{
    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }
    public bool Pipelining { get; init; } = true;
    public bool EightBitMime { get; init; } = true;
    public bool SmtpUtf8 { get; init; } = true;
    public bool Chunking { get; init; }
    public bool BinaryMime { get; init; }

    /// <summary>Offered as SIZE and enforced at MAIL; null offers no SIZE.</summary>
    public long? MaxSize { get; init; } = 25 * 1024 * 1024;

    /// <summary>False answers EHLO with 502, as servers from before 1993 do.</summary>
    public bool Ehlo { get; init; } = true;

    /// <summary>Offers STARTTLS, or speaks TLS from the first byte with <see cref="ImplicitTls"/>.</summary>
    public X509Certificate2? Certificate { get; init; }
    public bool ImplicitTls { get; init; }

    /// <summary>When set, AUTH is offered (after TLS, if there is a certificate) and required before MAIL.</summary>
    public string? UserName { get; init; }
    public string? Password { get; init; }
    public string AuthMechanisms { get; init; } = "PLAIN LOGIN";
}

public enum SmtpSinkStage { Connect, Ehlo, StartTls, Auth, Mail, Rcpt, Data, Chunk, EndOfData, Rset, Noop, Quit }

/// <summary>One moment at which a script may interfere.</summary>
/// <param name="Argument">The address at MAIL and RCPT, else what follows the command. Empty at Connect and EndOfData; Chunk is a BDAT that is not the last.</param>
/// <param name="Connection">1 for the first connection to this sink, and so on.</param>
/// <param name="Recipients">The recipients accepted so far in this transaction.</param>
public sealed record SmtpSinkStep(SmtpSinkStage Stage, string Argument, int Connection, IReadOnlyList<string> Recipients);

/// <summary>What the sink does instead of accepting.</summary>
public sealed record SmtpSinkAction
{
    private SmtpSinkAction() { }

    public string? ReplyText { get; private init; }
    public bool Takes { get; private init; }
    public bool Hangs { get; private init; }
    public bool Drops { get; private init; }
    public TimeSpan Waits { get; private init; }

    /// <summary>Answers with this reply; <c>\n</c> in the text makes continuation lines. A 2yz at EndOfData also records the message.</summary>
    public static SmtpSinkAction Reply(int code, string text)
    {
        string[] lines = text.Split('\n');
        string reply = string.Concat(lines.Select((line, i) => $"{code}{(i == lines.Length - 1 ? ' ' : '-')}{line}\r\n"));
        return new() { ReplyText = reply, Takes = code is >= 200 and < 400 };
    }

    /// <summary>Never answers, and keeps the connection open until the client goes.</summary>
    public static SmtpSinkAction Hang { get; } = new() { Hangs = true };

    /// <summary>Closes the connection without an answer.</summary>
    public static SmtpSinkAction Drop { get; } = new() { Drops = true };

    /// <summary>At EndOfData: takes so long, then records the message and says so.</summary>
    public static SmtpSinkAction TakeAfter(TimeSpan time) => new() { Waits = time, Takes = true };

    /// <summary>At EndOfData: records the message, then closes without an answer, as a relay that crashes after its commit.</summary>
    public static SmtpSinkAction TakeThenDrop { get; } = new() { Drops = true, Takes = true };

    /// <summary>At EndOfData: records the message and never answers.</summary>
    public static SmtpSinkAction TakeThenHang { get; } = new() { Hangs = true, Takes = true };

    /// <summary>Answers 421 and closes, as a relay that shuts down.</summary>
    public static SmtpSinkAction Shutdown { get; } = new() { ReplyText = "421 4.3.2 shutting down\r\n", Drops = true };
}

/// <summary>A message that the sink has taken.</summary>
/// <param name="MailParameters">What followed the address in MAIL, such as <c>SIZE=120 BODY=8BITMIME</c>.</param>
/// <param name="Raw">The message without dot stuffing, with its last CRLF.</param>
/// <param name="ReceivedAt">When the final dot had been read.</param>
/// <param name="Connection">1 for the first connection to this sink, and so on.</param>
/// <param name="UserName">The account of AUTH, or null.</param>
public sealed record SmtpSinkMessage(
    string MailFrom, IReadOnlyList<string> Recipients, string MailParameters, byte[] Raw, DateTimeOffset ReceivedAt, int Connection, bool Secure, string? UserName)
{
    public string Text => Encoding.UTF8.GetString(Raw);
}

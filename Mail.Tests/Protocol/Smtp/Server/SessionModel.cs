using System.Text;
using System.Text.RegularExpressions;

namespace Mail.Tests.Protocol.Smtp.Server;

/// <summary>
/// Walks through what a client sent and what the server answered side by side and finds what does not belong together: knows nothing of commands but how they are
/// told apart, so that its judgement does not repeat the server's.
/// </summary>
internal sealed partial class SessionModel
{
    private readonly string _sent;
    private readonly Queue<string> _replies;
    private int _at;

    private SessionModel(byte[] sent, string answered)
    {
        _sent = Encoding.Latin1.GetString(sent);
        _replies = new Queue<string>(Replies(answered));
    }

    /// <returns>What is wrong, or null.</returns>
    public static string? Check(byte[] sent, string answered)
    {
        try
        {
            return new SessionModel(sent, answered).Walk();
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private string? Walk()
    {
        if (!_replies.TryDequeue(out string? greeting) || !greeting.StartsWith("220 ", StringComparison.Ordinal)) return "There is no greeting.";
        while (true)
        {
            string? line = NextLine();
            if (line is null) return _replies.Count == 0 ? null : _replies.Count == 1 && Ends(_replies.Peek()) ? null : $"An answer too much, to nothing: {_replies.Peek()}";
            if (!_replies.TryDequeue(out string? reply)) return $"No answer to: {line}";
            if (Ends(reply)) return _replies.Count == 0 ? null : $"An answer after the last one: {_replies.Peek()}";
            // Responses to challenges are lines as commands are, and so need nothing here. A message is passed over to its end.
            if (!reply.StartsWith("354 ", StringComparison.Ordinal)) continue;
            int end = string.CompareOrdinal(_sent, _at, ".\r\n", 0, 3) == 0 ? _at : _sent.IndexOf("\r\n.\r\n", _at, StringComparison.Ordinal);
            if (end < 0) return _replies.Count == 0 ? null : $"An answer to half a message: {_replies.Peek()}";
            _at = end == _at && _sent[_at] == '.' ? end + 3 : end + 5;
            if (!_replies.TryDequeue(out reply)) return "No answer to a message.";
            if (Ends(reply)) return _replies.Count == 0 ? null : $"An answer after the last one: {_replies.Peek()}";
        }
    }

    /// <summary>The next command, with its chunk passed over; null at the end.</summary>
    private string? NextLine()
    {
        if (_at >= _sent.Length) return null;
        int end = _sent.IndexOf('\n', _at);
        if (end < 0 && _sent[_at] != 0x16) return null; // half a command, unanswered
        string line = end < 0 ? _sent[_at..] : _sent[_at..(end + 1)];
        _at += line.Length;
        // Within AUTH a line that looks like BDAT is a response; then the reply says that it cannot be read, and the octets that follow are commands.
        Match chunk = Chunk().Match(line);
        if (!chunk.Success || !long.TryParse(chunk.Groups[1].ValueSpan, out long length)) return line;
        if (_replies.TryPeek(out string? reply) && (reply.StartsWith("501 5.5.2", StringComparison.Ordinal) || reply.StartsWith("421", StringComparison.Ordinal))) return line;
        if (length > _sent.Length - _at) return null; // half a chunk, unanswered
        _at += (int)length;
        return line;
    }

    private static bool Ends(string reply) =>
        reply[..3] is "221" or "421" or "521" || reply.StartsWith("502 5.7.0 ", StringComparison.Ordinal) || reply.StartsWith("500 5.5.1 A TLS", StringComparison.Ordinal)
        || reply.StartsWith("501 5.5.4 BDAT", StringComparison.Ordinal) || reply.StartsWith("503 5.5.1 Nothing may", StringComparison.Ordinal);

    private static IEnumerable<string> Replies(string answered)
    {
        StringBuilder reply = new();
        foreach (string line in answered.Split("\r\n")[..^1])
        {
            if (!ReplyLine().IsMatch(line) || line.Length > 510) throw new FormatException($"Not a line of a reply: {line}");
            reply.Append(line);
            if (line[3] == '-') continue;
            yield return reply.ToString();
            reply.Clear();
        }
        if (reply.Length > 0 || !answered.EndsWith("\r\n", StringComparison.Ordinal)) throw new FormatException($"Half a reply: {reply}");
    }

    [GeneratedRegex("^BDAT +([0-9]{1,18})( +LAST)? *\r\n$", RegexOptions.IgnoreCase)]
    private static partial Regex Chunk();

    // Greeting and EHLO without, 334 and 354 without, all others with an enhanced code of the same class.
    [GeneratedRegex("^(220 localhost ESMTP|250[ -](localhost|[A-Z0-9]+( [A-Z0-9 ]+)?)|3[35]4 [ -~]*|([245])[0-9]{2}[ -]\\4\\.[0-9]{1,3}\\.[0-9]{1,3} [ -~]*)$")]
    private static partial Regex ReplyLine();
}

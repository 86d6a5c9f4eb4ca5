using System.Buffers;
using Mail.Protocol.Reports.Status;

namespace Mail.Protocol.Reports.Notices;

/// <summary>Parts what a mail system says from the copy of the message that it puts behind.</summary>
internal static class NoticeSplit
{
    // What mail systems write above the copy.
    private static readonly SearchValues<string> _separators = SearchValues.Create(
    [
        "original message follow", "below this line is a copy", "below is a copy of", "is a copy of the message", "is a copy of your message",
        "is a copy of the original", "copy of the headers that", "header of the original message",
        "headers of the original message", "message headers follow", "message header follows", "unsent message", "-original message", "- original message -",
        "--- original message", "message text follows", "enclosed is a copy", "attachment is a copy",
        "returned message follows", "- returned message -", "original mail as follows", "returned message below", "lines of your original message",
        "your message reads", "forwarded message -",
        "original message headers", "start of returned message", "text of message follows", "original mail follows", "copy of your message follows",
        "returned text follows", "the following is a copy", "message body follows", "below the next line is a copy", "--- original mail",
        "original message is attached below", "--- start of your message", "元のメッセージ", "原始邮件",
    ], StringComparison.OrdinalIgnoreCase);

    // Fields that servers put on top of a message and that no notice has at the start of a line.
    private static readonly string[] _traces = ["Received:", "Return-Path:", "DKIM-Signature:", "X-Received:", "Delivered-To:", "ARC-Seal:", "X-Originating-IP:"];

    /// <summary>Parts a text.</summary>
    /// <returns>The lines of the notice, and the copy or "".</returns>
    public static (string[] Notice, string Copy) Part(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        Unquote(lines);
        for (int at = 0; at < lines.Length; at++)
        {
            int separator = lines[at].AsSpan().IndexOfAny(_separators);
            if (separator >= 0) return (lines[..at], Copy(lines, at, separator));
            if (!StartsCopy(lines[at])) continue;
            int start = at;
            while (start > 0 && IsField(lines[start - 1])) start--;
            return (lines[..start], string.Join('\n', lines.AsSpan(start..)!));
        }
        return (lines, "");
    }

    /// <summary>The header section of a copy: from its first field to the line before its first empty one.</summary>
    public static string Headers(string copy)
    {
        string[] lines = copy.Split('\n');
        Unquote(lines);
        int start = 0;
        while (start < lines.Length && !IsField(lines[start])) start++;
        int end = start;
        for (; end < lines.Length && !string.IsNullOrWhiteSpace(lines[end]); end++)
            if (end > start && !IsField(lines[end]) && !char.IsWhiteSpace(lines[end][0])) lines[end] = " " + lines[end]; // folded by somebody who does not indent
        return string.Join("\r\n", lines.AsSpan(start..end)!);
    }

    private static string Copy(string[] lines, int at, int separator)
    {
        // "...lines of your message follow:> Received:" has the first field on the line of the separator.
        string rest = lines[at][separator..];
        int quote = rest.IndexOf('>');
        string first = quote >= 0 ? rest[(quote + 1)..].TrimStart() + "\n" : "";
        return first + string.Join('\n', lines.AsSpan((at + 1)..)!);
    }

    private static bool StartsCopy(string line)
    {
        foreach (string trace in _traces)
            if (line.StartsWith(trace, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool IsField(string line) =>
        line.Length > 0 && char.IsAsciiLetter(line[0]) && FieldBlock.TryName(line, out _, out ReadOnlySpan<char> value) && !value.IsWhiteSpace();

    // A forwarded notice stands behind "> " as a whole.
    private static void Unquote(string[] lines)
    {
        int filled = 0, quoted = 0;
        foreach (string line in lines)
        {
            if (line.Length == 0) continue;
            filled++;
            if (line[0] == '>') quoted++;
        }
        if (quoted < 5 || quoted * 10 < filled * 6) return;
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('>')) continue;
            lines[i] = lines[i].StartsWith("> ", StringComparison.Ordinal) ? lines[i][2..] : lines[i][1..];
        }
    }
}

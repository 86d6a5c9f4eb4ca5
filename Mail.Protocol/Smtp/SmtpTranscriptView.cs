using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp;

/// <summary>A conversation as far as it concerns one recipient: what was said of others is nobody else's business, and would make it long.</summary>
public static class SmtpTranscriptView
{
    private const string Rcpt = "RCPT TO:<";

    /// <summary>The lines without RCPT for others and the replies to it. Replies belong to commands by their order (RFC 2920 §3.1); a 421 stays, because it answers everything (RFC 5321 §3.8).</summary>
    /// <param name="transcript">The whole conversation.</param>
    /// <param name="recipient">Whose RCPT stays; <see langword="null"/> leaves all of them out.</param>
    public static IReadOnlyList<SmtpTranscriptLine> About(this SmtpTranscript transcript, EmailAddress? recipient)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        string? own = recipient is null ? null : $"{Rcpt}{recipient.LocalPart}@{recipient.AsciiDomain}>";
        List<SmtpTranscriptLine> kept = [];
        Queue<bool> open = new(); // commands without a reply yet: whether it is somebody else's
        int others = 0, firstOther = -1;
        bool ownsReply = false;
        foreach (SmtpTranscriptLine line in transcript.Lines)
        {
            bool isOther = false;
            switch (line.Speaker)
            {
                case SmtpSpeaker.Client:
                    isOther = line.Text.StartsWith(Rcpt, StringComparison.Ordinal) && (own is null || !line.Text.StartsWith(own, StringComparison.OrdinalIgnoreCase));
                    if (isOther && others++ == 0) firstOther = kept.Count;
                    if (!ownsReply || !IsContent(line.Text)) open.Enqueue(isOther); // the octets of a BDAT are part of it
                    ownsReply = line.Text.StartsWith("BDAT ", StringComparison.Ordinal);
                    break;
                case SmtpSpeaker.Server:
                    isOther = open.TryPeek(out bool asked) && asked && !line.Text.StartsWith("421", StringComparison.Ordinal);
                    if (line.Text is not [_, _, _, '-', ..]) open.TryDequeue(out _);
                    break;
            }

            if (!isOther) kept.Add(line);
        }

        if (others > 0) kept.Insert(firstOther, new SmtpTranscriptLine(firstOther > 0 ? kept[firstOther - 1].Offset : TimeSpan.Zero, SmtpSpeaker.Note, $"RCPT of {others} other {(others == 1 ? "recipient" : "recipients")}, and the replies to it, are not shown"));
        return kept;
    }

    private static bool IsContent(string text) => text.StartsWith('(') && text.EndsWith(" octets)", StringComparison.Ordinal);
}

using System.Globalization;
using System.Text;
using Mail.Protocol.Smtp;

namespace Mail.Core.Relays;

/// <summary>Who said a line of an attempt.</summary>
public enum AttemptSpeaker
{
    /// <summary>We.</summary>
    Client,

    /// <summary>The relay.</summary>
    Server,

    /// <summary>Nobody: what happened to the connection, or what is left out.</summary>
    Note,
}

/// <param name="At">Since the connection was begun; for an HTTP API since the request was.</param>
/// <param name="Text">Secrets are masked; a message is its size.</param>
public sealed record AttemptLine(TimeSpan At, AttemptSpeaker Speaker, string Text);

/// <summary>
/// What was said in one attempt, as it is kept with its event: a line of text for each line, such as <c>0.012 C: EHLO me.example.com</c>. Bounded, because every failed attempt keeps one;
/// of a long one the beginning and the end stay.
/// </summary>
public static class AttemptTranscript
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 4096;

    private const int LongestLine = 1000;

    public static string Write(IEnumerable<SmtpTranscriptLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return Write(lines.Select(line => new AttemptLine(line.Offset, line.Speaker switch { SmtpSpeaker.Client => AttemptSpeaker.Client, SmtpSpeaker.Server => AttemptSpeaker.Server, _ => AttemptSpeaker.Note }, line.Text)));
    }

    public static string Write(IEnumerable<AttemptLine> lines)
    {
        List<string> written = [.. lines.Select(Line)];
        if (written.Sum(line => line.Length) <= MaxLength) return string.Concat(written);
        const int Room = (MaxLength - 100) / 2;
        int head = 0, tail = written.Count;
        for (int length = 0; (length += written[head].Length) <= Room;) head++;
        for (int length = 0; tail > head && (length += written[tail - 1].Length) <= Room;) tail--;
        string gap = Line(new AttemptLine(At(written[tail - 1]), AttemptSpeaker.Note, string.Create(CultureInfo.InvariantCulture, $"{tail - head:N0} {(tail - head == 1 ? "line is" : "lines are")} left out here")));
        string[] kept = [.. written[..head], gap, .. written[tail..]];
        return string.Concat(kept);
    }

    /// <summary>Reads what <see cref="Write(IEnumerable{AttemptLine})"/> wrote.</summary>
    public static IReadOnlyList<AttemptLine> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<AttemptLine> lines = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(' ', 3);
            lines.Add(new AttemptLine(At(line), parts[1] switch { "C:" => AttemptSpeaker.Client, "S:" => AttemptSpeaker.Server, _ => AttemptSpeaker.Note }, parts[2]));
        }

        return lines;
    }

    private static TimeSpan At(string line) => TimeSpan.FromMilliseconds(long.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal) - 4), CultureInfo.InvariantCulture) * 1000 + long.Parse(line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal) - 3, 3), CultureInfo.InvariantCulture));

    private static string Line(AttemptLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"{line.At.TotalSeconds:0.000} {(line.Speaker switch { AttemptSpeaker.Client => "C:", AttemptSpeaker.Server => "S:", _ => "*" })} {Storable(line.Text)}\n");

    /// <summary>One line that PostgreSQL takes: no control characters, no half characters, nothing that some reader takes for the end of a line.</summary>
    private static string Storable(string text)
    {
        StringBuilder storable = new(Math.Min(text.Length, LongestLine) + 1);
        foreach (Rune rune in text.EnumerateRunes()) // halves become U+FFFD
        {
            if (storable.Length >= LongestLine) return storable.Append('…').ToString();
            if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029) storable.Append(' ');
            else storable.Append(rune);
        }

        return storable.ToString();
    }
}

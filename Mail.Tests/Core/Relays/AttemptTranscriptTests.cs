using Mail.Core.Relays;

namespace Mail.Tests.Core.Relays;

public sealed class AttemptTranscriptTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        AttemptLine[] lines =
        [
            new(TimeSpan.Zero, AttemptSpeaker.Note, "connected to 192.0.2.1 port 25"), new(TimeSpan.FromMilliseconds(12), AttemptSpeaker.Server, "220 mx.example.com: ready"),
            new(TimeSpan.FromSeconds(61.5), AttemptSpeaker.Client, "EHLO me.example.com"), new(TimeSpan.FromSeconds(90_000), AttemptSpeaker.Server, ""),
        ];

        Assert.Equal(lines, AttemptTranscript.Parse(AttemptTranscript.Write(lines)));
    }

    [Fact]
    public void A_long_one_keeps_its_beginning_and_its_end_within_four_kilobytes()
    {
        IEnumerable<AttemptLine> lines = Enumerable.Range(0, 2000).Select(i => new AttemptLine(TimeSpan.FromMilliseconds(i), AttemptSpeaker.Server, $"250-{i}"));

        string text = AttemptTranscript.Write(lines);

        IReadOnlyList<AttemptLine> kept = AttemptTranscript.Parse(text);
        Assert.InRange(text.Length, AttemptTranscript.MaxLength - 200, AttemptTranscript.MaxLength);
        Assert.Equal(("250-0", "250-1999"), (kept[0].Text, kept[^1].Text));
        AttemptLine gap = Assert.Single(kept, line => line.Speaker == AttemptSpeaker.Note);
        Assert.Equal($"{2000 - (kept.Count - 1):N0} lines are left out here", gap.Text.Replace('\u202f', ','));
    }

    [Fact]
    public void No_line_breaks_another_or_the_database()
    {
        foreach ((string said, string kept) in ((string, string)[])[("a\0b", "a b"), ("a\n0.000 S: 250 forged", "a 0.000 S: 250 forged"), ("a\u2028b\u0085c", "a b c"), ("half \ud83d", "half \ufffd")])
            Assert.Equal(kept, Assert.Single(AttemptTranscript.Parse(AttemptTranscript.Write([new AttemptLine(TimeSpan.Zero, AttemptSpeaker.Server, said)]))).Text);
    }

    [Fact]
    public void A_line_longer_than_a_page_is_cut()
    {
        Assert.Equal(1001, Assert.Single(AttemptTranscript.Parse(AttemptTranscript.Write([new AttemptLine(TimeSpan.Zero, AttemptSpeaker.Server, new string('x', 100_000))]))).Text.Length);
    }
}

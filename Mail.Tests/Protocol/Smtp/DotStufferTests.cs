using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Smtp;

public sealed class DotStufferTests
{
    [Theory]
    [InlineData("", ".\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData(".", "..\r\n.\r\n")]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData(".\r\n.\r\n", "..\r\n..\r\n.\r\n")]
    [InlineData("a\r\n..b\r\n", "a\r\n...b\r\n.\r\n")]
    [InlineData("a.\r\nb.c\r\n", "a.\r\nb.c\r\n.\r\n")]
    [InlineData("\r\n\r\n.", "\r\n\r\n..\r\n.\r\n")]
    public void Doubles_dots_at_line_starts_and_ends_with_a_dot(string message, string expected)
    {
        for (int size = DotStuffer.MinDestination; size < 40; size++)
            Assert.Equal(expected, Stuff(message, size));
    }

    [Fact]
    public void What_a_server_takes_out_is_what_was_put_in_whatever_the_blocks() =>
        Prop.ForAll(Gen.Zip(Message(), Gen.Choose(DotStuffer.MinDestination, 60)).ToArbitrary(), input =>
        {
            string sent = Stuff(input.Item1, input.Item2);
            string expected = input.Item1.Length == 0 || input.Item1.EndsWith("\r\n", StringComparison.Ordinal) ? input.Item1 : input.Item1 + "\r\n";
            // The first final dot is the only one, and no other line begins with a single dot.
            return sent.EndsWith(".\r\n", StringComparison.Ordinal) && Unstuff(sent[..^3]) == expected && !("\r\n" + sent[..^3]).Contains("\r\n.\r\n", StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static Gen<string> Message() =>
        Gen.Elements("\r\n", ".", "..", "a", "text of some length", "\r\n.", "\r\n.\r\n").ListOf().Select(parts => string.Concat(parts));

    private static string Stuff(string message, int size)
    {
        DotStuffer stuffer = new();
        ReadOnlySpan<byte> rest = Encoding.ASCII.GetBytes(message);
        StringBuilder sent = new();
        byte[] block = new byte[size];
        bool isComplete = false;
        while (!isComplete)
        {
            int count = stuffer.Write(ref rest, block, out isComplete);
            Assert.True(count > 0, "Every block carries something.");
            sent.Append(Encoding.ASCII.GetString(block, 0, count));
        }
        return sent.ToString();
    }

    private static string Unstuff(string sent) =>
        string.Join("\r\n", sent.Split("\r\n").Select(line => line.StartsWith('.') ? line[1..] : line));
}

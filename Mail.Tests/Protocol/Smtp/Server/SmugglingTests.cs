using Mail.Protocol.Smtp.Server;

namespace Mail.Tests.Protocol.Smtp.Server;

// A message that one server reads as one and the next as two carries mail in under a false name. Only CRLF.CRLF ends a message, and no other CR or LF may pass.
public sealed class SmugglingTests
{
    private const string Beginning = "EHLO client\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n";
    private const string Smuggled = "MAIL FROM:<smuggled@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nSubject: smuggled\r\n\r\nx";

    private readonly RecordingHandler _handler = new();

    private static SmtpServerOptions Reception => new() { Role = SmtpServerRole.Reception };

    public static TheoryData<string, int> Ends()
    {
        TheoryData<string, int> ends = [];
        foreach (string end in new[] { "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\n.\r", "\r.\n", "\n\n.\r\n", "\r\n.\r\r\n", "\r\n\0.\r\n", "\r\n.\0\r\n", "\r\n..\r\n", "\r\n. \r\n", "\r\n\r.\r\n" })
            foreach (int piece in new[] { 1, 2, 3, 7, 100_000 }) ends.Add(end, piece);
        return ends;
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Nothing_but_CRLF_dot_CRLF_ends_a_message(string end, int piece)
    {
        string replies = await SayAsync($"{Beginning}first{end}{Smuggled}\r\n.\r\nQUIT\r\n", piece);

        Assert.Single(replies.Split("354 ").Skip(1));
        Assert.DoesNotContain(_handler.Messages, m => m.From == "smuggled@example.com");
        bool isPlain = end.Replace("\r\n", "", StringComparison.Ordinal).IndexOfAny(['\r', '\n']) < 0;
        Assert.Equal(isPlain ? 1 : 0, _handler.Messages.Count);
        Assert.Equal(isPlain ? 0 : 1, replies.Split("554 5.6.0 ").Length - 1);
        Assert.EndsWith("221 2.0.0 Bye\r\n", replies, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Nor_may_a_chunk_carry_what_another_server_could_read_as_an_end(string end, int piece)
    {
        string chunk = $"first{end}{Smuggled}\r\n";
        string replies = await SayAsync($"{Beginning.Replace("DATA\r\n", "", StringComparison.Ordinal)}BDAT {chunk.Length} LAST\r\n{chunk}QUIT\r\n", piece);

        bool isPlain = end.Replace("\r\n", "", StringComparison.Ordinal).IndexOfAny(['\r', '\n']) < 0;
        Assert.Equal(isPlain ? 1 : 0, _handler.Messages.Count);
        Assert.Equal(isPlain ? 0 : 1, replies.Split("554 5.6.0 ").Length - 1);
        Assert.EndsWith("221 2.0.0 Bye\r\n", replies, StringComparison.Ordinal);
    }

    [Theory, InlineData(1), InlineData(100)]
    public async Task A_chunk_that_ends_in_the_middle_of_a_line_end_is_joined_before_it_is_judged(int piece)
    {
        await SayAsync($"{Beginning.Replace("DATA\r\n", "", StringComparison.Ordinal)}BDAT 2\r\na\rBDAT 2 LAST\r\n\nbQUIT\r\n", piece);

        Assert.Equal("a\r\nb\r\n", Assert.Single(_handler.Messages).Text);
    }

    [Fact]
    public async Task A_CR_that_waits_for_its_LF_at_the_end_of_the_last_chunk_waits_in_vain()
    {
        string replies = await SayAsync($"{Beginning.Replace("DATA\r\n", "", StringComparison.Ordinal)}BDAT 2 LAST\r\na\rQUIT\r\n", 100);

        Assert.Contains("554 5.6.0 ", replies, StringComparison.Ordinal);
        Assert.Empty(_handler.Messages);
    }

    /// <summary>Whoever puts what others give him into commands must not become the speaker of theirs.</summary>
    [Theory, InlineData(1), InlineData(100)]
    public async Task A_command_that_ends_with_LF_alone_ends_the_connection_before_what_follows_is_obeyed(int piece)
    {
        string replies = await SayAsync("EHLO client\r\nMAIL FROM:<a@example.com>\nRSET\r\nNOOP\r\n", piece);

        Assert.EndsWith("250 HELP\r\n521 5.5.2 A line ends with CRLF, not with LF alone (RFC 5321 section 2.3.8)\r\n", replies, StringComparison.Ordinal);
    }

    [Theory, InlineData(1), InlineData(100)]
    public async Task A_browser_that_is_made_to_speak_to_us_is_not_listened_to(int piece)
    {
        string replies = await SayAsync("POST / HTTP/1.1\r\nHost: x\r\n\r\nEHLO x\r\nMAIL FROM:<a@b>\r\n", piece);

        Assert.Equal("220 localhost ESMTP\r\n502 5.7.0 This is SMTP, not HTTP\r\n", replies);
    }

    [Fact]
    public async Task A_TLS_handshake_in_clear_is_told_so_at_once() =>
        Assert.Contains("500 5.5.1 A TLS handshake", await SayAsync("\x16\x03\x01\x02\x00", 100), StringComparison.Ordinal);

    private async Task<string> SayAsync(string text, int piece)
    {
        await using MemoryClient client = new(Reception, _handler);
        for (int i = 0; i < text.Length; i += piece) await client.SendAsync(text.Substring(i, Math.Min(piece, text.Length - i)));
        await client.EndAsync();
        return await client.ReadToEndAsync();
    }
}

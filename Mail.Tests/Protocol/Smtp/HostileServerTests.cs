using System.Net.Sockets;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

/// <summary>Whatever a server sends, the client ends in time, with an outcome or a declared failure, and does not fill the memory.</summary>
public sealed class HostileServerTests
{
    // What is said in a whole conversation with one message in two chunks' time, piece by piece.
    private static readonly string[] _conversation =
    [
        "220 mx ESMTP\r\n", "250-mx\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-CHUNKING\r\n250 AUTH PLAIN LOGIN CRAM-MD5\r\n", "235 welcome\r\n",
        "250 ok\r\n", "250 ok\r\n", "550 no\r\n", "354 go\r\n", "250 taken\r\n", "221 bye\r\n",
    ];

    private static readonly SmtpConnectionOptions _options = new()
    {
        Host = "mx", Port = 25, LocalName = "me", TlsPolicy = SmtpTlsPolicy.Opportunistic, UserName = "ann", Password = "secret-42", AllowPlainTextCredentials = true,
    };

    private sealed record Ending(string Outcome, Exception? Failure, SmtpTranscript Transcript, byte[] Heard);

    [Fact]
    public void Any_bytes_from_the_server_end_in_an_outcome_or_a_declared_failure() => Check(3_000);

    [Fact, Trait("Category", "Fuzz")]
    public void Any_bytes_from_the_server_end_in_an_outcome_or_a_declared_failure_a_hundred_thousand_times() => Check(100_000);

    [Fact]
    public async Task A_server_that_goes_at_any_octet_leaves_no_doubt_but_the_one_that_there_is()
    {
        string all = string.Concat(_conversation);
        int invited = all.IndexOf("354 go\r\n", StringComparison.Ordinal) + "354 go\r\n".Length, taken = all.IndexOf("221", StringComparison.Ordinal);
        for (int length = 0; length < all.Length; length++)
        {
            string outcome = (await RunAsync(Cut(_conversation, length), 8)).Outcome;
            string expected = length >= taken ? "550 250" : length >= invited ? nameof(SmtpUnknownOutcomeException) : length >= all.IndexOf("250 ok", StringComparison.Ordinal) ? nameof(SmtpConnectionLostException) : nameof(SmtpConnectException);
            Assert.True(outcome == expected || (outcome == "250 550" && expected == "550 250"), $"{length} octets, \"{all[..length][^Math.Min(20, length)..]}\": {outcome}, not {expected}");
        }
    }

    [Theory]
    [InlineData("250-endless\r\n")]
    [InlineData("250-")]
    [InlineData("\0")]
    [InlineData("\r\n")]
    [InlineData("220 hello again\r\n")]
    [InlineData("334 \r\n")]
    public async Task A_server_that_never_stops_talking_is_left_and_fills_no_memory(string text)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        // Nothing waits: all is done at once, on this thread.
        Ending ending = await RunAsync(Endless(text), int.MaxValue);

        Assert.Equal(nameof(SmtpConnectException), ending.Outcome);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);

        static IEnumerable<byte[]> Endless(string text)
        {
            byte[] block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, 1 + (4096 / text.Length))));
            yield return "220 mx\r\n"u8.ToArray();
            while (true) yield return block;
        }
    }

    [Fact]
    public async Task A_server_that_says_a_letter_now_and_then_is_out_of_time()
    {
        await using LoopbackServer server = new(async (stream, _, ct) =>
        {
            for (string text = "220-"; ; text = "x")
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(text), ct);
                await Task.Delay(20, ct);
            }
        });
        SmtpConnectionOptions options = new() { Host = "127.0.0.1", Port = server.Port, Timeouts = new() { Greeting = TimeSpan.FromMilliseconds(300) } };

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(options, default));

        Assert.IsType<SmtpTimeoutException>(e.InnerException);
    }

    [Fact]
    public async Task A_server_that_takes_no_more_of_the_message_is_out_of_time()
    {
        await using LoopbackServer server = new(async (stream, _, ct) =>
        {
            using StreamReader client = new(stream);
            await stream.WriteAsync("220 mx\r\n"u8.ToArray(), ct);
            await client.ReadLineAsync(ct);
            await stream.WriteAsync("250-mx\r\n250 PIPELINING\r\n"u8.ToArray(), ct);
            await client.ReadLineAsync(ct);
            await stream.WriteAsync("250 ok\r\n250 ok\r\n354 go\r\n"u8.ToArray(), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        SmtpConnectionOptions options = new() { Host = "127.0.0.1", Port = server.Port, TlsPolicy = SmtpTlsPolicy.None, Timeouts = new() { DataBlock = TimeSpan.FromMilliseconds(300) } };
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(options, default);

        await Assert.ThrowsAsync<SmtpTimeoutException>(() => connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), new byte[50_000_000], default));
    }

    [Fact]
    public async Task A_refusal_in_the_midst_of_the_message_is_heard_although_the_server_closes()
    {
        foreach (bool chunking in new[] { false, true })
        {
            await using LoopbackServer server = new(async (stream, _, ct) =>
            {
                using StreamReader client = new(stream);
                await stream.WriteAsync("220 mx\r\n"u8.ToArray(), ct);
                await client.ReadLineAsync(ct);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"250-mx\r\n{(chunking ? "250-CHUNKING\r\n" : "")}250 PIPELINING\r\n"), ct);
                await client.ReadLineAsync(ct);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"250 ok\r\n250 ok\r\n{(chunking ? "" : "354 go\r\n")}"), ct);
                await client.ReadLineAsync(ct);
                await stream.WriteAsync("552 5.3.4 too large\r\n"u8.ToArray(), ct);
                stream.Socket.Shutdown(SocketShutdown.Send);
                byte[] rest = new byte[64 * 1024];
                for (int read = 0; read < 1_000_000;) read += await stream.ReadAtLeastAsync(rest, 1, cancellationToken: ct);
            });
            await using SmtpConnection connection = await SmtpConnection.ConnectAsync(new() { Host = "127.0.0.1", Port = server.Port, TlsPolicy = SmtpTlsPolicy.None }, default);

            try
            {
                SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), new byte[60_000_000], default);

                Assert.Equal("552 5.3.4 too large", Assert.Single(result.Recipients).Reply.ToString());
            }
            catch (SmtpConnectionLostException)
            {
                // The network may throw the reply away when the connection is reset; then the message is not taken for taken.
            }
            Assert.False(connection.IsReusable);
        }
    }

    private static void Check(int cases) => Prop.ForAll(Gen.Zip(Conversation(), Gen.Choose(1, 30)).ToArbitrary(), input =>
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        // Nothing waits: all reads and writes are done at once, on this thread.
        Ending ending = RunAsync(input.Item1, input.Item2).GetAwaiter().GetResult();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before, sent = input.Item1.Sum(piece => piece.Length);

        // Octet by octet each read makes a little garbage; none of it stays.
        string? fault = allocated > 300_000 + ((input.Item1.All(piece => piece.Length <= 1) ? 64 : 20) * sent) ? $"{allocated} octets allocated for {sent}." : null;
        if (ending.Outcome.Contains("250", StringComparison.Ordinal) && ending.Heard.AsSpan().IndexOf("\r\n.\r\n"u8) < 0 && ending.Heard.AsSpan().IndexOf(" LAST\r\n"u8) < 0) fault = "Taken and never sent.";
        foreach (string text in new[] { ending.Failure?.ToString() ?? "", ending.Transcript.ToString(), ending.Outcome })
        {
            if (text.Contains(_options.Password!, StringComparison.Ordinal)) fault = $"The password is in a text: {text}";
            if (text.Contains('\0', StringComparison.Ordinal)) fault = "NUL in a text.";
        }
        return fault is null ? true : throw new InvalidOperationException($"{fault} {ending.Outcome}\n{ending.Transcript}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    private static async Task<Ending> RunAsync(IEnumerable<byte[]> pieces, int writes)
    {
        HostileStream server = new(pieces, writes);
        SmtpTranscript transcript = new();
        try
        {
            await using SmtpConnection connection = await SmtpConnection.ConnectAsync(server, _options, transcript, default);
            SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("b@example.com", "c@example.com"), "\r\nx\r\n"u8.ToArray(), default);
            await connection.QuitAsync(default);
            return new Ending(string.Join(' ', result.Recipients.Select(recipient => recipient.Reply.Code)), null, transcript, server.Heard.ToArray());
        }
        catch (Exception e) when (e is SmtpException or TimeoutException)
        {
            return new Ending(e.GetType().Name, e, transcript, server.Heard.ToArray());
        }
    }

    /// <summary>A conversation as it should be, with pieces changed, left out, doubled or put in between, and cut anywhere.</summary>
    private static Gen<byte[][]> Conversation()
    {
        Gen<string> odd = Gen.Elements(
            "", "\r\n", "\0\0\0", "250", "250-", "250-x\r\n", "250 x", "250 \0\r\n", "999 x\r\n", "199 x\r\n", "25x\r\n", "220 ok\r\n", "221 bye\r\n", "250 ok\r\n250 ok\r\n", "354 go\r\n", "334 \r\n", "334 PDFAbXg+\r\n",
            "421 4.3.2 closing\r\n", "451 later\r\n", "452 full\r\n", "500 what\r\n", "503 order\r\n", "530 sign in\r\n", "535 no\r\n", "554 no\r\n", "599 x\r\n", "250-a\r\n251 b\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n",
            "250-mx\r\n250 STARTTLS\r\n", "250-mx\r\n250-SIZE -1\r\n250-SIZE 99999999999999999999\r\n250 AUTH\r\n", "\u0016\u0003\u0001\u0002\u0000\u0001", new string('x', 3000), "250 " + new string('y', 1990) + "\r\n",
            string.Concat(Enumerable.Repeat("250-" + new string('A', 60) + "\r\n", 1100)), string.Concat(Enumerable.Range(0, 2000).Select(i => $"250-AUTH M{i}\r\n")) + "250 ok\r\n", "é\xff");
        Gen<Func<string, string>> change = Gen.Frequency(
            (12, Gen.Constant<Func<string, string>>(piece => piece)),
            (2, odd.Select<string, Func<string, string>>(text => _ => text)),
            (1, odd.Select<string, Func<string, string>>(text => piece => text + piece)),
            (1, odd.Select<string, Func<string, string>>(text => piece => piece + text)),
            (1, Gen.Choose(0, 40).Select<int, Func<string, string>>(at => piece => piece[..Math.Min(at, piece.Length)])));
        // A server that repeats a password that it was sent.
        Gen<string> signedIn = Gen.Elements(_conversation[2], _conversation[2], "535-no\r\n535 secret-42\r\n", "you said secret-42\r\n", "535 AGFubgBzZWNyZXQtNDI=\r\n");
        return Gen.Zip(change.ListOf(_conversation.Length), Gen.Zip(Gen.Choose(0, 20), signedIn)).Select(input =>
            _conversation.Select((piece, i) => i == 2 ? input.Item2.Item2 : piece).Zip(input.Item1, (piece, changed) => changed(piece)).SelectMany(piece => input.Item2.Item1 == 0 ? piece.Select(c => c.ToString()) : [piece]).Select(Encoding.Latin1.GetBytes).ToArray());
    }

    private static byte[][] Cut(string[] pieces, int length)
    {
        List<byte[]> cut = [];
        foreach (string piece in pieces)
        {
            string part = piece[..Math.Min(piece.Length, length)];
            cut.Add(Encoding.ASCII.GetBytes(part));
            length -= part.Length;
        }
        return [.. cut];
    }
}

using System.Net;
using System.Net.Security;
using System.Text;
using Mail.Protocol.Smtp.Server;
using Mail.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mail.Tests.Protocol.Smtp.Server;

// Whatever comes: no crash, no hang, bounded memory, and one answer to each command.
public sealed class SessionFuzzTests
{
    private const int MaxMessage = 20_000;

    [Fact]
    public Task Two_thousand_spoiled_sessions_are_answered_command_by_command() => RunAsync(1, 2_000);

    [Fact, Trait("Category", "Fuzz")]
    public Task A_hundred_thousand_spoiled_sessions_are_answered_command_by_command() => RunAsync(Random.Shared.Next(), 100_000);

    /// <summary>The check below the check: a server that left an answer out or gave one too many must be seen.</summary>
    [Theory]
    [InlineData("NOOP\r\nNOOP\r\n", "220 localhost ESMTP\r\n250 2.0.0 Ok\r\n")]
    [InlineData("NOOP\r\n", "220 localhost ESMTP\r\n250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n")]
    [InlineData("NOOP\r\n", "220 localhost ESMTP\r\n250 Ok, and no code\r\n")]
    [InlineData("DATA\r\nx\r\n", "220 localhost ESMTP\r\n354 go\r\n250 2.0.0 Ok\r\n")]
    [InlineData("DATA\r\nx\n.\r\nNOOP\r\n", "220 localhost ESMTP\r\n354 go\r\n250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n")]
    [InlineData("BDAT 6\r\nNOOP\r\n", "220 localhost ESMTP\r\n250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n")]
    [InlineData("NOOP\r\n", "220 localhost ESMTP\r\n250 2.0.0 Ok")]
    [InlineData("QUIT\r\nNOOP\r\n", "220 localhost ESMTP\r\n221 2.0.0 Bye\r\n250 2.0.0 Ok\r\n")]
    public void A_wrong_number_of_answers_would_be_seen(string sent, string answered) => Assert.NotNull(SessionModel.Check(Encoding.Latin1.GetBytes(sent), answered));

    [Theory]
    [InlineData(1, 50)]
    public async Task Noise_in_place_of_a_handshake_ends_the_connection(int seed, int times)
    {
        using TestCertificate certificate = new();
        Random random = new(seed);
        for (int i = 0; i < times; i++)
        {
            SmtpServerOptions options = new()
            {
                Role = SmtpServerRole.Reception, Tls = new SslServerAuthenticationOptions { ServerCertificate = certificate.Certificate }, ImplicitTls = i % 2 == 0, Linger = TimeSpan.FromMilliseconds(1),
            };
            byte[] noise = new byte[random.Next(1, 600)];
            random.NextBytes(noise);
            if (i % 3 == 0) (noise[0], noise[1]) = (0x16, 0x03);
            await using MemoryClient client = new(options, new RecordingHandler());
            if (!options.ImplicitTls)
            {
                await client.ReadReplyAsync();
                await client.AskAsync("EHLO x");
                await client.AskAsync("STARTTLS");
            }

            await client.SendAsync(noise);
            await client.EndAsync();

            await client.Served.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private static async Task RunAsync(int seed, int sessions)
    {
        SmtpServerOptions options = new()
        {
            AllowUnauthenticated = true, AllowClearTextFromLoopback = true, MaxMessageSize = MaxMessage, MaxTextLine = 4000, MaxErrors = 1000, MaxAuthFailures = 1000,
            ErrorDelay = TimeSpan.Zero, AuthFailureDelay = TimeSpan.Zero, Linger = TimeSpan.FromMilliseconds(1),
        };
        RecordingHandler handler = new();
        SmtpServer server = new(options, handler, NullLogger<SmtpServer>.Instance, TimeProvider.System);
        SessionMutations mutations = new(seed);
        for (int i = 0; i < sessions; i++)
        {
            byte[] sent = mutations.Next();
            MemoryClient client = new(server, IPAddress.Loopback);
            foreach (ReadOnlyMemory<byte> piece in mutations.Pieces(sent))
            {
                await client.SendAsync(piece);
                Assert.InRange(server.BufferedSize, 0, 2 * MaxMessage);
            }
            await client.EndAsync();
            string answered = await client.ReadToEndAsync();
            await client.DisposeAsync(); // throws when the server has, or does not end

            string? wrong = SessionModel.Check(sent, answered);
            Assert.True(wrong is null, $"Session {i} of seed {seed}: {wrong}\n--- sent\n{Show(sent)}\n--- answered\n{answered}");
            Assert.Equal((0, 0L), (server.Connections, server.BufferedSize));
        }
        Assert.True(handler.Messages.Count > sessions / 4, $"Only {handler.Messages.Count} messages of {sessions} sessions were taken: the sessions are spoiled too much to say anything.");
        Assert.All(handler.Messages, m => Assert.True(HasOnlyWholeLineEnds(m.Bytes)));
    }

    private static bool HasOnlyWholeLineEnds(byte[] octets) => Encoding.Latin1.GetString(octets).Replace("\r\n", "", StringComparison.Ordinal).AsSpan().IndexOfAny('\r', '\n') < 0;

    private static string Show(byte[] octets) => string.Concat(octets.Select(o => o is >= 32 and < 127 || o == '\n' ? ((char)o).ToString() : o == '\r' ? "" : $"\\x{o:X2}"));
}

using System.Net.Sockets;
using System.Text;
using Mail.Protocol.Pop3;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Pop3;

/// <summary>What a real server does not say.</summary>
public sealed class Pop3ConversationTests
{
    private static readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_may_come_octet_by_octet()
    {
        await using LoopbackServer server = Server(slow: true, "+OK hi\r\n", "+OK\r\n", "+OK\r\n", "+OK\r\n1 12\r\n2 7\r\n.\r\n", "+OK\r\n1 a b\r\n2 c\r\n.\r\n", "+OK\r\n..x\r\n\r\ny\r\n.\r\n");
        await using Pop3Connection connection = await ConnectAsync(server);

        IReadOnlyList<Pop3Message> messages = await connection.ListAsync(_ct);
        string mail = Encoding.ASCII.GetString((await connection.RetrieveAsync(2, _ct)).Span);

        Assert.Equal([new(1, 12, "a b"), new Pop3Message(2, 7, "c")], messages);
        Assert.Equal(".x\r\n\r\ny\r\n", mail);
    }

    [Fact]
    public async Task A_server_without_lasting_names_is_listed_without_them()
    {
        await using LoopbackServer server = Server(slow: false, "+OK hi\r\n", "+OK\r\n", "+OK\r\n", "+OK\r\n1 12\r\n.\r\n", "-ERR what?\r\n");
        await using Pop3Connection connection = await ConnectAsync(server);

        Assert.Equal([new(1, 12, null)], await connection.ListAsync(_ct));
    }

    [Fact]
    public async Task An_access_token_is_given_and_its_refusal_heard()
    {
        await using LoopbackServer server = Server(slow: false, "+OK hi\r\n", "+ eyJzdGF0dXMiOiI0MDEifQ==\r\n", "-ERR no\r\n");

        Pop3Exception thrown = await Assert.ThrowsAsync<Pop3Exception>(() => Pop3Connection.ConnectAsync(new() { Host = "127.0.0.1", Port = server.Port, Tls = Pop3Tls.None, UserName = "u", AccessToken = "token-1" }, _ct));

        Assert.Equal(Pop3Failure.Login, thrown.Failure);
        Assert.DoesNotContain("token-1", thrown.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("220 smtp.example.com ESMTP\r\n", Pop3Failure.Protocol)]
    [InlineData("-ERR come later\r\n", Pop3Failure.Connection)]
    [InlineData("+OK with", Pop3Failure.Connection)]
    public async Task A_greeting_that_is_none_is_told(string greeting, Pop3Failure failure)
    {
        await using LoopbackServer server = new(async (stream, _, ct) => await stream.WriteAsync(Encoding.ASCII.GetBytes(greeting), ct));

        Assert.Equal(failure, (await Assert.ThrowsAsync<Pop3Exception>(() => ConnectAsync(server))).Failure);
    }

    [Fact]
    public async Task Words_between_STLS_and_the_handshake_are_nobodys()
    {
        await using LoopbackServer server = Server(slow: false, "+OK hi\r\n", "+OK begin\r\n+OK injected\r\n");

        Assert.Equal(Pop3Failure.Tls, (await Assert.ThrowsAsync<Pop3Exception>(() => ConnectAsync(server, Pop3Tls.StartTls))).Failure);
    }

    [Fact]
    public async Task A_message_without_an_end_and_a_line_without_one_are_given_up()
    {
        string endless = new('x', 200_000);
        await using LoopbackServer large = Server(slow: false, "+OK hi\r\n", "+OK\r\n", "+OK\r\n", $"+OK\r\n{endless}\r\n{endless}");
        await using LoopbackServer line = Server(slow: false, "+OK hi\r\n", "+OK\r\n", "+OK\r\n", endless);
        await using Pop3Connection first = await ConnectAsync(large), second = await ConnectAsync(line);

        Assert.Equal(Pop3Failure.Protocol, (await Assert.ThrowsAsync<Pop3Exception>(() => first.RetrieveAsync(1, _ct))).Failure);
        Assert.Equal(Pop3Failure.Protocol, (await Assert.ThrowsAsync<Pop3Exception>(() => second.ListAsync(_ct))).Failure);
    }

    [Fact]
    public async Task A_name_that_leads_where_it_may_not_is_refused()
    {
        Pop3ConnectionOptions options = new() { Host = "127.0.0.1", Port = 1, UserName = "u", Password = "p", AllowsAddress = _ => false };

        Assert.Contains("may be connected to", (await Assert.ThrowsAsync<Pop3Exception>(() => Pop3Connection.ConnectAsync(options, _ct))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("u\r\nDELE 1", "p")]
    [InlineData("u", "p\nQUIT")]
    public async Task A_name_or_password_cannot_be_a_command(string user, string password) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Pop3Connection.ConnectAsync(new() { Host = "127.0.0.1", Port = 1, UserName = user, Password = password }, _ct));

    private static Task<Pop3Connection> ConnectAsync(LoopbackServer server, Pop3Tls tls = Pop3Tls.None) => Pop3Connection.ConnectAsync(
        new() { Host = "127.0.0.1", Port = server.Port, Tls = tls, UserName = "u", Password = "p", MaxMessageSize = 300_000 }, _ct);

    /// <summary>Says the first answer at once, and each of the others after a line from the client.</summary>
    private static LoopbackServer Server(bool slow, params string[] answers) => new(async (stream, _, ct) =>
    {
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        for (int i = 0; i < answers.Length; i++)
        {
            if (i > 0) await reader.ReadLineAsync(ct);
            await SayAsync(stream, answers[i], slow, ct);
        }

        await reader.ReadLineAsync(ct); // until the client goes
    });

    private static async Task SayAsync(NetworkStream stream, string text, bool slow, CancellationToken ct)
    {
        byte[] octets = Encoding.ASCII.GetBytes(text);
        for (int i = 0; i < octets.Length; i += slow ? 1 : octets.Length) await stream.WriteAsync(octets.AsMemory(i, slow ? 1 : octets.Length), ct);
    }
}

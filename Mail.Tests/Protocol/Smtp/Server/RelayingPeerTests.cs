using System.Text;
using System.Text.RegularExpressions;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp.Server;

// Servers that hand mail on to ours, as they do on the way in: Postfix by DATA, Exim by BDAT with all commands in one piece.
public sealed class RelayingPeerTests(PostfixFixture postfix, EximFixture exim) : IClassFixture<PostfixFixture>, IClassFixture<EximFixture>
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task Postfix_relays_to_it(bool withTls)
    {
        Assert.SkipUnless(postfix.SkipReason is null, postfix.SkipReason ?? "");
        await using RunningSmtpServer server = await StartAsync(withTls, postfix.RelayPort);
        byte[] message = Message();

        await SendAsync(postfix.Port, message, "one@example.net", "bad@example.net", "two@example.net");

        TakenMessage taken = await TakenAsync(server, () => Task.FromResult("the log of Postfix"));
        Assert.Equal(("a@example.com", withTls ? "ESMTPS" : "ESMTP", true), (taken.From, taken.Protocol, taken.Message.Sender.Is8BitMime));
        Assert.Equal(["one@example.net", "two@example.net"], taken.To.Order());
        Assert.EndsWith(Encoding.UTF8.GetString(message), taken.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Exim_relays_to_it_by_chunks(bool withTls)
    {
        Assert.SkipUnless(exim.SkipReason is null, exim.SkipReason ?? "");
        await using RunningSmtpServer server = await StartAsync(withTls, exim.RelayPort);
        byte[] message = Message();

        await SendAsync(exim.Port, message, "one@example.net", "bad@example.net", "two@example.net");

        TakenMessage taken = await TakenAsync(server, exim.LogAsync);
        Assert.Equal(("a@example.com", withTls ? "ESMTPS" : "ESMTP"), (taken.From, taken.Protocol));
        Assert.Equal(["one@example.net", "two@example.net"], taken.To.Order());
        Assert.EndsWith(Encoding.UTF8.GetString(message), taken.Text, StringComparison.Ordinal);
        Regex delivered = new($@"[=-]> two@example\.net .*\[127.0.0.1\]\*? {(withTls ? "X=TLS.* " : "")}L K C=""250 "); // L: pipelined, K: BDAT, *: after a wait for this host
        for (int i = 0; i < 600 && !delivered.IsMatch(await exim.LogAsync()); i++) await Task.Delay(50);
        string log = await exim.LogAsync();
        Assert.True(delivered.IsMatch(log), log);
    }

    private static Task<RunningSmtpServer> StartAsync(bool withTls, int port) => RunningSmtpServer.StartAsync(o => o.Role = SmtpServerRole.Reception, withTls: withTls, port: port);

    private static byte[] Message()
    {
        StringBuilder text = new($"Subject: Gruesse\r\nMessage-ID: <{Guid.NewGuid():N}@example.com>\r\nDate: Thu, 1 Jan 1970 00:00:00 +0000\r\nFrom: a@example.com\r\nTo: one@example.net\r\n\r\n.\r\n..dots\r\n");
        for (int i = 0; i < 3000; i++) text.Append("été, and ").Append(i).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task SendAsync(int port, byte[] message, params string[] recipients)
    {
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(new SmtpConnectionOptions { Host = "127.0.0.1", Port = port, TlsPolicy = SmtpTlsPolicy.None }, default);
        SmtpTransactionResult result = await connection.SendAsync(new SmtpEnvelope(EmailAddress.Parse("a@example.com"), [.. recipients.Select(EmailAddress.Parse)]), message, default);
        Assert.True(result.AllAccepted);
        await connection.QuitAsync(default);
    }

    private static async Task<TakenMessage> TakenAsync(RunningSmtpServer server, Func<Task<string>> log)
    {
        // Exim's report about the refused recipient comes to us too.
        for (int i = 0; i < 600 && server.Handler.Messages.All(m => m.From == "<>"); i++) await Task.Delay(50);
        TakenMessage[] taken = [.. server.Handler.Messages.Where(m => m.From != "<>")];
        Assert.True(taken.Length == 1, $"{taken.Length} messages came. {await log()}");
        return taken[0];
    }
}

using System.Text;
using Mail.Protocol.Pop3;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Pop3;

/// <summary>Against a real mailbox server.</summary>
public sealed class DovecotTests(DovecotFixture dovecot) : IClassFixture<DovecotFixture>
{
    private const string Mail = "From: a@example.org\r\nSubject: Hello\r\n\r\nLine\r\n.dot at the start\r\n..two\r\n.\r\nend\r\n";

    public static TheoryData<Pop3Tls> Protections => [Pop3Tls.Implicit, Pop3Tls.StartTls, Pop3Tls.None];

    [Theory, MemberData(nameof(Protections))]
    public async Task A_mailbox_is_listed_read_and_emptied(Pop3Tls tls)
    {
        Assert.SkipUnless(dovecot.SkipReason is null, dovecot.SkipReason ?? "");
        string user = $"box{(int)tls}"; // Dovecot knows names in lower case only
        byte[] second = Encoding.UTF8.GetBytes("Subject: Zwei\r\n\r\n" + new string('x', 300_000) + "\r\n");
        dovecot.Deliver(user, Encoding.UTF8.GetBytes(Mail));
        await Task.Delay(5);
        dovecot.Deliver(user, second);

        await using (Pop3Connection connection = await Pop3Connection.ConnectAsync(Options(user, tls), TestContext.Current.CancellationToken))
        {
            IReadOnlyList<Pop3Message> messages = await connection.ListAsync(TestContext.Current.CancellationToken);
            Assert.Equal(2, messages.Count);
            Assert.All(messages, message => Assert.False(string.IsNullOrEmpty(message.Uid)));
            Assert.Equal(Mail, Encoding.UTF8.GetString((await connection.RetrieveAsync(messages[0].Number, TestContext.Current.CancellationToken)).Span));
            Assert.Equal(second, (await connection.RetrieveAsync(messages[1].Number, TestContext.Current.CancellationToken)).ToArray());
            await connection.DeleteAsync(messages[0].Number, TestContext.Current.CancellationToken);
            await connection.QuitAsync(TestContext.Current.CancellationToken);
        }

        await using Pop3Connection again = await Pop3Connection.ConnectAsync(Options(user, tls), TestContext.Current.CancellationToken);
        Assert.Single(await again.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_marked_stays_when_the_session_breaks()
    {
        Assert.SkipUnless(dovecot.SkipReason is null, dovecot.SkipReason ?? "");
        dovecot.Deliver("broken", Encoding.UTF8.GetBytes(Mail));

        await using (Pop3Connection connection = await Pop3Connection.ConnectAsync(Options("broken", Pop3Tls.Implicit), TestContext.Current.CancellationToken))
            await connection.DeleteAsync(1, TestContext.Current.CancellationToken);

        await using Pop3Connection again = await Pop3Connection.ConnectAsync(Options("broken", Pop3Tls.Implicit), TestContext.Current.CancellationToken);
        Assert.Single(await again.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_password_and_a_wrong_certificate_are_told_apart_and_neither_shows_the_password()
    {
        Assert.SkipUnless(dovecot.SkipReason is null, dovecot.SkipReason ?? "");

        Pop3Exception login = await Assert.ThrowsAsync<Pop3Exception>(() => Pop3Connection.ConnectAsync(Options("ada", Pop3Tls.Implicit, "wrong-secret"), TestContext.Current.CancellationToken));
        Pop3Exception tls = await Assert.ThrowsAsync<Pop3Exception>(() => Pop3Connection.ConnectAsync(new() { Host = "localhost", Port = dovecot.TlsPort, UserName = "ada", Password = "wrong-secret" }, TestContext.Current.CancellationToken));

        Assert.Equal((Pop3Failure.Login, Pop3Failure.Tls), (login.Failure, tls.Failure));
        Assert.DoesNotContain("wrong-secret", login.ToString() + tls, StringComparison.Ordinal);
    }

    private Pop3ConnectionOptions Options(string user, Pop3Tls tls, string password = DovecotFixture.Password) => new()
    {
        Host = "localhost", Port = tls == Pop3Tls.Implicit ? dovecot.TlsPort : dovecot.Port, Tls = tls, UserName = user, Password = password, TrustedCaFile = dovecot.CaFile,
    };
}

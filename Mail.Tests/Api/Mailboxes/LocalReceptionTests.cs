using System.Text;
using Mail.Core.Mailboxes.Providers;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>What comes from outside to mailboxes on this installation.</summary>
public sealed class LocalReceptionTests(PostgresFixture postgres)
{
    private const string Letter = "From: Jo <jo@example.org>\nTo: contact@example.com\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n\nHello\n";

    [Fact]
    public async Task A_letter_is_stored_as_it_came_with_its_trace()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        (MailboxOrder order, _) = await scene.AddAsync("contact@example.com");

        string answer = await scene.ReceiveAsync(Letter, "Contact@Example.COM");

        Assert.Equal("250 2.0.0 Ok, in the mailbox", answer);
        string mime = Encoding.UTF8.GetString(await scene.Api.ScalarAsync<byte[]>("SELECT mime FROM local_mails"));
        Assert.Matches("^Return-Path: <jo@example.org>\r\nReceived: from client.example.com \\(\\[[^]]*\\]\\)\r\n\tby localhost with ESMTP", mime);
        Assert.EndsWith(Letter.ReplaceLineEndings("\r\n"), mime, StringComparison.Ordinal);
        Assert.Equal("Jo <jo@example.org>|Grüße", await scene.Api.ScalarAsync<string>("SELECT sender || '|' || subject FROM local_mails"));
        Assert.Equal(mime.Length, await scene.Api.ScalarAsync<long>($"SELECT bytes FROM local_mailboxes WHERE mailbox_id = '{order.Id}'"));
    }

    [Fact]
    public async Task Who_has_no_mailbox_here_is_refused_before_the_letter_is_sent()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        await scene.AddAsync("contact@example.com");

        Assert.Equal("550 5.1.1 There is no such mailbox here", await scene.ReceiveAsync(Letter, "nobody@example.com"));
        Assert.Equal(0, await scene.Api.CountAsync("local_mails"));
    }

    [Fact]
    public async Task Suspended_and_full_mailboxes_ask_to_come_again()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        (MailboxOrder suspended, _) = await scene.AddAsync("contact@example.com");
        (MailboxOrder full, _) = await scene.AddAsync("full@example.com");
        (MailboxOrder nearly, _) = await scene.AddAsync("nearly@example.com");
        await scene.Provider.SuspendAsync(suspended, suspended.Mark, CancellationToken.None);
        await scene.Api.ScalarAsync<long>($"WITH u AS (UPDATE local_mailboxes SET bytes = 1073741824 - CASE mailbox_id WHEN '{nearly.Id}' THEN 10 ELSE 0 END WHERE mailbox_id IN ('{full.Id}', '{nearly.Id}') RETURNING 1) SELECT count(*) FROM u");

        Assert.StartsWith("450 4.2.1", await scene.ReceiveAsync(Letter, "contact@example.com"), StringComparison.Ordinal);
        Assert.StartsWith("452 4.2.2", await scene.ReceiveAsync(Letter, "full@example.com"), StringComparison.Ordinal);
        Assert.StartsWith("452 4.2.2", await scene.ReceiveAsync(Letter, "nearly@example.com"), StringComparison.Ordinal);
        Assert.Equal(0, await scene.Api.CountAsync("local_mails"));
    }

    [Fact]
    public async Task One_letter_to_two_mailboxes_is_in_both()
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        await scene.AddAsync("contact@example.com");
        await scene.AddAsync("sales@example.com");

        Assert.StartsWith("250", await scene.ReceiveAsync(Letter, "contact@example.com", "sales@example.com"), StringComparison.Ordinal);

        Assert.Equal(2, await scene.Api.ScalarAsync<long>("SELECT count(DISTINCT mailbox_id) FROM local_mails"));
    }

    [Theory]
    [InlineData("no header at all")]
    [InlineData("Subject: a\0b\nFrom: x\0y@z\n\n\0\0")]
    [InlineData("")]
    [InlineData("From: =?utf-8?b?/////w==?=\nContent-Type: multipart/mixed; boundary=\"\"\n\n--\n--\n")]
    public async Task What_nobody_can_read_is_kept_too(string content)
    {
        await using LocalScene scene = await LocalScene.StartAsync(postgres);
        await scene.AddAsync("contact@example.com");

        Assert.StartsWith("250", await scene.ReceiveAsync(content, "contact@example.com"), StringComparison.Ordinal);
        Assert.Equal(1, await scene.Api.CountAsync("local_mails"));
    }
}

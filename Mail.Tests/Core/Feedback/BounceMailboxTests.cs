using System.Globalization;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Feedback.Mailboxes;
using Mail.Protocol.Pop3;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Feedback;

/// <summary>Bounces that a provider put into the sender's mailbox, on a real mailbox server.</summary>
public sealed class BounceMailboxTests(DovecotFixture dovecot, PostgresFixture postgres) : IClassFixture<DovecotFixture>
{
    private static readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bounce_in_the_mailbox_becomes_the_recipients_fate_and_other_mail_stays()
    {
        await using MailboxCase mail = await StartAsync("bounces");
        dovecot.Deliver("bounces", await mail.BouncedAsync("gone@example.net"));
        dovecot.Deliver("bounces", MailboxCase.Bounce(MessageId.New(DateTimeOffset.UtcNow), "stranger@example.net"));
        dovecot.Deliver("bounces", MailboxCase.Letter("Are you coming?"));

        int? first = await mail.LookAsync(), second = await mail.LookAsync();

        Assert.Equal((1, 0), (first, second));
        (string state, int _, int? code, string? _, DateTimeOffset? _) = await mail.Database.RecipientAsync("gone@example.net");
        Assert.Equal(("bounced", 550), (state, code));
        Assert.Contains("email.bounced", await mail.Database.EventsAsync("gone@example.net"));
        await using Pop3Connection left = await Pop3Connection.ConnectAsync(
            new() { Host = "localhost", Port = dovecot.TlsPort, UserName = "bounces", Password = DovecotFixture.Password, TrustedCaFile = dovecot.CaFile }, _ct);
        List<string> stays = [];
        foreach (Pop3Message one in await left.ListAsync(_ct)) stays.Add(Encoding.UTF8.GetString((await left.RetrieveAsync(one.Number, _ct)).Span));
        Assert.Equal(2, stays.Count);
        Assert.Contains(stays, one => one.Contains("Are you coming?", StringComparison.Ordinal));
        Assert.Contains(stays, one => one.Contains("stranger@example.net", StringComparison.Ordinal));
        Assert.Equal(2, mail.Log.All.Count(line => line.Contains("nothing was recorded", StringComparison.Ordinal))); // once each: the second worker knew them
    }

    [Fact]
    public async Task Of_two_workers_one_looks()
    {
        await using MailboxCase mail = await StartAsync("busy");
        for (int i = 0; i < 30; i++) dovecot.Deliver("busy", await mail.BouncedAsync(string.Create(CultureInfo.InvariantCulture, $"r{i}@example.net")));

        int?[] looks = await Task.WhenAll(mail.LookAsync(), mail.LookAsync());

        Assert.Equal(30, looks.Sum());
        Assert.Equal(30, await mail.Database.CountAsync("finished_deliveries WHERE state = 'bounced'"));
    }

    [Fact]
    public async Task What_is_no_longer_there_is_forgotten_and_what_is_too_large_is_set_apart()
    {
        await using MailboxCase mail = await StartAsync("large", ("Feedback:MaxReportBytes", "70000"));
        dovecot.Deliver("large", MailboxCase.Letter(new string('x', 60_000) + "\r\n" + new string('x', 60_000)));
        dovecot.Deliver("large", await mail.BouncedAsync("gone@example.net"));

        Assert.Equal(1, await mail.LookAsync());
        Assert.Equal((1L, 1L), ((await mail.StateAsync()).SetApart, (await mail.StateAsync()).Recorded));
        await using (Pop3Connection owner = await Pop3Connection.ConnectAsync(
            new() { Host = "localhost", Port = dovecot.TlsPort, UserName = "large", Password = DovecotFixture.Password, TrustedCaFile = dovecot.CaFile }, _ct))
        {
            await owner.DeleteAsync(1, _ct);
            await owner.QuitAsync(_ct);
        }

        Assert.Equal(0, await mail.LookAsync());
        Assert.Equal(0, (await mail.StateAsync()).SetApart);
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_words_and_the_password_is_not()
    {
        await using MailboxCase mail = await StartAsync("bounces", ("BounceMailbox:Password", "not-the-password"));

        Assert.Null(await mail.LookAsync());

        MailboxState state = await mail.StateAsync();
        Assert.NotNull(state.FailingSince);
        Assert.Equal("bounces at localhost", state.Name);
        Assert.False(string.IsNullOrWhiteSpace(state.Problem));
        Assert.DoesNotContain(mail.Log.All.Append(state.Problem), line => line!.Contains("not-the-password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mailbox_without_a_password_is_told_at_the_start()
    {
        await using MailboxCase mail = await MailboxCase.CreateAsync(postgres, new() { ["BounceMailbox:Host"] = "localhost", ["BounceMailbox:UserName"] = "bounces" });

        OptionsValidationException thrown = Assert.Throws<OptionsValidationException>(() => mail.Worker().GetRequiredService<IOptions<BounceMailboxOptions>>().Value);

        Assert.Contains("BounceMailbox__Password", thrown.Message, StringComparison.Ordinal);
    }

    private Task<MailboxCase> StartAsync(string user, params (string Name, string Value)[] more)
    {
        Assert.SkipUnless(dovecot.SkipReason is null, dovecot.SkipReason ?? "");
        Dictionary<string, string?> settings = new()
        {
            ["BounceMailbox:Host"] = "localhost", ["BounceMailbox:Port"] = dovecot.TlsPort.ToString(CultureInfo.InvariantCulture), ["BounceMailbox:UserName"] = user,
            ["BounceMailbox:Password"] = DovecotFixture.Password, ["BounceMailbox:TrustedCaFile"] = dovecot.CaFile,
        };
        foreach ((string name, string value) in more) settings[name] = value;
        return MailboxCase.CreateAsync(postgres, settings);
    }
}

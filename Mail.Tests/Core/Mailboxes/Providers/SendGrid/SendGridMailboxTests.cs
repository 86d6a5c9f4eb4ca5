using Mail.Core.Mailboxes.Providers;
using Mail.ProviderFakes;
using Mail.ProviderFakes.SendGrid;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Mailboxes.Providers.SendGrid;

/// <summary>BOX-4: mailboxes at SendGrid.</summary>
public sealed class SendGridMailboxTests
{
    private static readonly MailboxOrder _order = FakeClouds.Order();

    [Fact]
    public async Task A_mailbox_lives_from_its_creation_to_its_end()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();
        IMailboxProvider mailboxes = scene.Mailboxes;

        (string account, MailboxCredentials first) = await scene.MakeAsync(_order);
        Assert.Equal(("smtp.sendgrid.net", 587, "apikey"), (first.Server, first.Port, first.UserName));
        Assert.True(scene.Fake.MaySend(first.Password));
        Assert.Equal(["mail.send"], scene.Fake.Keys.Single().Scopes);

        Assert.True((await mailboxes.SuspendAsync(_order, account, default)).Value);
        Assert.False(scene.Fake.MaySend(first.Password));
        Assert.True((await mailboxes.ResumeAsync(_order, account, default)).Value);
        Assert.True(scene.Fake.MaySend(first.Password));

        MailboxCredentials second = (await mailboxes.IssueCredentialsAsync(_order, account, default)).Value;
        Assert.Equal((false, true), (scene.Fake.MaySend(first.Password), scene.Fake.MaySend(second.Password)));

        Assert.True((await mailboxes.DeleteAsync(_order, account, default)).Value);
        Assert.Empty(scene.Fake.Keys);
    }

    [Fact]
    public async Task Every_call_twice_is_as_once()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(single: true);
        IMailboxProvider mailboxes = scene.Mailboxes;

        string account = (await mailboxes.CreateAsync(_order, default)).Value;
        Assert.Equal(account, (await mailboxes.CreateAsync(_order, default)).Value);
        scene.Fake.Confirm(_order.Address);
        for (int i = 0; i < 2; i++) Assert.True((await mailboxes.SetUpSendingAsync(_order, account, default)).IsSuccess);
        for (int i = 0; i < 2; i++) Assert.True((await mailboxes.IssueCredentialsAsync(_order, account, default)).IsSuccess);
        Assert.Equal((1, 1), (scene.Fake.Senders.Count, scene.Fake.Keys.Count));
        for (int i = 0; i < 2; i++) Assert.True((await mailboxes.SuspendAsync(_order, account, default)).Value);
        for (int i = 0; i < 2; i++) Assert.True((await mailboxes.ResumeAsync(_order, account, default)).Value);
        Assert.True((await mailboxes.DeleteAsync(_order, account, default)).Value);
        Assert.False((await mailboxes.DeleteAsync(_order, account, default)).Value);
        Assert.Equal((0, 0), (scene.Fake.Senders.Count, scene.Fake.Keys.Count));
    }

    /// <summary>The provider acted, and its answer was lost: the saga asks again.</summary>
    [Theory, InlineData("POST", "/v3/verified_senders"), InlineData("POST", "/v3/api_keys"), InlineData("PUT", "/v3/api_keys/*"), InlineData("DELETE", "/v3/api_keys/*"), InlineData("DELETE", "/v3/verified_senders/*")]
    public async Task A_lost_answer_leaves_nothing_behind(string method, string path)
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(single: true);
        IMailboxProvider mailboxes = scene.Mailboxes;
        scene.Desk.Script.Add(new FakeRule { Method = method, Path = path, Answer = FakeAnswer.Drop, ActsFirst = true });

        string account = await AgainAsync(() => mailboxes.CreateAsync(_order, default));
        scene.Fake.Confirm(_order.Address);
        await AgainAsync(() => mailboxes.SetUpSendingAsync(_order, account, default));
        MailboxCredentials credentials = await AgainAsync(() => mailboxes.IssueCredentialsAsync(_order, account, default));
        Assert.Equal((1, 1, true), (scene.Fake.Senders.Count, scene.Fake.Keys.Count, scene.Fake.MaySend(credentials.Password)));
        await AgainAsync(() => mailboxes.SuspendAsync(_order, account, default));
        Assert.False(scene.Fake.MaySend(credentials.Password));
        await AgainAsync(() => mailboxes.DeleteAsync(_order, account, default));

        Assert.Equal((0, 0, 0), (scene.Fake.Senders.Count, scene.Fake.Keys.Count, scene.Desk.Script.Rules.Count));
    }

    [Fact]
    public async Task What_bears_no_mark_of_ours_is_never_changed()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(single: true);
        FakeSender theirs = scene.Fake.AddSender("Newsletter", _order.Address);
        FakeApiKey[] others = [scene.Fake.AddKey("production", "mail.send"), scene.Fake.AddKey(FakeClouds.Order().Mark, "mail.send")];

        Assert.True((await scene.Mailboxes.IsTakenAsync(_order.Address, default)).Value);
        ProviderRefusals.Clear(await scene.Mailboxes.CreateAsync(_order, default), ProviderProblems.MailboxExists, isTransient: false);
        Assert.False((await scene.Mailboxes.SuspendAsync(_order, "sender:1", default)).Value);
        Assert.False((await scene.Mailboxes.DeleteAsync(_order, $"sender:{theirs.Id}", default)).Value);
        Assert.True((await scene.Mailboxes.IssueCredentialsAsync(_order, "domain:1", default)).IsSuccess);

        Assert.Equal([theirs], scene.Fake.Senders);
        Assert.Equal(others, scene.Fake.Keys.Take(2));
    }

    [Fact]
    public async Task A_sender_that_nobody_confirmed_yet_is_waited_for()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(single: true);
        string account = (await scene.Mailboxes.CreateAsync(_order, default)).Value;

        ProviderProblem waiting = ProviderRefusals.Clear(await scene.Mailboxes.SetUpSendingAsync(_order, account, default), ProviderProblems.DomainNotVerified, isTransient: true);
        scene.Fake.Confirm(_order.Address);

        Assert.NotNull(waiting.RetryAfter);
        Assert.Contains(_order.Address, waiting.Remedy, StringComparison.Ordinal);
        Assert.True((await scene.Mailboxes.SetUpSendingAsync(_order, account, default)).IsSuccess);
        Assert.Equal((_order.Mark, "Support"), (scene.Fake.Senders.Single().Nickname, scene.Fake.Senders.Single().FromName));
    }

    [Fact]
    public async Task A_sender_that_somebody_removed_is_gone()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(single: true);

        ProviderRefusals.Clear(await scene.Mailboxes.SetUpSendingAsync(_order, "sender:4711", default), ProviderProblems.Gone, isTransient: false);
    }

    [Theory, InlineData("unpublished.example"), InlineData("never-heard-of.example")]
    public async Task A_domain_that_is_not_authenticated_is_refused(string domain)
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();

        ProviderProblem problem = ProviderRefusals.Clear(await scene.Mailboxes.CreateAsync(FakeClouds.Order($"support@{domain}"), default), ProviderProblems.DomainNotVerified, isTransient: false);

        Assert.Contains(domain, problem.Remedy, StringComparison.Ordinal);
        Assert.Empty(scene.Fake.Keys);
        ProviderRefusals.Clear(await scene.Mailboxes.CheckAsync(domain, default), ProviderProblems.DomainNotVerified, isTransient: false);
    }

    [Fact]
    public async Task Lists_are_read_to_their_last_page()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(single: true);
        for (int i = 0; i < 230; i++) scene.Fake.AddSender("Newsletter", $"other{i}@example.com");
        scene.Fake.AddSender(_order.Mark, _order.Address);
        for (int i = 0; i < 150; i++) scene.Fake.AddDomain($"a{i}.later.example", valid: true);
        scene.Fake.AddDomain("later.example", valid: true);

        Assert.True((await scene.Mailboxes.IsTakenAsync(_order.Address, default)).Value);
        await using SendGridScene byDomain = await SendGridScene.StartAsync();
        for (int i = 0; i < 150; i++) byDomain.Fake.AddDomain($"a{i}.later.example", valid: true);
        byDomain.Fake.AddDomain("later.example", valid: true);
        Assert.True((await byDomain.Mailboxes.CheckAsync("later.example", default)).Value);

        Assert.Equal(3, scene.Desk.Requests.Count);
    }

    [Fact]
    public async Task Two_workers_with_one_order_make_one_sender()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(single: true);

        ProviderOutcome<string>[] made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scene.Mailboxes.CreateAsync(_order, default)));

        Assert.Single(made.Select(outcome => outcome.Value).Distinct());
        Assert.Single(scene.Fake.Senders);
    }

    [Fact]
    public async Task A_hundred_keys_are_the_accounts_quota()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();
        for (int i = 0; i < 100; i++) scene.Fake.AddKey($"key {i}", "mail.send");
        string account = (await scene.Mailboxes.CreateAsync(_order, default)).Value;

        ProviderRefusals.Clear(await scene.Mailboxes.IssueCredentialsAsync(_order, account, default), ProviderProblems.QuotaExceeded, isTransient: false);
    }

    [Fact]
    public async Task The_quota_is_the_plans_credits_and_the_accounts_keys()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(clock: new ManualClock(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)));
        await scene.MakeAsync(_order);

        Assert.Equal(new ProviderQuota(SentToday: 10, null, SentThisMonth: 1_000, MonthLimit: 100_000, Mailboxes: 1, MailboxLimit: 100), (await scene.Mailboxes.ReadQuotaAsync(default)).Value);
        scene.Fake.ResetFrequency = "daily";
        Assert.Equal(new ProviderQuota(SentToday: 1_000, DayLimit: 100_000, SentThisMonth: 210, null, Mailboxes: 1, MailboxLimit: 100), (await scene.Mailboxes.ReadQuotaAsync(default)).Value);
    }

    [Fact]
    public async Task A_key_that_lacks_a_permission_is_told_which()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();
        Assert.True((await scene.Mailboxes.CheckAsync("example.com", default)).Value);
        scene.Fake.Scopes.Remove("api_keys.create");

        ProviderProblem problem = ProviderRefusals.Clear(await scene.Mailboxes.CheckAsync("example.com", default), ProviderProblems.Forbidden, isTransient: false);

        Assert.Contains("api_keys.create", problem.Detail, StringComparison.Ordinal);
    }

    private static async Task<T> AgainAsync<T>(Func<Task<ProviderOutcome<T>>> call)
    {
        ProviderOutcome<T> outcome = await call();
        if (outcome.Problem is not { } problem) return outcome.Value;
        Assert.True(problem.IsTransient && problem.IsUnknown, problem.Detail);
        return (await call()).Value;
    }
}

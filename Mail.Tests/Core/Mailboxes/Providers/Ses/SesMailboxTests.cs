using System.Globalization;
using Mail.Core.Mailboxes.Providers;
using Mail.ProviderFakes;
using Mail.ProviderFakes.Ses;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Mailboxes.Providers.Ses;

/// <summary>BOX-4: mailboxes at Amazon SES.</summary>
public sealed class SesMailboxTests
{
    private static readonly MailboxOrder _order = FakeClouds.Order();

    [Fact]
    public async Task A_mailbox_lives_from_its_creation_to_its_end()
    {
        await using SesScene scene = await SesScene.StartAsync();
        IMailboxProvider mailboxes = scene.Mailboxes;

        (string account, MailboxCredentials first) = await scene.MakeAsync(_order);
        Assert.Equal(("email-smtp.eu-west-3.amazonaws.com", 587), (first.Server, first.Port));
        Assert.True(scene.MaySend(first, _order.Address));

        Assert.True((await mailboxes.SuspendAsync(_order, account, default)).Value);
        Assert.False(scene.MaySend(first, _order.Address));
        Assert.True((await mailboxes.ResumeAsync(_order, account, default)).Value);
        Assert.True(scene.MaySend(first, _order.Address));

        MailboxCredentials second = (await mailboxes.IssueCredentialsAsync(_order, account, default)).Value;
        Assert.Equal((false, true), (scene.MaySend(first, _order.Address), scene.MaySend(second, _order.Address)));

        Assert.True((await mailboxes.DeleteAsync(_order, account, default)).Value);
        Assert.Equal(["somebody-elses"], scene.Fake.Iam.Users);
    }

    [Fact]
    public async Task A_mailbox_sends_as_its_own_address_only()
    {
        await using SesScene scene = await SesScene.StartAsync();

        (_, MailboxCredentials credentials) = await scene.MakeAsync(_order);

        Assert.True(scene.MaySend(credentials, "Support@Example.com"));
        Assert.False(scene.MaySend(credentials, "ceo@example.com"));
    }

    [Fact]
    public async Task Every_call_twice_is_as_once()
    {
        await using SesScene scene = await SesScene.StartAsync(single: true);
        IMailboxProvider mailboxes = scene.Mailboxes;

        string account = (await mailboxes.CreateAsync(_order, default)).Value;
        Assert.Equal(account, (await mailboxes.CreateAsync(_order, default)).Value);
        for (int i = 0; i < 2; i++) ProviderRefusals.Clear(await mailboxes.SetUpSendingAsync(_order, account, default), ProviderProblems.DomainNotVerified, isTransient: true);
        scene.Fake.Confirm(_order.Address);
        for (int i = 0; i < 2; i++) Assert.Equal(_order.Address, (await mailboxes.SetUpSendingAsync(_order, account, default)).Value);
        for (int i = 0; i < 2; i++) Assert.True((await mailboxes.IssueCredentialsAsync(_order, account, default)).IsSuccess);
        Assert.Equal((1, 1), (scene.Fake.Iam.Users.Count - 1, scene.Fake.Iam.Keys.Count - 1));
        for (int i = 0; i < 2; i++) Assert.True((await mailboxes.SuspendAsync(_order, account, default)).Value);
        for (int i = 0; i < 2; i++) Assert.True((await mailboxes.ResumeAsync(_order, account, default)).Value);
        Assert.True((await mailboxes.DeleteAsync(_order, account, default)).Value);
        Assert.False((await mailboxes.DeleteAsync(_order, account, default)).Value);
        Assert.Equal(["example.com", "unpublished.example"], scene.Fake.Identities.Select(identity => identity.Name));
    }

    /// <summary>The provider acted, and its answer was lost: the saga asks again.</summary>
    [Fact]
    public async Task A_lost_answer_leaves_nothing_behind()
    {
        await using SesScene whole = await SesScene.StartAsync(single: true);
        await LiveAsync(whole, Once);
        int requests = whole.Desk.Requests.Count;
        Assert.InRange(requests, 12, 60);
        await using SesScene scene = await SesScene.StartAsync(single: true);
        for (int at = 0; at < requests; at++)
        {
            scene.Desk.Reset();
            scene.Desk.Script.Add(new FakeRule { Skip = at, Answer = FakeAnswer.Drop, ActsFirst = true });
            await LiveAsync(scene, AgainAsync);
            Assert.Empty(scene.Desk.Script.Rules);
            Assert.Equal((1, 1, 2), (scene.Fake.Iam.Users.Count, scene.Fake.Iam.Keys.Count, scene.Fake.Identities.Count));
            Assert.Empty(scene.Desk.Violations);
        }

        static async Task<object?> Once(Func<Task<ProviderOutcome<object?>>> call) => (await call()).Value;
    }

    [Fact]
    public async Task What_bears_no_mark_of_ours_is_never_changed()
    {
        await using SesScene scene = await SesScene.StartAsync(single: true);
        scene.Fake.AddIdentity(_order.Address, verified: true);
        scene.Fake.Iam.AddUser(FakeClouds.Order().Mark);
        (FakeIdentity[] identities, string[] users, FakeAccessKey[] keys) = ([.. scene.Fake.Identities], [.. scene.Fake.Iam.Users], [.. scene.Fake.Iam.Keys]);

        Assert.True((await scene.Mailboxes.IsTakenAsync(_order.Address, default)).Value);
        ProviderRefusals.Clear(await scene.Mailboxes.CreateAsync(_order, default), ProviderProblems.MailboxExists, isTransient: false);
        ProviderRefusals.Clear(await scene.Mailboxes.SetUpSendingAsync(_order, "somebody-elses", default), ProviderProblems.MailboxExists, isTransient: false);
        Assert.False((await scene.Mailboxes.SuspendAsync(_order, "somebody-elses", default)).Value);
        Assert.False((await scene.Mailboxes.DeleteAsync(_order, "somebody-elses", default)).Value);

        Assert.Equal(identities, scene.Fake.Identities);
        Assert.Equal(users, scene.Fake.Iam.Users);
        Assert.Equal(keys, scene.Fake.Iam.Keys);
    }

    [Fact]
    public async Task A_user_that_somebody_removed_is_gone()
    {
        await using SesScene scene = await SesScene.StartAsync();

        ProviderRefusals.Clear(await scene.Mailboxes.IssueCredentialsAsync(_order, _order.Mark, default), ProviderProblems.Gone, isTransient: false);
    }

    /// <summary>IAM needs some seconds until it knows a new user everywhere.</summary>
    [Fact]
    public async Task A_user_that_IAM_does_not_know_yet_is_waited_for()
    {
        await using SesScene scene = await SesScene.StartAsync();
        string account = (await scene.Mailboxes.CreateAsync(_order, default)).Value;
        scene.Desk.Script.Add(new FakeRule { Path = "/", Answer = IamFake.Error(404, "NoSuchEntity", $"The user with name {_order.Mark} cannot be found.") });

        ProviderProblem early = ProviderRefusals.Clear(await scene.Mailboxes.SetUpSendingAsync(_order, account, default), ProviderProblems.Gone, isTransient: true);

        Assert.Equal(TimeSpan.FromSeconds(5), early.RetryAfter);
        Assert.True((await scene.Mailboxes.SetUpSendingAsync(_order, account, default)).IsSuccess);
    }

    [Theory, InlineData("unpublished.example"), InlineData("never-heard-of.example")]
    public async Task A_domain_that_is_not_verified_is_refused(string domain)
    {
        await using SesScene scene = await SesScene.StartAsync();

        ProviderProblem problem = ProviderRefusals.Clear(await scene.Mailboxes.CreateAsync(FakeClouds.Order($"support@{domain}"), default), ProviderProblems.DomainNotVerified, isTransient: false);

        Assert.Contains(domain, problem.Remedy, StringComparison.Ordinal);
        Assert.Single(scene.Fake.Iam.Users);
        ProviderRefusals.Clear(await scene.Mailboxes.CheckAsync(domain, default), ProviderProblems.DomainNotVerified, isTransient: false);
    }

    [Fact]
    public async Task A_verified_domain_holds_for_its_subdomains()
    {
        await using SesScene scene = await SesScene.StartAsync();

        string account = (await scene.Mailboxes.CreateAsync(FakeClouds.Order("support@shop.example.com"), default)).Value;

        Assert.Equal("example.com", (await scene.Mailboxes.SetUpSendingAsync(FakeClouds.Order("support@shop.example.com", id: Guid.ParseExact(account[^32..], "N")), account, default)).Value);
    }

    /// <summary>The list of access keys comes one by one here.</summary>
    [Fact]
    public async Task Lists_are_read_to_their_last_page()
    {
        await using SesScene scene = await SesScene.StartAsync();
        await scene.MakeAsync(_order);
        scene.Fake.Iam.AddKey(_order.Mark); // left by a worker that died

        Assert.True((await scene.Mailboxes.IssueCredentialsAsync(_order, _order.Mark, default)).IsSuccess);

        Assert.Single(scene.Fake.Iam.Keys, key => key.User == _order.Mark);
    }

    [Fact]
    public async Task The_quota_is_SESs_and_the_users_IAMs()
    {
        await using SesScene scene = await SesScene.StartAsync();
        await scene.MakeAsync(_order);

        Assert.Equal(new ProviderQuota(SentToday: 120, DayLimit: 50_000, SentThisMonth: 345, null, Mailboxes: 2, MailboxLimit: 5000), (await scene.Mailboxes.ReadQuotaAsync(default)).Value);
        scene.Fake.HasMetrics = false;
        scene.Fake.Iam.Denied.Add("GetAccountSummary");
        Assert.Equal(new ProviderQuota(SentToday: 120, DayLimit: 50_000, null, null, null, null), (await scene.Mailboxes.ReadQuotaAsync(default)).Value);
    }

    [Fact]
    public async Task A_connection_is_checked_at_both_services()
    {
        await using SesScene scene = await SesScene.StartAsync();
        Assert.True((await scene.Mailboxes.CheckAsync("example.com", default)).Value);

        ProviderRefusals.Clear(await scene.Open(("secret_access_key", "another/Key")).CheckAsync(null, default), ProviderProblems.LoginRefused, isTransient: false);
        ProviderRefusals.Clear(await scene.Open(("region", "us-east-2")).CheckAsync(null, default), ProviderProblems.LoginRefused, isTransient: false);
        scene.Fake.Iam.Denied.Add("GetUser");
        ProviderProblem denied = ProviderRefusals.Clear(await scene.Mailboxes.CheckAsync(null, default), ProviderProblems.Forbidden, isTransient: false);
        Assert.Contains("iam:GetUser", denied.Detail, StringComparison.Ordinal);
        scene.Fake.SendingEnabled = false;
        ProviderRefusals.Clear(await scene.Mailboxes.CheckAsync(null, default), ProviderProblems.Forbidden, isTransient: false);
    }

    /// <summary>A clock that is wrong is told as such.</summary>
    [Fact]
    public async Task Signatures_bear_the_clocks_time()
    {
        ManualClock clock = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        await using SesScene scene = await SesScene.StartAsync(clock: clock);

        await scene.Mailboxes.IsTakenAsync(_order.Address, default);
        scene.Desk.Script.Next(SesFake.Error(403, "InvalidSignatureException", "Signature expired: 20261121T120000Z is now earlier than 20261121T121000Z (20261121T121500Z - 5 min.)"));

        Assert.Equal(clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), scene.Desk.Requests[0].Header("x-amz-date"));
        Assert.Contains("clock", ProviderRefusals.Clear(await scene.Mailboxes.IsTakenAsync(_order.Address, default), ProviderProblems.LoginRefused, isTransient: false).Remedy, StringComparison.Ordinal);
    }

    private static async Task LiveAsync(SesScene scene, Func<Func<Task<ProviderOutcome<object?>>>, Task<object?>> call)
    {
        IMailboxProvider mailboxes = scene.Mailboxes;
        string account = (string)(await call(() => Boxed(mailboxes.CreateAsync(_order, default))))!;
        for (int i = 0; i < 4 && !(await mailboxes.SetUpSendingAsync(_order, account, default)).IsSuccess; i++)
            if (scene.Fake.Identities.Any(identity => identity.Name == _order.Address)) scene.Fake.Confirm(_order.Address); // who reads the mail

        MailboxCredentials credentials = (MailboxCredentials)(await call(() => Boxed(mailboxes.IssueCredentialsAsync(_order, account, default))))!;
        Assert.True(scene.MaySend(credentials, _order.Address));
        await call(() => Boxed(mailboxes.SuspendAsync(_order, account, default)));
        Assert.False(scene.MaySend(credentials, _order.Address));
        await call(() => Boxed(mailboxes.ResumeAsync(_order, account, default)));
        Assert.True(scene.MaySend(credentials, _order.Address));
        await call(() => Boxed(mailboxes.DeleteAsync(_order, account, default)));
    }

    private static async Task<ProviderOutcome<object?>> Boxed<T>(Task<ProviderOutcome<T>> call)
    {
        ProviderOutcome<T> outcome = await call;
        return outcome.Problem is { } problem ? problem : outcome.Value;
    }

    private static async Task<object?> AgainAsync(Func<Task<ProviderOutcome<object?>>> call)
    {
        ProviderOutcome<object?> outcome = await call();
        if (outcome.Problem is not { } problem) return outcome.Value;
        Assert.True(problem.IsTransient, problem.Detail);
        return (await call()).Value;
    }
}

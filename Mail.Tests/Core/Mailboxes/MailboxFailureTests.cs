using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>BOX-2, BOX-8: what the provider refuses, delays or forgets.</summary>
public sealed class MailboxFailureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_mailbox_passes_all_steps_and_tells_each_with_its_provider_and_time()
    {
        (MailboxScene scene, MemoryProvider _) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene __ = scene;
        await scene.App.StartAsync();

        Mailbox mailbox = await scene.ActiveAsync();

        Assert.Equal(["reserved", "create done", "set_up_sending done", "issue_credentials done", "active"], await scene.HistoryAsync(mailbox.Id));
        Assert.NotNull(mailbox.ActiveAt);
        Assert.True(mailbox.HasCredentials);
        Assert.Equal("memory", mailbox.Provider);
    }

    [Fact]
    public async Task An_address_that_is_somebody_elses_at_the_provider_fails_at_once_and_nothing_is_asked_to_be_deleted()
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        cloud.AddForeign($"office@{MailboxScene.Domain}");
        await scene.App.StartAsync();
        Mailbox wished = await scene.CreateAsync();

        Mailbox mailbox = (await scene.Setup.WaitAsync(MailboxScene.Access, wished.Id, TimeSpan.FromSeconds(25), default))!;

        Assert.Equal((MailboxState.Failed, ProviderProblems.MailboxExists, "Take another one."), (mailbox.State, mailbox.Problem?.Code, mailbox.Problem?.Remedy));
        Assert.DoesNotContain("delete", cloud.Calls);
        Assert.Equal("somebody else's", Assert.Single(cloud.Accounts).Mark);
        Assert.Equal(["reserved", "create refused", "failed"], await scene.HistoryAsync(wished.Id));
    }

    [Fact]
    public async Task After_an_answer_that_was_lost_the_provider_is_asked_to_delete_what_there_may_be()
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        cloud.Script("create", Problems.NoAnswer, Problems.LicenceMissing);
        await scene.App.StartAsync();

        Mailbox mailbox = await scene.RestAsync((await scene.CreateAsync()).Id);

        Assert.Equal((MailboxState.Failed, ProviderProblems.LicenceMissing), (mailbox.State, mailbox.Problem?.Code));
        Assert.Contains("delete", cloud.Calls);
        Assert.Equal(1, await scene.Bus.AskAsync<long>("SELECT count(*) FROM bus_messages WHERE name = 'mailboxes.look-again-due'"));
    }

    [Fact]
    public async Task What_a_late_request_made_after_all_was_undone_is_removed()
    {
        ManualClock clock = new(DateTimeOffset.UtcNow);
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres, clock);
        await using MailboxScene _ = scene;
        cloud.Script("set_up_sending", Problems.LicenceMissing);
        await scene.App.StartAsync();
        Mailbox mailbox = await scene.RestAsync((await scene.CreateAsync()).Id);
        await cloud.Open(new ProviderScope(MailboxScene.Project, scene.Connection, 1), new Dictionary<string, string>()).CreateAsync(new MailboxOrder(mailbox.Id, mailbox.Address, ""), default); // it comes now

        clock.Advance(TimeSpan.FromMinutes(11));
        await Eventually.TrueAsync(() => cloud.Accounts.Count == 0);

        await Eventually.TrueAsync(async () => (await scene.HistoryAsync(mailbox.Id))[^1] == "removed_again");
    }

    [Fact]
    public async Task What_passes_is_waited_for_as_long_as_the_provider_asks()
    {
        ManualClock clock = new(DateTimeOffset.UtcNow);
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres, clock);
        await using MailboxScene _ = scene;
        cloud.Script("create", Problems.Throttled(TimeSpan.FromMinutes(7)));
        await scene.App.StartAsync();
        Mailbox wished = await scene.CreateAsync();

        Mailbox? waiting = null;
        await Eventually.TrueAsync(async () => (waiting = await scene.NowAsync(wished.Id)).NextAttemptAt is not null);
        Assert.InRange(waiting!.NextAttemptAt!.Value, clock.GetUtcNow() + TimeSpan.FromMinutes(7), clock.GetUtcNow() + TimeSpan.FromMinutes(11));
        Assert.Equal((MailboxState.Provisioning, ProviderProblems.Throttled), (waiting.State, waiting.Problem?.Code));
        Assert.Equal(waiting.NextAttemptAt, (await scene.Setup.WaitAsync(MailboxScene.Access, wished.Id, TimeSpan.FromSeconds(25), default))!.NextAttemptAt); // at once: it would be in vain
        clock.Advance(TimeSpan.FromMinutes(11));

        Mailbox mailbox = await scene.RestAsync(wished.Id);
        Assert.Equal((MailboxState.Active, null), (mailbox.State, mailbox.Problem));
    }

    [Fact]
    public async Task What_does_not_pass_for_a_day_is_undone_and_the_name_is_free()
    {
        ManualClock clock = new(DateTimeOffset.UtcNow);
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres, clock);
        await using MailboxScene _ = scene;
        cloud.Script("set_up_sending", [.. Enumerable.Repeat(Problems.Throttled(TimeSpan.FromHours(5)), 10)]);
        await scene.App.StartAsync();
        Mailbox wished = await scene.CreateAsync();

        for (int i = 0; i < 4; i++)
        {
            await Eventually.TrueAsync(async () => await scene.NowAsync(wished.Id) is { } now && (now.Goal is null || now.NextAttemptAt > clock.GetUtcNow()));
            clock.Advance(TimeSpan.FromHours(8));
        }

        Mailbox mailbox = await scene.RestAsync(wished.Id);
        Assert.Equal((MailboxState.Failed, MailboxProblem.TookTooLong), (mailbox.State, mailbox.Problem?.Code));
        Assert.Empty(cloud.Accounts);
        Assert.Equal(wished.Address, (await scene.CreateAsync()).Address);
    }

    [Fact]
    public async Task Undoing_goes_on_until_the_provider_lets_it_and_tells_why_it_began()
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        cloud.Script("set_up_sending", Problems.LicenceMissing);
        cloud.Script("delete", Problems.Down, new ProviderProblem(ProviderProblems.LoginRefused, "The key was taken back.", "Make another.", false), Problems.Down);
        await scene.App.StartAsync();

        Mailbox mailbox = await scene.RestAsync((await scene.CreateAsync()).Id);

        Assert.Equal((MailboxState.Failed, ProviderProblems.LicenceMissing), (mailbox.State, mailbox.Problem?.Code));
        Assert.Empty(cloud.Accounts);
        Assert.Equal(4, cloud.Calls.Count(call => call == "delete"));
    }

    [Fact]
    public async Task What_its_provider_will_not_remove_is_given_up_only_after_it_refused()
    {
        ManualClock clock = new(DateTimeOffset.UtcNow);
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres, clock);
        await using MailboxScene _ = scene;
        await scene.App.StartAsync();
        Mailbox mailbox = await scene.ActiveAsync();
        cloud.Script("delete", [.. Enumerable.Repeat(new ProviderProblem(ProviderProblems.LoginRefused, "The key was taken back.", "Make another.", false), 5)]);
        Assert.Equal("mailbox_active", (await scene.Setup.GiveUpAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default)).Failure?.Code);
        await scene.Setup.DeleteAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        await Eventually.TrueAsync(async () => (await scene.NowAsync(mailbox.Id)).NextAttemptAt is not null);

        Assert.True((await scene.Setup.GiveUpAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default)).IsSuccess);

        Mailbox ended = await scene.RestAsync(mailbox.Id);
        Assert.Equal((MailboxState.Deleted, true), (ended.State, ended.EndedAt is not null));
        Assert.Single(cloud.Calls, call => call == "delete"); // the provider is left alone
        Assert.Single(cloud.Accounts); // which is why the person is warned
    }

    [Theory, InlineData("suspend"), InlineData("rotate")]
    public async Task An_account_that_somebody_removed_at_the_provider_is_removed_here_too(string wish)
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        await scene.App.StartAsync();
        Mailbox mailbox = await scene.ActiveAsync();
        cloud.Remove(mailbox.Address);

        await (wish == "suspend" ? scene.Setup.SuspendAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default) : scene.Setup.RotateAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default));
        Mailbox ended = await scene.RestAsync(mailbox.Id);

        Assert.Equal((MailboxState.Deleted, ProviderProblems.Gone), (ended.State, ended.Problem?.Code));
        Assert.Contains("delete", cloud.Calls); // keys and identities may be left
        Assert.Equal(MailboxState.Active, (await scene.ActiveAsync()).State); // the name is free
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_the_mailbox_as_it_was_and_says_why()
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        await scene.App.StartAsync();
        Mailbox mailbox = await scene.ActiveAsync();
        cloud.Script("suspend", new ProviderProblem(ProviderProblems.Forbidden, "The key may not.", "Give it the permission.", false));

        await scene.Setup.SuspendAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        Mailbox still = await scene.RestAsync(mailbox.Id);

        Assert.Equal((MailboxState.Active, ProviderProblems.Forbidden), (still.State, still.Problem?.Code));
        await scene.Setup.SuspendAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        Assert.Equal((MailboxState.Suspended, null), ((await scene.RestAsync(mailbox.Id)).State, (await scene.NowAsync(mailbox.Id)).Problem));
    }

    [Fact]
    public async Task Who_is_resumed_where_old_credentials_are_lost_gets_new_ones()
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        cloud.KeepsCredentials = false;
        await scene.App.StartAsync();
        Mailbox mailbox = await scene.ActiveAsync();
        await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        await scene.Setup.SuspendAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        Assert.Equal(MailboxState.Suspended, (await scene.RestAsync(mailbox.Id)).State);
        Assert.Equal("mailbox_suspended", (await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default)).Failure?.Code);

        await scene.Setup.ResumeAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        Mailbox resumed = await scene.RestAsync(mailbox.Id);

        Assert.Equal((MailboxState.Active, true), (resumed.State, resumed.HasCredentials));
        MailboxCredentials credentials = (await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default)).Value;
        Assert.True(cloud.SignsIn(credentials.UserName, credentials.Password));
    }

    [Fact]
    public async Task A_mailbox_of_another_user_project_or_side_is_not_found()
    {
        (MailboxScene scene, MemoryProvider _) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene __ = scene;
        Mailbox mailbox = await scene.CreateAsync();
        MailboxAccess[] strangers = [new(MailboxScene.Project, false, "bob"), new(MailboxScene.Project, true, null), new(ProjectId.New(DateTimeOffset.UtcNow), false, null)];

        foreach (MailboxAccess access in strangers)
        {
            Assert.Null(await scene.Store.FindAsync(access, mailbox.Id, default));
            Assert.Equal(FailureKind.NotFound, (await scene.Setup.DeleteAsync(access, mailbox.Id, MailboxScene.By, default)).Failure?.Kind);
            Assert.Equal(FailureKind.NotFound, (await scene.Setup.TakeCredentialsAsync(access, mailbox.Id, MailboxScene.By, default)).Failure?.Kind);
        }

        Assert.NotNull(await scene.Store.FindAsync(new MailboxAccess(MailboxScene.Project, false, "alice"), mailbox.Id, default));
    }
}

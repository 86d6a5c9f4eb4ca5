using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>BOX-2, BOX-6: many at once.</summary>
public sealed class MailboxRaceTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Of_a_hundred_that_want_the_same_name_one_gets_it()
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        await scene.App.StartAsync();

        Result<Mailbox>[] made = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            scene.Setup.CreateAsync(new MailboxWish(MailboxScene.Project, false, $"user-{i}", "office", null, ""), MailboxScene.By, null, default)));

        Mailbox winner = Assert.Single(made, one => one.IsSuccess).Value;
        Assert.All(made.Where(one => !one.IsSuccess), one => Assert.Equal((FailureKind.Conflict, "name_taken"), (one.Failure!.Kind, one.Failure.Code)));
        Assert.Equal(MailboxState.Active, (await scene.RestAsync(winner.Id)).State);
        Assert.Single(cloud.Accounts);
        Assert.Equal(1, await scene.Bus.AskAsync<long>("SELECT count(*) FROM mailboxes"));
        Assert.Equal(1, cloud.Calls.Count(call => call == "create"));
    }

    [Fact]
    public async Task Two_hundred_creations_end_well_at_a_provider_that_throttles()
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        cloud.MostPerSecond = 100; // for 600 calls, from two workers that make 16 at a time each
        await scene.App.StartAsync();
        await scene.NewHost(scene.Kind).StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => scene.CreateAsync($"box-{i}", $"user-{i % 10}")));
        await Eventually.TrueAsync(async () => await scene.Bus.AskAsync<long>("SELECT count(*) FROM mailboxes WHERE goal IS NOT NULL") == 0, TimeSpan.FromMinutes(3));

        Assert.True(cloud.Throttled > 0, "The provider never throttled: nothing was shown.");
        Assert.Equal(200, await scene.Bus.AskAsync<long>("SELECT count(*) FROM mailboxes WHERE state = 'active' AND credentials IS NOT NULL AND problem IS NULL"));
        Assert.Equal(200, cloud.Accounts.Count);
        Assert.All(cloud.Accounts, account => Assert.True(account is { MaySend: true, Password: not null }));
    }

    [Fact]
    public async Task Of_twenty_that_take_the_credentials_at_once_one_sees_them()
    {
        (MailboxScene scene, MemoryProvider _) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene __ = scene;
        await scene.App.StartAsync();
        Mailbox mailbox = await scene.ActiveAsync();

        Result<MailboxCredentials>[] taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => scene.Setup.TakeCredentialsAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default)));

        Assert.Single(taken, one => one.IsSuccess);
        Assert.All(taken.Where(one => !one.IsSuccess), one => Assert.Equal("credentials_shown", one.Failure!.Code));
    }

    [Theory, InlineData("create"), InlineData("set_up_sending"), InlineData("issue_credentials")]
    public async Task One_that_is_deleted_while_the_provider_is_being_asked_is_gone_in_the_end(string during)
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously), answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Kind.Before = async call =>
        {
            if (call != during) return;
            asked.TrySetResult();
            await answer.Task; // the request is on its way, and acts only after the wish
        };
        await scene.App.StartAsync();
        Mailbox mailbox = await scene.CreateAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Result<Mailbox> wished = await scene.Setup.DeleteAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        answer.SetResult();
        Mailbox ended = await scene.RestAsync(mailbox.Id);

        Assert.Equal(MailboxState.Deleting, wished.Value.State);
        Assert.Equal(MailboxState.Deleted, ended.State);
        Assert.Empty(cloud.Accounts);
        Assert.Equal(1, cloud.Calls.Count(call => call == "delete"));
    }

    [Fact]
    public async Task A_condition_that_fails_in_the_transaction_stores_nothing()
    {
        (MailboxScene scene, MemoryProvider _) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene __ = scene;
        Failure tooMany = new(FailureKind.TooMany, "too_many_mailboxes", "Ten a day.");

        Result<Mailbox> made = await scene.Setup.CreateAsync(new MailboxWish(MailboxScene.Project, false, "alice", "office", null, ""), MailboxScene.By, (_, _) => Task.FromResult<Failure?>(tooMany), default);

        Assert.Equal(tooMany, made.Failure);
        Assert.Equal(0, await scene.Bus.AskAsync<long>("SELECT count(*) FROM mailboxes"));
    }
}

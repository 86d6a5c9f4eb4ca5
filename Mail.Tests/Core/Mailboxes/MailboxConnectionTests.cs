using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>BOX-4, BOX-9, BOX-10: connections with their secrets and quotas, several domains, and a default of each user's own.</summary>
public sealed class MailboxConnectionTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Secrets_of_a_connection_are_encrypted_and_never_given_back()
    {
        (MailboxScene scene, MemoryProvider _) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene __ = scene;

        MailboxConnection changed = (await scene.Connections.ChangeAsync(MailboxScene.Project, scene.Connection, Wish(("api_key", "\"sesame\"")), default)).Value;

        Assert.Equal((2, new ShownSetting(null, true), "https://api.example"), (changed.Revision, changed.Settings!["api_key"], changed.Settings["base_url"].Value));
        string stored = await scene.Bus.AskAsync<string>("SELECT settings FROM mailbox_connections");
        Assert.DoesNotContain("sesame", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("api.example", stored, StringComparison.Ordinal);
        Assert.Equal(changed.Settings["api_key"], (await scene.Connections.ChangeAsync(MailboxScene.Project, scene.Connection, Wish(("api_key", """{"set":true}""")), default)).Value.Settings!["api_key"]);
    }

    [Fact]
    public async Task A_secret_goes_to_no_other_address_than_the_one_it_was_entered_for()
    {
        (MailboxScene scene, MemoryProvider _) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene __ = scene;

        Failure? moved = (await scene.Connections.ChangeAsync(MailboxScene.Project, scene.Connection, Wish(("base_url", "\"https://evil.example\"")), default)).Failure;
        Result<MailboxConnection> whole = await scene.Connections.ChangeAsync(MailboxScene.Project, scene.Connection, Wish(("base_url", "\"https://new.example\""), ("api_key", "\"again\"")), default);

        Assert.Contains("`settings.api_key` must be given again", moved?.Detail, StringComparison.Ordinal);
        Assert.True(whole.IsSuccess);
    }

    [Theory]
    [InlineData("nope", "\"x\"", "`settings.nope` is no setting")]
    [InlineData("base_url", "\"ftp://x\"", "`settings.base_url` must begin with")]
    [InlineData("base_url", "5", "`settings.base_url` must be a string")]
    [InlineData("base_url", "null", "Missing `settings.base_url`")]
    [InlineData("api_key", "\"a\\u0000b\"", "`settings.api_key` has a NUL")]
    [InlineData("api_key", "\"\\ud800\"", "`settings.api_key` must be a string")]
    public async Task A_wrong_setting_is_named_and_nothing_is_stored(string name, string value, string refusal)
    {
        (MailboxScene scene, MemoryProvider _) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene __ = scene;

        Failure? failure = (await scene.Connections.ChangeAsync(MailboxScene.Project, scene.Connection, Wish((name, value)), default)).Failure;

        Assert.StartsWith(refusal, failure?.Detail, StringComparison.Ordinal);
        Assert.Equal(1, (await scene.Connections.FindAsync(MailboxScene.Project, scene.Connection, default))!.Revision);
    }

    [Fact]
    public async Task Settings_that_the_provider_refuses_are_not_stored()
    {
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene _ = scene;
        cloud.Script("check", new ProviderProblem(ProviderProblems.LoginRefused, "The key is unknown.", "Make another one.", false), Problems.Down);

        Failure? refused = (await scene.Connections.ChangeAsync(MailboxScene.Project, scene.Connection, Wish(("api_key", "\"wrong\"")), default)).Failure;
        Result<MailboxConnection> unsure = await scene.Connections.ChangeAsync(MailboxScene.Project, scene.Connection, Wish(("api_key", "\"right\"")), default);

        Assert.Equal((ProviderProblems.LoginRefused, FailureKind.Invalid), (refused?.Code, refused?.Kind));
        Assert.Contains("Make another one.", refused?.Detail, StringComparison.Ordinal);
        Assert.True(unsure.IsSuccess); // what passes hinders nobody
    }

    [Fact]
    public async Task A_connection_and_a_domain_go_only_when_no_mailbox_uses_them()
    {
        (MailboxScene scene, MemoryProvider _) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene __ = scene;
        await scene.App.StartAsync();
        Mailbox mailbox = await scene.ActiveAsync();

        Assert.Equal("connection_in_use", (await scene.Connections.RemoveAsync(MailboxScene.Project, scene.Connection, default))?.Code);
        Assert.Equal("domain_in_use", (await scene.Domains.RemoveAsync(MailboxScene.Project, MailboxScene.Domain, default))?.Code);
        await scene.Setup.DeleteAsync(MailboxScene.Access, mailbox.Id, MailboxScene.By, default);
        await scene.RestAsync(mailbox.Id);
        Assert.Null(await scene.Domains.RemoveAsync(MailboxScene.Project, MailboxScene.Domain, default));
        Assert.Null(await scene.Connections.RemoveAsync(MailboxScene.Project, scene.Connection, default));

        Assert.Equal((MailboxState.Deleted, null), ((await scene.NowAsync(mailbox.Id)).State, (await scene.NowAsync(mailbox.Id)).ConnectionId)); // its history stays
    }

    [Fact]
    public async Task A_users_domain_comes_before_the_projects_and_a_named_one_before_both()
    {
        (MailboxScene scene, MemoryProvider _) = await MailboxScene.StartAsync(postgres);
        await using MailboxScene __ = scene;
        MailboxUsers users = scene.App.Services.GetRequiredService<MailboxUsers>();
        foreach (string more in (string[])["second.example.org", "Third.Example.ORG"]) Assert.True((await scene.Domains.AddAsync(MailboxScene.Project, more, scene.Connection, false, default)).IsSuccess);
        Assert.Null(await users.SetDefaultDomainAsync(MailboxScene.Project, "bob", "second.example.org", default));
        Assert.Equal("`default_domain` is no domain in which this project makes mailboxes.", (await users.SetDefaultDomainAsync(MailboxScene.Project, "bob", "other.example.org", default))?.Detail);

        async Task<string?> ForAsync(string owner, string? named) => await scene.Domains.ResolveAsync(MailboxScene.Project, owner, named, default) is { IsSuccess: true } found ? found.Value.Domain : null;
        Assert.Equal((MailboxScene.Domain, "second.example.org", "third.example.org", null), (await ForAsync("alice", null), await ForAsync("bob", null), await ForAsync("bob", "third.example.org"), await ForAsync("bob", "x.example.org")));
        await scene.Domains.ChangeAsync(MailboxScene.Project, "third.example.org", null, true, default);
        Assert.Equal("third.example.org", await ForAsync("alice", null));
        Assert.Null(await scene.Domains.RemoveAsync(MailboxScene.Project, "third.example.org", default));
        Assert.Equal(MailboxScene.Domain, await ForAsync("alice", null)); // the oldest
        Assert.Single(await scene.Domains.ListAsync(MailboxScene.Project, default), domain => domain.IsDefault);
    }

    [Fact]
    public async Task A_quota_is_asked_for_again_and_again_and_four_fifths_of_it_raise_an_alert_that_ends_by_itself()
    {
        ManualClock clock = new(DateTimeOffset.UtcNow);
        (MailboxScene scene, MemoryProvider cloud) = await MailboxScene.StartAsync(postgres, clock);
        await using MailboxScene _ = scene;
        await scene.App.StartAsync();
        async Task<MailboxConnection> NowAsync() => (await scene.Connections.FindAsync(MailboxScene.Project, scene.Connection, default))!;

        await Eventually.TrueAsync(async () => (await NowAsync()).Quota?.SentToday == 10);
        Assert.Equal(0, await scene.Bus.AskAsync<long>("SELECT count(*) FROM alerts"));
        cloud.Quota = new ProviderQuota(80, 100, null, null, 5, null);
        clock.Advance(TimeSpan.FromMinutes(16));
        await Eventually.TrueAsync(async () => await scene.Bus.AskAsync<long>("SELECT count(*) FROM alerts WHERE kind = 'mailbox_quota_80' AND subject = 'first' AND facts->>'used' = '80' AND resolved_at IS NULL") == 1);
        cloud.Script("read_quota", Problems.Down);
        clock.Advance(TimeSpan.FromMinutes(16));
        await Eventually.TrueAsync(async () => await NowAsync() is { Problem.Code: ProviderProblems.Unavailable, Quota.SentToday: 80 }); // what it said last
        cloud.Quota = new ProviderQuota(1, 100, null, null, 5, null);
        clock.Advance(TimeSpan.FromMinutes(16));
        await Eventually.TrueAsync(async () => await NowAsync() is { Problem: null, Quota.SentToday: 1 });
        await Eventually.TrueAsync(async () => await scene.Bus.AskAsync<long>("SELECT count(*) FROM alerts WHERE resolved_at IS NULL") == 0);

        await scene.Connections.ChangeAsync(MailboxScene.Project, scene.Connection, new ConnectionWish { Given = new HashSet<string> { "enabled" }, Enabled = false }, default);
        clock.Advance(TimeSpan.FromMinutes(16));
        await Eventually.TrueAsync(async () => await scene.Bus.AskAsync<long>("SELECT count(*) FROM bus_messages") == 0);
        Assert.Equal("connection_disabled", (await scene.Setup.CreateAsync(new MailboxWish(MailboxScene.Project, false, "a", "b", null, ""), MailboxScene.By, null, default)).Failure?.Code);
    }

    private static ConnectionWish Wish(params (string Name, string Value)[] settings) => new()
    {
        Given = new HashSet<string> { "settings" }, Settings = settings.ToDictionary(one => one.Name, one => JsonElement.Parse(one.Value)),
    };
}

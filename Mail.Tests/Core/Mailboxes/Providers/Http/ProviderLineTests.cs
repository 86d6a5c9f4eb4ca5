using System.Globalization;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Mailboxes.Providers.SendGrid;
using Mail.Core.Mailboxes.Providers.Ses;
using Mail.ProviderFakes;
using Mail.Tests.Core.Mailboxes.Providers.SendGrid;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Mailboxes.Providers.Http;

/// <summary>What holds on the way to every provider.</summary>
public sealed class ProviderLineTests
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly MailboxOrder _order = FakeClouds.Order();

    [Theory, InlineData("120", 120), InlineData("Sat, 21 Nov 2026 12:05:00 GMT", 300), InlineData("Sat, 21 Nov 2026 11:00:00 GMT", 0), InlineData("99999999", 86400)]
    public async Task A_provider_that_asks_to_wait_is_heard(string retryAfter, int seconds)
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(clock: new ManualClock(_noon));
        scene.Desk.Script.Add(new FakeRule { Status = 429, RetryAfter = retryAfter });

        ProviderProblem problem = ProviderRefusals.Clear(await scene.Mailboxes.IsTakenAsync(_order.Address, default), ProviderProblems.Throttled, isTransient: true);

        Assert.Equal(TimeSpan.FromSeconds(seconds), problem.RetryAfter);
    }

    [Fact]
    public async Task The_end_of_a_window_is_a_wait_too()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync(clock: new ManualClock(_noon));
        scene.Desk.Script.Next(scene.Fake.Refuse(429).With("X-RateLimit-Reset", (_noon.ToUnixTimeSeconds() + 40).ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(TimeSpan.FromSeconds(40), (await scene.Mailboxes.IsTakenAsync(_order.Address, default)).Problem!.RetryAfter);
    }

    [Fact]
    public async Task A_late_answer_is_an_answer()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();
        scene.Desk.Script.Add(new FakeRule { Delay = TimeSpan.FromMilliseconds(300) });

        Assert.False((await scene.Mailboxes.IsTakenAsync(_order.Address, default)).Value);
    }

    [Fact]
    public async Task Nobody_there_means_that_nothing_was_done()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();
        using ProviderLine line = FakeClouds.Line();
        Dictionary<string, string> settings = new(scene.Fakes.Settings("sendgrid")) { ["base_url"] = "http://127.0.0.1:1/" };

        ProviderProblem problem = ProviderRefusals.Clear(await new SendGridKind(line).Open(FakeClouds.Scope(), settings).CheckAsync(null, default), ProviderProblems.Unavailable, isTransient: true);

        Assert.False(problem.IsUnknown);
    }

    /// <summary>Outside of development no setting leads to this machine or a private network.</summary>
    [Fact]
    public async Task A_private_address_is_not_reached()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();
        using ProviderLine line = new(TimeProvider.System, allowPrivateAddresses: false);

        ProviderRefusals.Clear(await new SendGridKind(line).Open(FakeClouds.Scope(), scene.Fakes.Settings("sendgrid")).CheckAsync(null, default), ProviderProblems.Unavailable, isTransient: true);

        Assert.Empty(scene.Desk.Requests);
        ProviderField address = new SendGridKind(line).Fields.Single(field => field.Name == "base_url");
        Assert.NotNull(address.Check!("http://api.sendgrid.com"));
        Assert.Null(address.Check("https://api.sendgrid.com"));
        Assert.True(address.GuardsSecrets);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_no_problem_of_the_provider()
    {
        await using SendGridScene scene = await SendGridScene.StartAsync();
        scene.Desk.Script.Next(FakeAnswer.Hang);
        using CancellationTokenSource end = new(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Mailboxes.IsTakenAsync(_order.Address, end.Token));
    }

    [Fact]
    public async Task A_list_that_leads_in_a_circle_ends()
    {
        ProviderWords words = new("SendGrid", new Mail.Core.Relays.Http.SecretMask([]));

        ProviderOutcome<IReadOnlyList<string>> all = await ProviderPages.AllAsync<string>(_ => Task.FromResult<ProviderOutcome<ProviderPage<string>>>(new ProviderPage<string>(["a"], "again")), words);

        ProviderRefusals.Clear(all, ProviderProblems.Unreadable, isTransient: true);
    }

    [Fact]
    public void Wrong_settings_are_told_without_repeating_them()
    {
        using ProviderLine line = FakeClouds.Line();
        foreach (MailboxProviderKind kind in (MailboxProviderKind[])[new SendGridKind(line), new SesKind(line)])
            foreach (ProviderField field in kind.Fields)
            {
                string? said = field.Check?.Invoke("no such\u0000 value, ü");
                Assert.True(said is not null && !said.Contains("no such", StringComparison.Ordinal), $"{kind.Name}.{field.Name}: {said}");
                Assert.Null(field.Check!(field.Example));
            }
    }
}

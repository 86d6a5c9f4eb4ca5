using System.Collections.Concurrent;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Messaging;

public sealed class DeadLetterTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_message_that_no_attempt_can_help_dies_at_once_and_is_handled_when_it_is_replayed()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host();
        host.Probe.At = (at, _) => at == "published" ? throw new BusFatalException("The offer is gone.") : Task.CompletedTask;
        Guid id = await host.BusAsync(bus => bus.PublishAsync(new Note("x"), default));
        await host.StartAsync();
        await scene.DeadAsync(1);
        DeadLetters letters = host.Services.GetRequiredService<DeadLetters>();

        DeadLetter dead = Assert.Single((await letters.ListAsync(null, null, null, 10, default)).Page);
        Assert.Equal((id, "test.note", "The offer is gone.", 1), (dead.MessageId, dead.Name, dead.Error, dead.Attempts));
        Assert.StartsWith("""{"text":"x","project":"00000000-0000-0000-0000-000000000000",""", dead.Body, StringComparison.Ordinal);
        Assert.Empty(await scene.EffectsAsync());

        host.Probe.At = null;
        Assert.True(await letters.ReplayAsync(null, dead.Id, default));
        await scene.EmptyAsync();
        Assert.Equal(["echo x", "note x"], await scene.EffectsAsync());
        Assert.False(await letters.ReplayAsync(null, dead.Id, default));
        Assert.Equal(1, await scene.AskAsync<long>($"SELECT count(*) FROM bus_inbox WHERE message_id = '{id}'"));
    }

    [Fact]
    public async Task Many_are_replayed_by_their_name_and_one_is_discarded()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        Observer observer = new();
        BusHost host = scene.Host(more: services => services.AddSingleton<IDeadLetterObserver>(observer));
        host.Probe.At = (_, _) => throw new BusFatalException("No.");
        for (int i = 0; i < 5; i++) await host.BusAsync(bus => bus.PublishAsync(new Note($"{i}"), default));
        await host.BusAsync(bus => bus.PublishAsync(new Secret("1"), default));
        await host.StartAsync();
        await scene.DeadAsync(6);
        DeadLetters letters = host.Services.GetRequiredService<DeadLetters>();
        host.Probe.At = null;

        DeadLetter secret = Assert.Single((await letters.ListAsync(null, null, "test.secret", 10, default)).Page);
        (IReadOnlyList<DeadLetter> page, bool hasMore) = await letters.ListAsync(null, null, null, 2, default);
        Assert.True(hasMore);
        Assert.Equal(4, (await letters.ListAsync(null, page[1].Id, null, 10, default)).Page.Count);
        Assert.True(await letters.DiscardAsync(null, secret.Id, default));
        Assert.False(await letters.DiscardAsync(null, secret.Id, default));
        Assert.Equal(5, await letters.ReplayAsync(null, "test.note", default));
        await scene.EmptyAsync();

        Assert.Equal(10, (await scene.EffectsAsync()).Count);
        Assert.Equal(5, observer.Heard.Count(heard => heard == "buried test.note"));
        Assert.Equal(["cleared test.secret", "cleared test.note"], observer.Heard.Where(heard => heard.StartsWith("cleared", StringComparison.Ordinal)));
        Assert.Equal(0, await scene.AskAsync<long>("SELECT count(*) FROM bus_dead_letters"));
    }

    [Fact]
    public async Task What_is_sensitive_is_neither_stored_nor_shown_nor_logged_in_clear()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(settings: new() { ["Bus:MaxAttempts"] = "2" });
        const string Code = "kl4tschmohn";
        host.Probe.At = (at, _) => throw new InvalidOperationException($"It failed with {at}.");
        await host.BusAsync(bus => bus.PublishAsync(new Secret(Code), default));
        Assert.False(Says(await scene.AskAsync<byte[]>("SELECT body FROM bus_messages"), Code));

        await host.StartAsync();
        await scene.DeadAsync(1);
        DeadLetters letters = host.Services.GetRequiredService<DeadLetters>();
        DeadLetter dead = Assert.Single((await letters.ListAsync(null, null, null, 10, default)).Page);

        Assert.Null(dead.Body);
        Assert.Equal("InvalidOperationException", dead.Error);
        Assert.False(Says(await scene.AskAsync<byte[]>("SELECT body FROM bus_dead_letters"), Code));
        Assert.DoesNotContain(host.Log.All, line => line.Contains(Code, StringComparison.Ordinal));

        host.Probe.At = null;
        await letters.ReplayAsync(null, dead.Id, default);
        await scene.EmptyAsync();
        Assert.Equal(["secret"], await scene.EffectsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"text\":null}")]
    [InlineData("{\"text\":5}")]
    [InlineData("{\"text\":\"x\",\"project\":\"no id\"}")]
    [InlineData("{\"text\":\"\\ud800\"}")]
    [InlineData("\0\u0001ÿ")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task A_body_that_cannot_be_read_is_a_dead_letter_at_once_and_holds_up_nobody(string body)
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host();
        await host.BusAsync(bus => bus.PublishAsync(new Note("hostile"), default));
        await scene.ExecuteAsync($"UPDATE bus_messages SET body = '\\x{Convert.ToHexString(Encoding.Latin1.GetBytes(body))}'");
        await host.BusAsync(bus => bus.PublishAsync(new Echo("next"), default));

        await host.StartAsync();
        await scene.DeadAsync(1);
        await scene.EmptyAsync();

        Assert.Equal(["echo next"], await scene.EffectsAsync());
        Assert.StartsWith("Its body cannot be read", await scene.AskAsync<string>("SELECT error FROM bus_dead_letters"), StringComparison.Ordinal);
        Assert.Equal(1, await scene.AskAsync<int>("SELECT attempts FROM bus_dead_letters"));
    }

    [Fact]
    public async Task An_encrypted_body_that_is_none_is_a_dead_letter()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host();
        await host.BusAsync(bus => bus.PublishAsync(new Secret("1"), default));
        await scene.ExecuteAsync("UPDATE bus_messages SET body = '\\x7b7d'");

        await host.StartAsync();
        await scene.DeadAsync(1);

        Assert.Empty(await scene.EffectsAsync());
    }

    /// <summary>While a new version is rolled out, its messages meet workers of the old one.</summary>
    [Fact]
    public async Task A_message_waits_a_while_for_a_host_that_knows_its_handler()
    {
        ManualClock clock = new(DateTimeOffset.UtcNow);
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(clock);
        await host.BusAsync(bus => bus.PublishAsync(new Echo("x"), default));
        await scene.ExecuteAsync("UPDATE bus_messages SET handler = 'of.tomorrow'");

        await host.StartAsync();
        await Eventually.TrueAsync(async () => await scene.AskAsync<bool>("SELECT reason LIKE '%of.tomorrow%' AND lease_token IS NULL FROM bus_messages"));
        clock.Advance(TimeSpan.FromMinutes(20));
        await scene.DeadAsync(1);

        Assert.Contains("of.tomorrow", await scene.AskAsync<string>("SELECT error FROM bus_dead_letters"), StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_grow_fourfold_up_to_the_longest_and_vary_by_a_fifth()
    {
        BusOptions options = new();

        double[] expected = [2, 8, 32, 128, 512, 2048, 8192, 14400, 14400];
        for (int attempt = 1; attempt <= expected.Length; attempt++) Assert.InRange(options.DelayAfter(attempt)!.Value.TotalSeconds, expected[attempt - 1] * 0.8, expected[attempt - 1] * 1.2);
        Assert.Null(options.DelayAfter(10));
    }

    private sealed class Observer : IDeadLetterObserver
    {
        public ConcurrentQueue<string> Heard { get; } = [];

        public void Buried(ProjectId? project, string handler) => Heard.Enqueue($"buried {handler}");

        public void Cleared(ProjectId? project, string handler) => Heard.Enqueue($"cleared {handler}");
    }

    private static bool Says(byte[] body, string words) => Encoding.Latin1.GetString(body).Contains(words, StringComparison.Ordinal);
}

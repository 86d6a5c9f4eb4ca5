using System.Diagnostics;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Messaging;

[Trait("Category", "Load")]
public sealed class BusLoadTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Ten_thousand_messages_are_handled_once_by_two_workers()
    {
        const int Count = 10_000;
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost publisher = scene.Host();
        long started = Stopwatch.GetTimestamp();
        await publisher.InTransactionAsync(async (_, bus) =>
        {
            for (int i = 0; i < Count; i++) await bus.PublishAsync(new Echo($"{i}"), default);
        });
        TimeSpan published = Stopwatch.GetElapsedTime(started);

        started = Stopwatch.GetTimestamp();
        for (int i = 0; i < 2; i++) await scene.WorkerAsync();
        await Eventually.TrueAsync(async () => await scene.AskAsync<long>("SELECT count(*) FROM bus_messages") == 0, TimeSpan.FromMinutes(5));
        TimeSpan handled = Stopwatch.GetElapsedTime(started);

        Assert.Equal(Count, await scene.AskAsync<long>("SELECT count(*) FROM effects"));
        Assert.Equal(Count, await scene.AskAsync<long>("SELECT count(DISTINCT words) FROM effects"));
        TestContext.Current.SendDiagnosticMessage($"{Count / published.TotalSeconds:N0}/s published in one transaction, {Count / handled.TotalSeconds:N0}/s handled");
    }
}

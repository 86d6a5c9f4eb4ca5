using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Delivery;

/// <summary>What one project has queued costs another one nothing but its share.</summary>
public sealed class FairnessTests(PostgresFixture postgres, ITestOutputHelper output)
{
    [Fact]
    public async Task A_second_newsletter_has_half_of_the_lane_however_long_the_first_one_is()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(20_000, Lane.Bulk, DateTimeOffset.UtcNow.AddHours(-1));
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);
        await Eventually.TrueAsync(() => Task.FromResult(relay.Taken.Count > 1000));

        await database.AddMessagesAsync(1000, Lane.Bulk, project: DeliveryDatabase.OtherProject);
        await Eventually.TrueAsync(async () => await database.CountAsync($"finished_deliveries WHERE project_id = '{DeliveryDatabase.OtherProject}'") == 1000, TimeSpan.FromMinutes(2));

        List<ProjectId> order = [.. relay.Offered.Select(message => message.ProjectId)];
        int first = order.IndexOf(DeliveryDatabase.OtherProject), last = order.LastIndexOf(DeliveryDatabase.OtherProject);
        int others = order.GetRange(first, last - first).Count(project => project == DeliveryDatabase.Project);
        Assert.InRange(others, 500, 2000); // as many, and what was claimed before
    }

    [Fact, Trait("Category", "Load")]
    public async Task A_code_of_another_project_waits_less_than_a_second_while_a_hundred_thousand_newsletters_are_queued()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(100_000, Lane.Bulk, DateTimeOffset.UtcNow.AddHours(-1), new string('x', 4000) + "\n");
        await using SmtpSink sink = SmtpSink.Start();
        await using TestWorker worker = await TestWorker.StartAsync(
            database.ConnectionString, settings: new() { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{sink.Port}", ["SMTP_TLS"] = "none" });
        DeliverySignal signal = worker.Services.GetRequiredService<DeliverySignal>();
        await sink.WaitForAsync(500);

        List<TimeSpan> waits = [];
        for (int i = 0; i < 200; i++)
        {
            string recipient = $"code{i}@example.com";
            await database.AddMessageAsync([recipient], Lane.Critical, project: DeliveryDatabase.OtherProject);
            long committed = Stopwatch.GetTimestamp();
            signal.Raise();
            while (!sink.Messages.Any(message => message.Recipients.Contains(recipient))) await Task.Delay(2);
            waits.Add(Stopwatch.GetElapsedTime(committed));
        }

        waits.Sort();
        long left = await database.CountAsync("deliveries WHERE lane = 2");
        output.WriteLine($"critical while {left} bulk are queued: p50 {waits[100].TotalMilliseconds:0} ms, p99 {waits[197].TotalMilliseconds:0} ms, longest {waits[^1].TotalMilliseconds:0} ms");
        Assert.True(left > 0, "The newsletters were gone before the codes were.");
        Assert.InRange(waits[197], TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }
}

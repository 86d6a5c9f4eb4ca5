using Mail.Core.Domains;
using Mail.Tests.Api.Domains;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Domains;

/// <summary>The worker looks after domains by itself.</summary>
public sealed class DomainWatchTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

    [Fact]
    public async Task A_verified_domain_whose_record_vanishes_is_told_of_first_and_fails_after_a_day_and_comes_back_by_itself()
    {
        await using DnsZone zone = new();
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        ManualClock clock = new(_start);
        await using TestWorker worker = TestWorker.Create(database.ConnectionString, new FakeRelay(), new() { ["Domains:NameServers"] = zone.Address, ["Domains:DnsTimeout"] = "00:00:10", ["Alerts:LookEvery"] = "00:00:00.1" }, clock);
        DomainKey key = await ProjectSigningTests.AddDomainAsync(database, worker, "shop.example", "verified", nextCheckAt: _start.AddMinutes(-1));
        DomainWatch watch = worker.Services.GetRequiredService<DomainWatch>();
        string name = $"{key.Selector}._domainkey.shop.example";
        zone.Set(name, key.Record);

        Assert.Equal((1, "verified"), (await watch.LookAsync(CancellationToken.None), await StatusAsync()));
        Assert.Equal(0, await watch.LookAsync(CancellationToken.None)); // not due again before tomorrow
        zone.Remove(name);
        await LookInAsync(TimeSpan.FromDays(1.01));
        Assert.Equal("temporary_failure", await StatusAsync());
        Assert.Equal(0, RaisedAlerts());
        await LookInAsync(TimeSpan.FromHours(1.01));
        Assert.Equal(("temporary_failure", 1), (await StatusAsync(), RaisedAlerts()));
        int hours = 1;
        for (; await StatusAsync() != "failed"; hours++) await LookInAsync(TimeSpan.FromHours(1.01));
        Assert.Equal(24, hours);
        Assert.True(RaisedAlerts() > 0);
        zone.Set(name, key.Record);
        await LookInAsync(TimeSpan.FromDays(1.01));
        Assert.Equal("verified", await StatusAsync());

        Task<string> StatusAsync() => database.ScalarAsync<string>("SELECT status FROM domains");

        async Task LookInAsync(TimeSpan time)
        {
            clock.Advance(time);
            Assert.Equal(1, await watch.LookAsync(CancellationToken.None));
        }

        int RaisedAlerts()
        {
            return worker.Services.GetRequiredService<Mail.Core.Alerts.AlertOutbox>().Take().Count(change => change is { IsOver: false, Key.Kind: Mail.Core.Alerts.AlertKind.DomainFailing, Key.Subject: "shop.example" });
        }
    }

    [Fact]
    public async Task Two_workers_look_at_each_due_domain_once()
    {
        await using DnsZone zone = new();
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        Dictionary<string, string?> settings = new() { ["Domains:NameServers"] = zone.Address, ["Domains:DnsTimeout"] = "00:00:10" };
        await using TestWorker one = TestWorker.Create(database.ConnectionString, new FakeRelay(), settings), two = TestWorker.Create(database.ConnectionString, new FakeRelay(), settings);
        for (int i = 0; i < 6; i++) await ProjectSigningTests.AddDomainAsync(database, one, $"shop{i}.example", "pending", nextCheckAt: _start.AddMinutes(-1));

        int[] looked = await Task.WhenAll(one.Services.GetRequiredService<DomainWatch>().LookAsync(CancellationToken.None), two.Services.GetRequiredService<DomainWatch>().LookAsync(CancellationToken.None));

        Assert.Equal(6, looked.Sum());
        Assert.Equal(0, await database.CountAsync("domains WHERE checked_at IS NULL"));
    }
}

using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Core.Domains;

/// <summary>Mail of a domain whose `bounces.` leads to us has its return path there.</summary>
public sealed class ReturnPathHostTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("a@shop.example", "bounces.shop.example")]
    [InlineData("a@SHOP.example", "bounces.shop.example")]
    [InlineData("a@news.shop.example", "bounces.shop.example")]
    [InlineData("a@alone.example", "bounces.alone.example")]
    [InlineData("a@news.alone.example", "return.example.net")] // stands for itself only
    [InlineData("a@wrong.example", "return.example.net")] // its record leads elsewhere
    [InlineData("a@failed.example", "return.example.net")] // its key is gone
    [InlineData("a@nothing.example", "return.example.net")]
    [InlineData("a@myshop.example", "return.example.net")]
    public async Task The_return_path_is_at_the_senders_own_domain_where_its_record_is_verified(string from, string host)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        FakeRelay relay = new();
        await using TestWorker worker = await StartAsync(database, relay, new() { ["RETURN_PATH_DOMAIN"] = "return.example.net" });

        await database.AddMessageAsync(["to@example.com"], from: $"Shop <{from}>");
        await database.AddMessageAsync(["other@example.com"], from: $"Shop <{from}>", project: DeliveryDatabase.OtherProject);
        await Eventually.TrueAsync(() => relay.Offered.Count == 2);

        Assert.Equal(host, Domain(relay, "to@example.com"));
        Assert.Equal("return.example.net", Domain(relay, "other@example.com")); // the domain is another project's
    }

    [Fact]
    public async Task Without_a_domain_of_the_installation_only_such_senders_have_return_paths()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        FakeRelay relay = new();
        await using TestWorker worker = await StartAsync(database, relay, []);

        await database.AddMessageAsync(["own@example.com"], from: "Shop <a@shop.example>");
        await database.AddMessageAsync(["none@example.com"], from: "Shop <a@nothing.example>");
        await Eventually.TrueAsync(() => relay.Offered.Count == 2);

        Assert.Equal("bounces.shop.example", Domain(relay, "own@example.com"));
        Assert.Null(Domain(relay, "none@example.com"));
    }

    [Theory]
    [InlineData("bounces.shop.example", true)]
    [InlineData("BOUNCES.Shop.example", true)]
    [InlineData("shop.example", false)]
    [InlineData("bounces.news.shop.example", false)]
    [InlineData("bounces.wrong.example", false)]
    [InlineData("bounces.failed.example", false)]
    [InlineData("bounces.", false)]
    [InlineData("", false)]
    public async Task A_host_is_ours_when_some_domains_record_is_verified(string host, bool isOurs)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using TestWorker worker = await StartAsync(database, new FakeRelay(), []);

        Assert.Equal(isOurs, await worker.Services.GetRequiredService<ReturnPathHosts>().ContainsAsync(host, CancellationToken.None));
    }

    private static string? Domain(FakeRelay relay, string recipient) =>
        relay.Offered.SelectMany(offer => offer.Recipients).Single(one => one.Address.Address == recipient).ReturnPath?.AsciiDomain;

    private static async Task<TestWorker> StartAsync(DeliveryDatabase database, FakeRelay relay, Dictionary<string, string?> settings)
    {
        TestWorker worker = TestWorker.Create(database.ConnectionString, relay, settings);
        foreach ((string name, string status, bool forThoseBelow, RecordStatus found) in new[]
        {
            ("shop.example", "verified", true, RecordStatus.Verified), ("alone.example", "temporary_failure", false, RecordStatus.Verified), ("wrong.example", "verified", true, RecordStatus.Wrong),
            ("failed.example", "failed", true, RecordStatus.Verified), ("nothing.example", "verified", true, RecordStatus.Missing),
        })
        {
            await ProjectSigningTests.AddDomainAsync(database, worker, name, status, forThoseBelow);
            await using NpgsqlCommand check = database.Source.CreateCommand("UPDATE domains SET records = jsonb_build_array(jsonb_build_object('record', 'ReturnPath bounces.' || name, 'status', $2, 'found', '[]'::jsonb)) WHERE name = $1");
            check.Parameters.AddTyped(name).AddTyped(found.ToString());
            await check.ExecuteNonQueryAsync();
        }

        await worker.StartAsync();
        return worker;
    }
}

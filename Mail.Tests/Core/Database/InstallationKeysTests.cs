using Mail.Core.Database;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Mail.Tests.Core.Database;

public sealed class InstallationKeysTests(PostgresFixture postgres)
{
    [Fact]
    public async Task All_hosts_have_the_same_key_however_many_ask_for_it_first()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        EphemeralDataProtectionProvider ring = new();
        InstallationKeys[] hosts = [.. Enumerable.Range(0, 8).Select(_ => new InstallationKeys(database.Source, ring, TimeProvider.System))];

        byte[][] keys = await Task.WhenAll(hosts.Select(host => host.GetAsync("links", TestContext.Current.CancellationToken).AsTask()));

        Assert.All(keys, key => Assert.Equal(keys[0], key));
        Assert.Equal(InstallationKeys.KeyLength, keys[0].Length);
    }

    [Fact]
    public async Task Each_purpose_has_a_key_of_its_own_and_none_stands_in_the_database_in_clear()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        InstallationKeys keys = new(database.Source, new EphemeralDataProtectionProvider(), TimeProvider.System);

        byte[] links = await keys.GetAsync("links", TestContext.Current.CancellationToken);
        byte[] paths = await keys.GetAsync("return-path", TestContext.Current.CancellationToken);

        Assert.NotEqual(links, paths);
        await using NpgsqlCommand stored = database.Source.CreateCommand("SELECT string_agg(key, ' ') FROM installation_keys");
        Assert.DoesNotContain(Convert.ToBase64String(links), (string)(await stored.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, StringComparison.Ordinal);
    }
}

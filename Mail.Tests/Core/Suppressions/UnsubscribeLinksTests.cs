using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Suppressions;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.AspNetCore.DataProtection;

namespace Mail.Tests.Core.Suppressions;

public sealed class UnsubscribeLinksTests(PostgresFixture postgres)
{
    private static readonly IDataProtectionProvider _protection = new EphemeralDataProtectionProvider();

    private static UnsubscribeTarget Target { get; } = new(DeliveryDatabase.Project, new MessageId(Guid.CreateVersion7()), "zoë.long-name+tag@xn--bcher-kva.example", "weekly-news", false);

    [Fact]
    public async Task A_token_holds_what_it_was_made_of_is_short_and_the_same_each_time()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        UnsubscribeLinks links = new(new InstallationKeys(database.Source, _protection, TimeProvider.System)), otherHost = new(new InstallationKeys(database.Source, _protection, TimeProvider.System));

        string token = await links.TokenAsync(Target, CancellationToken.None);

        Assert.Equal(token, await otherHost.TokenAsync(Target, CancellationToken.None));
        Assert.Equal(Target, await otherHost.ReadAsync(token, CancellationToken.None));
        Assert.Equal(Target with { IsTest = true, Topic = "" }, await links.ReadAsync(await links.TokenAsync(Target with { IsTest = true, Topic = "" }, CancellationToken.None), CancellationToken.None));
        Assert.All(token, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        Assert.InRange(token.Length, 100, 180);
    }

    /// <summary>Each character altered, cut at each place, and what somebody else made.</summary>
    [Fact]
    public async Task A_token_that_was_touched_is_none()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using DeliveryDatabase other = await DeliveryDatabase.CreateAsync(postgres);
        UnsubscribeLinks links = new(new InstallationKeys(database.Source, _protection, TimeProvider.System)), foreign = new(new InstallationKeys(other.Source, _protection, TimeProvider.System));
        string token = await links.TokenAsync(Target, CancellationToken.None);

        for (int i = 0; i < token.Length - 1; i++) // of the last character some bits mean nothing
        {
            Assert.Null(await links.ReadAsync(token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..], CancellationToken.None));
            Assert.Null(await links.ReadAsync(token[..i], CancellationToken.None));
        }

        Assert.Null(await links.ReadAsync(await foreign.TokenAsync(Target, CancellationToken.None), CancellationToken.None));
        Assert.Null(await links.ReadAsync("ü€", CancellationToken.None));
        Assert.Null(await links.ReadAsync(new string('A', 100_000), CancellationToken.None));
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Tracking;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.AspNetCore.DataProtection;

namespace Mail.Tests.Core.Tracking;

public sealed class TrackingLinksTests(PostgresFixture postgres)
{
    private static readonly IDataProtectionProvider _protection = new EphemeralDataProtectionProvider();

    private static readonly TrackedTarget _click = new(DeliveryDatabase.Project, new MessageId(Guid.CreateVersion7()), new DeliveryId(Guid.CreateVersion7()), "https://a.example/x?a=1#b");

    [Fact]
    public async Task A_token_holds_all_that_is_needed_and_no_address()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        TrackingLinks links = Links(database), otherHost = Links(database);

        string click = await TokenAsync(links, _click), open = await TokenAsync(links, _click with { Target = null });

        Assert.Equal(_click, await otherHost.ReadAsync(click, isClick: true, CancellationToken.None));
        Assert.Equal(_click with { Target = null }, await otherHost.ReadAsync(open, isClick: false, CancellationToken.None));
        foreach (string name in (string[])["signup", new string('x', 64)])
            Assert.Equal(_click with { Conversion = name }, await otherHost.ReadAsync(await TokenAsync(links, _click with { Conversion = name }), isClick: true, CancellationToken.None));
        Assert.Equal(click, await TokenAsync(otherHost, _click)); // the same mail at every attempt
        Assert.All(click, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        Assert.Equal(87, open.Length);
    }

    [Fact]
    public async Task The_one_is_never_taken_for_the_other()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        TrackingLinks links = Links(database);

        Assert.Null(await links.ReadAsync(await TokenAsync(links, _click), isClick: false, CancellationToken.None));
        Assert.Null(await links.ReadAsync(await TokenAsync(links, _click with { Target = null }), isClick: true, CancellationToken.None));
    }

    /// <summary>Each bit altered, cut at each place, and what somebody else made.</summary>
    [Fact]
    public async Task A_token_that_was_touched_is_none()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using DeliveryDatabase other = await DeliveryDatabase.CreateAsync(postgres);
        TrackingLinks links = Links(database);
        string token = await TokenAsync(links, _click);
        byte[] bytes = Base64Url.DecodeFromChars(token);

        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] altered = [.. bytes];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(await links.ReadAsync(Base64Url.EncodeToString(altered), isClick: true, CancellationToken.None));
        }

        for (int length = 0; length < token.Length; length++) Assert.Null(await links.ReadAsync(token[..length], isClick: true, CancellationToken.None));
        Assert.Null(await links.ReadAsync(await TokenAsync(Links(other), _click), isClick: true, CancellationToken.None));
        foreach (string junk in (string[])["", "%", "a b", new string('A', 100_000), token + "AA", "../../etc/passwd", "\0"]) Assert.Null(await links.ReadAsync(junk, isClick: true, CancellationToken.None));
    }

    /// <summary>Should a wrong target ever be signed, it leads nowhere all the same.</summary>
    [Theory]
    [InlineData("javascript:alert(1)"), InlineData("https://a.example/\r\nSet-Cookie: x=1"), InlineData("//a.example/"), InlineData("ftp://a.example/"), InlineData("https://a.example/\\"), InlineData("https://a.example/ x")]
    public async Task Only_addresses_of_pages_lead_anywhere(string target)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        TrackingLinks links = Links(database);
        byte[] plain = [3, .. new byte[48], .. Encoding.ASCII.GetBytes(target)];
        byte[] tag = HMACSHA256.HashData(await links.KeyAsync(CancellationToken.None), plain)[..16];

        Assert.Null(await links.ReadAsync(Base64Url.EncodeToString([.. plain, .. tag]), isClick: true, CancellationToken.None));
    }

    private static TrackingLinks Links(DeliveryDatabase database) => new(new InstallationKeys(database.Source, _protection, TimeProvider.System));

    private static async Task<string> TokenAsync(TrackingLinks links, TrackedTarget target)
    {
        StringBuilder token = new();
        TrackingLinks.Write(token, await links.KeyAsync(CancellationToken.None), target.ProjectId, target.MessageId, target.DeliveryId, target.Target, target.Conversion);
        return token.ToString();
    }
}

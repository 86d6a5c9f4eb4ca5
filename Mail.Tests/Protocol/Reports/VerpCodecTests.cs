using Mail.Protocol.Mime;
using Mail.Protocol.Reports;

namespace Mail.Tests.Protocol.Reports;

public class VerpCodecTests
{
    private static readonly byte[] _old = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] _new = [.. Enumerable.Repeat((byte)2, 32)];
    private static readonly VerpAddress _address = new(Guid.Parse("018f3a64-0000-7abc-8def-0123456789ab"), Guid.Parse("018f3a64-ffff-7abc-8def-ba9876543210"));

    [Fact]
    public void A_return_path_says_project_and_delivery()
    {
        VerpCodec codec = new(_new);

        string path = codec.Encode(_address, "bounces.example.com");

        Assert.True(codec.TryDecode(path, out VerpAddress decoded));
        Assert.Equal(_address, decoded);
    }

    [Fact]
    public void Its_local_part_has_64_octets_and_is_a_valid_address()
    {
        string path = new VerpCodec(_new).Encode(_address, "bounces.example.com");

        Assert.Equal(64, path.IndexOf('@'));
        Assert.True(EmailAddress.TryParse(path, out _, out string? error), error);
        Assert.Matches("^r[a-z2-7]{63}@bounces[.]example[.]com$", path);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_case_of_letters_does_not_matter(bool upper)
    {
        VerpCodec codec = new(_new);
        string local = codec.EncodeLocalPart(_address);

        Assert.True(codec.TryDecode(upper ? $"<{local.ToUpperInvariant()}@X.EXAMPLE>" : local, out VerpAddress decoded));

        Assert.Equal(_address, decoded);
    }

    [Fact]
    public void A_key_that_was_replaced_is_still_accepted_and_no_longer_signs()
    {
        string before = new VerpCodec(_old).EncodeLocalPart(_address);
        VerpCodec rotated = new(_new, _old);

        Assert.True(rotated.TryDecode(before, out _));
        Assert.Equal(new VerpCodec(_new).EncodeLocalPart(_address), rotated.EncodeLocalPart(_address));
        Assert.False(new VerpCodec(_new).TryDecode(before, out _));
    }

    [Fact]
    public void Every_changed_character_is_noticed()
    {
        VerpCodec codec = new(_new);
        string path = codec.EncodeLocalPart(_address);

        for (int i = 0; i < path.Length; i++)
        {
            char other = path[i] == 'b' ? 'c' : 'b';
            Assert.False(codec.TryDecode($"{path[..i]}{other}{path[(i + 1)..]}@example.com", out VerpAddress decoded), $"character {i}");
            Assert.Equal(default, decoded);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("postmaster@example.com")]
    [InlineData("r@example.com")]
    [InlineData("raaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com")]
    [InlineData("r111111111111111111111111111111111111111111111111111111111111111@example.com")]
    [InlineData("raaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaé")]
    public void Other_addresses_are_none(string text) => Assert.False(new VerpCodec(_new, _old).TryDecode(text, out _));

    [Fact]
    public void Keys_are_required_and_long_enough()
    {
        Assert.Throws<ArgumentException>(() => new VerpCodec());
        Assert.Throws<ArgumentException>(() => new VerpCodec(_new, new byte[15]));
    }

    [Fact]
    public void The_keys_are_copied()
    {
        byte[] key = [.. _new];
        VerpCodec codec = new(key);
        string before = codec.EncodeLocalPart(_address);

        Array.Clear(key);

        Assert.Equal(before, codec.EncodeLocalPart(_address));
    }
}

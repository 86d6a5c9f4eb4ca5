using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Mime;

namespace Mail.Tests.Protocol.Mime;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("a@b", null, "a", "b")]
    [InlineData("  ann@example.com ", null, "ann", "example.com")]
    [InlineData("<ann@example.com>", null, "ann", "example.com")]
    [InlineData("Ann <ann@example.com>", "Ann", "ann", "example.com")]
    [InlineData("Ann O'Neil-Šmíd <ann@example.com>", "Ann O'Neil-Šmíd", "ann", "example.com")]
    [InlineData("\"Ann, \\\"the\\\" @boss\" <ann@example.com>", "Ann, \"the\" @boss", "ann", "example.com")]
    [InlineData("Ann \"AB\" Smith<ann@example.com>", "Ann AB Smith", "ann", "example.com")]
    [InlineData("ann+tag.x!#$%&'*/=?^_`{|}~-@Example.COM", null, "ann+tag.x!#$%&'*/=?^_`{|}~-", "Example.COM")]
    [InlineData("\"ann smith\"@example.com", null, "\"ann smith\"", "example.com")]
    [InlineData("\"ann\"@example.com", null, "ann", "example.com")]
    [InlineData("\"a@b\\\"<,\"@example.com", null, "\"a@b\\\"<,\"", "example.com")]
    [InlineData("Ann <\"a b\"@example.com>", "Ann", "\"a b\"", "example.com")]
    [InlineData("用户@例え.jp", null, "用户", "例え.jp")]
    public void Reads_one_address(string input, string? displayName, string localPart, string domain)
    {
        Assert.True(EmailAddress.TryParse(input, out EmailAddress? address, out string? error), error);

        Assert.Equal((displayName, localPart, domain), (address.DisplayName, address.LocalPart, address.Domain));
        Assert.Equal($"{localPart}@{domain}", address.Address);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("  ", "empty")]
    [InlineData("ann", "no @")]
    [InlineData("Ann <ann>", "no @")]
    [InlineData("ann@", "No domain")]
    [InlineData("@example.com", "before the @")]
    [InlineData("a@b.com, c@d.com", "more than one")]
    [InlineData("a@b.com c@d.com", "more than one @")]
    [InlineData("A <a@b.com>, C <c@d.com>", "more than one")]
    [InlineData("a@b.com,", "comma")]
    [InlineData("Smith, Ann <a@b.com>", "double quotes")]
    [InlineData("a@b@c.com", "more than one @")]
    [InlineData("a b@c.com", "space")]
    [InlineData(".a@b.com", "dot")]
    [InlineData("a.@b.com", "dot")]
    [InlineData("a..b@c.com", "two dots")]
    [InlineData("a(comment)@b.com", "\"(\"")]
    [InlineData("a@b..com", "dot too many")]
    [InlineData("a@.com", "dot too many")]
    [InlineData("a@com.", "dot too many")]
    [InlineData("a@-b.com", "hyphen")]
    [InlineData("a@b-.com", "hyphen")]
    [InlineData("a@b_c.com", "\"_\"")]
    [InlineData("a@b c.com", "U+0020")]
    [InlineData("a@[127.0.0.1]", "IP address")]
    [InlineData("a@127.0.0.1", "IP address")]
    [InlineData("\"a@b.com", "not closed")]
    [InlineData("\"a\"b@c.com", "quoted only in part")]
    [InlineData("\"\"@c.com", "before the @")]
    [InlineData("Ann <a@b.com", "brackets")]
    [InlineData("Ann a@b.com>", "brackets")]
    [InlineData("Ann <a@b.com> x", "after the closing")]
    [InlineData("Ann <>", "Nothing stands between")]
    [InlineData("a@b.com\r\nBcc: c@d.com", "U+000D")]
    [InlineData("a\n@b.com", "U+000A")]
    [InlineData("a\0@b.com", "U+0000")]
    [InlineData("Ann\u0085 <a@b.com>", "U+0085")]
    [InlineData("Ann\u2028 <a@b.com>", "U+2028")]
    [InlineData("a\u200Eb@c.com", "U+200E")]
    [InlineData("a@xn--\u00e9\u00e9..com", "not a valid")]
    public void Refuses_with_a_reason(string? input, string reason)
    {
        Assert.False(EmailAddress.TryParse(input, out EmailAddress? address, out string? error));

        Assert.Null(address);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_half_a_character()
    {
        Assert.False(EmailAddress.TryParse("Ann\ud800 <a@b.com>", out _, out string? error)); // an attribute cannot hold this text

        Assert.Contains("half a character", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_those_of_RFC_5321_in_octets()
    {
        string label = new('d', 63);
        Assert.True(EmailAddress.TryParse($"{new string('a', 64)}@example.com", out _, out _));
        Assert.False(EmailAddress.TryParse($"{new string('a', 65)}@example.com", out _, out _));
        Assert.True(EmailAddress.TryParse($"{new string('é', 32)}@example.com", out _, out _));
        Assert.False(EmailAddress.TryParse($"{new string('é', 33)}@example.com", out _, out _));
        Assert.True(EmailAddress.TryParse($"a@{label}.com", out _, out _));
        Assert.False(EmailAddress.TryParse($"a@{label}d.com", out _, out _));
        Assert.True(EmailAddress.TryParse($"{new string('a', 62)}@{label}.{label}.{label}", out _, out _)); // 254
        Assert.False(EmailAddress.TryParse($"{new string('a', 63)}@{label}.{label}.{label}", out _, out string? error));
        Assert.Contains("254", error, StringComparison.Ordinal);
        Assert.False(EmailAddress.TryParse($"a@{label}.{label}.{label}.{label}", out _, out error)); // 255 + 2
        Assert.False(EmailAddress.TryParse($"a@{label}.{label}.{label}.{label}.x", out _, out error));
        Assert.Contains("255", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Internationalized_domains_have_an_ASCII_form()
    {
        EmailAddress address = EmailAddress.Parse("info@Bücher.Example");

        Assert.Equal("xn--bcher-kva.example", address.AsciiDomain);
        Assert.False(address.RequiresSmtpUtf8);
        Assert.True(EmailAddress.Parse("用户@example.com").RequiresSmtpUtf8);
    }

    [Theory]
    [InlineData("postmaster@[192.0.2.1]", "[192.0.2.1]")]
    [InlineData("<postmaster@[IPv6:2001:DB8:0::1]>", "[IPv6:2001:db8::1]")]
    [InlineData("a@[ipv6:::ffff:192.0.2.1]", "[IPv6:::ffff:192.0.2.1]")]
    public void An_IP_address_in_place_of_a_domain_is_read_when_it_is_wanted(string input, string asciiDomain)
    {
        Assert.True(EmailAddress.TryParseWithLiteral(input, out EmailAddress? address, out string? error), error);

        Assert.True(address.IsAddressLiteral);
        Assert.Equal(asciiDomain, address.AsciiDomain);
        Assert.False(EmailAddress.TryParse(input, out _, out _));
    }

    [Theory]
    [InlineData("a@[")]
    [InlineData("a@[]")]
    [InlineData("a@[192.0.2.1")]
    [InlineData("a@[192.0.2]")]
    [InlineData("a@[192.0.2.256]")]
    [InlineData("a@[0192.0.2.1]")]
    [InlineData("a@[0x7f.0.0.1]")]
    [InlineData("a@[2001:db8::1]")]
    [InlineData("a@[IPv6:192.0.2.1]")]
    [InlineData("a@[IPv6:fe80::1%eth0]")]
    [InlineData("a@[tag:x]")]
    [InlineData("a@[192.0.2.1] x")]
    [InlineData("a@127.0.0.1")]
    public void Not_every_text_in_brackets_is_an_IP_address(string input)
    {
        Assert.False(EmailAddress.TryParseWithLiteral(input, out _, out string? error));

        Assert.NotEmpty(error);
    }

    [Fact]
    public void Equal_when_the_mailbox_is_the_same()
    {
        Assert.Equal(EmailAddress.Parse("Ann <a@bücher.example>"), EmailAddress.Parse("\"a\"@XN--BCHER-KVA.example"));
        Assert.NotEqual(EmailAddress.Parse("A@example.com"), EmailAddress.Parse("a@example.com"));
        Assert.Single(new HashSet<EmailAddress> { EmailAddress.Parse("a@B.com"), EmailAddress.Parse("x <a@b.com>") });
    }

    [Fact]
    public void Any_text_is_either_refused_with_a_reason_or_reads_back_from_its_own_form() =>
        Prop.ForAll(AddressLikeText().ToArbitrary(), text =>
        {
            if (!EmailAddress.TryParse(text, out EmailAddress? address, out string? error)) return !string.IsNullOrEmpty(error);
            EmailAddress again = EmailAddress.Parse(address.ToString());
            return again.Equals(address) && again.DisplayName == address.DisplayName && again.LocalPart == address.LocalPart
                && !address.ToString().Any(char.IsControl);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    // Text made of the characters that matter, so that a good part of it is valid.
    private static Gen<string> AddressLikeText()
    {
        Gen<string> word = Gen.Elements("a", "b.c", "é", "\"", "\\", " ", "@", "<", ">", ",", ".", "\"x y\"", "日本", "=?utf-8?Q?a?=", "\t", "\r\n", ":", "-", "(");
        Gen<string> noise = word.ListOf().Select(words => string.Concat(words));
        Gen<string> valid = from name in noise from local in noise from domain in Gen.Elements("b.com", "bücher.example", "x", "1.2", "") select $"{name}<{local}@{domain}>";
        return Gen.OneOf(noise, valid, noise.Select(local => $"{local}@b.com"));
    }
}

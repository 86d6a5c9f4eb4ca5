using System.ComponentModel.DataAnnotations;
using Mail.Core.Messages;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Messages;

public sealed class TestAddressesTests
{
    [Theory]
    [InlineData("delivered@mail.test", TestBehavior.Delivered)]
    [InlineData("Bounced@MAIL.test", TestBehavior.Bounced)]
    [InlineData("delayed+order-17@mail.test", TestBehavior.Delayed)]
    [InlineData("complained+a+b@mail.test", TestBehavior.Complained)]
    [InlineData("suppressed+@mail.test", TestBehavior.Suppressed)]
    [InlineData("ada@mail.test", TestBehavior.Unknown)]
    [InlineData("+delivered@mail.test", TestBehavior.Unknown)]
    [InlineData("delivered@example.com", null)]
    [InlineData("delivered@x.mail.test", null)]
    [InlineData("delivered@notmail.test", null)]
    [InlineData("\"delivered@mail.test\"@example.com", null)]
    public void The_local_part_says_the_fate_and_a_label_tells_tests_apart(string address, TestBehavior? expected) => Assert.Equal(expected, Of("mail.test").Of(address));

    [Fact]
    public void The_domain_is_a_setting()
    {
        Assert.Equal(TestBehavior.Bounced, Of("Tests.Acme.example").Of("bounced+1@tests.acme.example"));
        Assert.Null(Of("tests.acme.example").Of("bounced@mail.test"));
    }

    [Theory, InlineData(""), InlineData("@mail.test"), InlineData("mail test"), InlineData("mail.test."), InlineData("-a.test")]
    public void A_domain_that_is_none_stops_the_start(string domain) =>
        Assert.True(new TestAddressOptionsValidator().Validate(null, new TestAddressOptions { Domain = domain }).Failed);

    [Fact]
    public void The_default_is_valid_and_under_a_reserved_top_level_domain()
    {
        TestAddressOptions options = new();

        Assert.True(Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
        Assert.EndsWith(".test", options.Domain, StringComparison.Ordinal);
    }

    private static TestAddresses Of(string domain) => new(Options.Create(new TestAddressOptions { Domain = domain }));
}

using System.Text;
using Mail.Core.Domains;
using Mail.Protocol.Dkim;
using Mail.Protocol.Mime;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Mail.Tests.Core.Domains;

public sealed class MessageSigningTests(PostgresFixture postgres)
{
    private static readonly byte[] _mime = "From: a@example.com\r\nSubject: Hello\r\n\r\nBody\r\n"u8.ToArray();
    private static readonly string _pem = Pem();

    [Theory]
    [InlineData("a@example.com", true)]
    [InlineData("a@EXAMPLE.com", true)]
    [InlineData("a@news.example.com", true)]
    [InlineData("a@notexample.com", false)]
    [InlineData("a@example.org", false)]
    public void Only_mail_of_the_domain_and_those_below_it_is_signed(string from, bool isSigned)
    {
        using MessageSigning signing = Read(("DKIM_DOMAIN", "example.com"), ("DKIM_SELECTOR", "2026a"), ("DKIM_PRIVATE_KEY", _pem));

        string sent = Encoding.ASCII.GetString(signing.Sign(EmailAddress.Parse(from), _mime).Span);

        Assert.Equal(isSigned, sent.StartsWith("DKIM-Signature: v=1; a=rsa-sha256;", StringComparison.Ordinal));
        Assert.EndsWith(Encoding.ASCII.GetString(_mime), sent, StringComparison.Ordinal);
        Assert.Equal("2026a._domainkey.example.com", signing.RecordName);
    }

    [Fact]
    public void Without_settings_nothing_is_signed()
    {
        using MessageSigning signing = Read();

        Assert.True(signing.Sign(EmailAddress.Parse("a@example.com"), _mime).Span.SequenceEqual(_mime));
        Assert.Null(signing.RecordName);
    }

    [Theory]
    [InlineData("example.com", null, "x", "DKIM_SELECTOR is not set")]
    [InlineData("example.com", "2026a", null, "DKIM_PRIVATE_KEY is not set")]
    [InlineData("example.com", "2026a", "no key", "DKIM_PRIVATE_KEY is no RSA private key in PEM")]
    [InlineData("exa mple.com", "2026a", "", "DKIM_DOMAIN and DKIM_SELECTOR make no signature")]
    public void What_cannot_be_used_names_the_setting_and_repeats_no_key(string domain, string? selector, string? key, string message)
    {
        InvalidSigningException thrown = Assert.Throws<InvalidSigningException>(() => Read(("DKIM_DOMAIN", domain), ("DKIM_SELECTOR", selector), ("DKIM_PRIVATE_KEY", key is "" ? _pem : key)));

        Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN RSA", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_worker_sends_is_signed()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(
            database.ConnectionString, relay, new() { ["DKIM_DOMAIN"] = "example.org", ["DKIM_SELECTOR"] = "s1", ["DKIM_PRIVATE_KEY"] = _pem });
        await database.AddMessageAsync(["a@example.com"]);

        await Eventually.TrueAsync(() => Task.FromResult(!relay.Offered.IsEmpty));

        Assert.StartsWith("DKIM-Signature: v=1; a=rsa-sha256; ", Encoding.ASCII.GetString(relay.Offered.Single().Mime.Span), StringComparison.Ordinal);
    }

    private static string Pem()
    {
        using DkimRsaKey key = DkimRsaKey.Generate();
        return key.ToPem();
    }

    private static MessageSigning Read(params (string Name, string? Value)[] settings) =>
        MessageSigning.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, one.Value))).Build(), TimeProvider.System);
}

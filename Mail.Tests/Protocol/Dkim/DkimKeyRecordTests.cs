using System.Security.Cryptography;
using Mail.Protocol.Dkim;

namespace Mail.Tests.Protocol.Dkim;

public sealed class DkimKeyRecordTests
{
    private static readonly DkimRsaKey _key = DkimRsaKey.Generate();

    [Fact]
    public void A_keys_record_is_published_at_the_selector_in_strings_of_255_octets()
    {
        DkimKeyRecord record = DkimKeyRecord.For(_key);

        Assert.Equal("2026a._domainkey.xn--bcher-kva.example", DkimKeyRecord.NameOf("2026A", "bücher.example"));
        Assert.StartsWith("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA", record.ToString(), StringComparison.Ordinal);
        Assert.Equal([255, record.ToString().Length - 255], record.ToStrings().Select(part => part.Length));
        Assert.Equal(record.ToString(), string.Concat(record.ToStrings()));
        Assert.Equal($"\"{record.ToString()[..255]}\" \"{record.ToString()[255..]}\"", record.ToZoneText());
        Assert.Equal(2048, record.KeySize);
    }

    [Fact]
    public void A_record_read_and_written_stays_the_same()
    {
        string text = DkimKeyRecord.For(_key, testing: true).ToString().Replace("k=rsa; ", "k=rsa; h=sha256; s=email; ", StringComparison.Ordinal).Replace("t=y", "t=y:s", StringComparison.Ordinal);

        DkimKeyRecord record = DkimKeyRecord.Parse(text);

        Assert.Equal(text, record.ToString());
        Assert.Equal((true, true, "rsa", false), (record.IsTesting, record.IsStrict, record.KeyType, record.IsRevoked));
    }

    [Fact]
    public void A_record_is_compared_with_the_key_that_signs()
    {
        using DkimRsaKey other = DkimRsaKey.Generate(1024);
        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(_key.ToPem());
        string p = Convert.ToBase64String(_key.PublicKey.Span), bare = Convert.ToBase64String(rsa.ExportRSAPublicKey());

        Assert.Equal(DkimKeyMatch.Same, DkimKeyRecord.Parse($"p={p[..100]} {p[100..]}").Match(_key));
        Assert.Equal(DkimKeyMatch.Same, DkimKeyRecord.Parse($"v=DKIM1; p={bare}").Match(_key)); // as RFC 6376 has it
        Assert.Equal(DkimKeyMatch.OtherKey, DkimKeyRecord.For(other).Match(_key));
        Assert.Equal(DkimKeyMatch.OtherKeyType, DkimKeyRecord.Parse($"k=ed25519; p={p}").Match(_key));
        Assert.Equal(DkimKeyMatch.Revoked, DkimKeyRecord.Parse("v=DKIM1; p=").Match(_key));
        Assert.Equal(DkimKeyMatch.HashNotAllowed, DkimKeyRecord.Parse($"h=sha1; p={p}").Match(_key));
        Assert.Equal(DkimKeyMatch.ServiceNotAllowed, DkimKeyRecord.Parse($"s=other; p={p}").Match(_key));
        Assert.Equal(DkimKeyMatch.OtherKey, DkimKeyRecord.Parse("v=DKIM1; p=AAAA").Match(_key));
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData(" ", "empty")]
    [InlineData("v=spf1 include:example.com", "not DKIM1")]
    [InlineData("v=DKIM1", "tag p is missing")]
    [InlineData("v=DKIM1 p=AAAA", "not DKIM1")]
    [InlineData("k=rsa; v=DKIM1; p=", "not the first")]
    [InlineData("v=dkim1; p=", "not DKIM1")]
    [InlineData("\"v=DKIM1; p=AAAA\"", "no valid name")]
    [InlineData("v=DKIM1;; p=", "no \"=\"")]
    [InlineData("v=DKIM1; p=A; p=B", "twice")]
    [InlineData("v=DKIM1; p=\u0001", "not allowed")]
    [InlineData("v=DKIM1; p=A=A", "not base64")]
    public void A_text_that_is_no_record_is_refused_with_the_reason(string? text, string reason)
    {
        Assert.False(DkimKeyRecord.TryParse(text, out DkimKeyRecord? record, out string? error));
        Assert.Null(record);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_goes_through_pem_in_both_of_its_forms()
    {
        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(_key.ToPem());

        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", _key.ToPem(), StringComparison.Ordinal);
        Assert.Equal(_key.PublicKey.ToArray(), DkimRsaKey.FromPem(_key.ToPem()).PublicKey.ToArray());
        Assert.Equal(_key.PublicKey.ToArray(), DkimRsaKey.FromPem("# 2026a\n" + rsa.ExportRSAPrivateKeyPem()).PublicKey.ToArray());
    }

    [Fact]
    public void What_cannot_sign_is_no_key()
    {
        using RSA rsa = RSA.Create(1024), small = RSA.Create(512);
        using ECDsa elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The private key of RFC 8463 A.2 in PKCS #8.
        const string Ed25519Pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----";

        foreach (string pem in new[] { rsa.ExportSubjectPublicKeyInfoPem(), small.ExportPkcs8PrivateKeyPem(), elliptic.ExportPkcs8PrivateKeyPem(), Ed25519Pem })
            Assert.ThrowsAny<CryptographicException>(() => DkimRsaKey.FromPem(pem));
        foreach (string pem in new[] { "", "secret", rsa.ExportPkcs8PrivateKeyPem() + "\n" + rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1)) })
            Assert.ThrowsAny<ArgumentException>(() => DkimRsaKey.FromPem(pem));
        Assert.Throws<ArgumentOutOfRangeException>(() => DkimRsaKey.Generate(512));
        Assert.Throws<ArgumentOutOfRangeException>(() => DkimRsaKey.Generate(8192));
    }

    [Fact]
    public void A_key_that_was_disposed_of_signs_no_more()
    {
        DkimRsaKey key = DkimRsaKey.Generate(1024);
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.SignHash(new byte[32], new byte[128]));
    }
}

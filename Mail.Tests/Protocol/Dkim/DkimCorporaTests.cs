using System.Buffers;
using System.Text;
using System.Text.Json;
using Mail.Protocol.Dkim;
using Mail.Tests.Protocol.Dns;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Dkim;

/// <summary>Mail that others signed, and canonical forms that others computed.</summary>
public sealed class DkimCorporaTests(ITestOutputHelper output)
{
    // Old mail: signed with SHA-1 and 512-bit keys before RFC 8301 forbade both, some by drafts.
    private static readonly DkimVerifierOptions _old = new() { AcceptHistoric = true, MinimumRsaBits = 512, Ed25519 = Ed25519.Verify };

    [Theory, InlineData(DkimCanonicalization.Simple), InlineData(DkimCanonicalization.Relaxed)]
    public void Canonical_forms_are_those_of_flanker_byte_by_byte(DkimCanonicalization mode)
    {
        string folder = Corpora.Path("dkim", "flanker-canonicalization");
        string[] numbers = [.. Directory.GetFiles(folder, "email.*").Select(file => Path.GetExtension(file)[1..]).Order(StringComparer.Ordinal)];
        foreach (string number in numbers)
        {
            byte[] message = Wire(File.ReadAllBytes(Path.Combine(folder, $"email.{number}")));
            byte[] expected = File.ReadAllBytes(Path.Combine(folder, $"{(mode == DkimCanonicalization.Simple ? "simple" : "relaxed")}.expected.{number}"));

            Assert.True(expected.AsSpan().SequenceEqual(Canonical(mode, message)), $"{mode} {number}: {Encoding.Latin1.GetString(Canonical(mode, message))}");
        }
        output.WriteLine($"{numbers.Length} messages, {mode}: equal");
        Assert.Equal(11, numbers.Length);
    }

    [Theory]
    [InlineData("generated-here", "s_dkimpy_rsa_simple.eml", 1)]
    [InlineData("generated-here", "s_mailauth_rsa.eml", 1)]
    [InlineData("generated-here", "s_dkimpy_ed.eml", 1)]
    [InlineData("generated-here", "msg.eml", 0)]
    [InlineData("rfc8463", "rfc8463-example.eml", 2)]
    public async Task Mail_signed_elsewhere_passes(string folder, string file, int signatures)
    {
        DkimVerifier verifier = new(ZoneResolver.FromJson(Corpora.Path("dkim", folder, "dns.json")), new DkimVerifierOptions { Ed25519 = Ed25519.Verify }, TimeProvider.System);

        IReadOnlyList<DkimVerification> results = await verifier.VerifyAsync(Wire(await File.ReadAllBytesAsync(Corpora.Path("dkim", folder, file))), CancellationToken.None);

        Assert.Equal(signatures, results.Count);
        Assert.All(results, result => Assert.Equal(DkimStatus.Pass, result.Status));
    }

    [Theory, InlineData("002.txt"), InlineData("004.txt"), InlineData("006.txt")]
    public async Task Stalwarts_mail_passes(string file)
    {
        // Records, one "name text" on a line, then an empty line, then the message.
        string[] parts = (await File.ReadAllTextAsync(Corpora.Path("dkim", "stalwart-mail-auth", file), Encoding.Latin1)).Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n", 2);
        ZoneResolver zone = new();
        foreach (string line in parts[0].Split('\n')) zone.Text(line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

        IReadOnlyList<DkimVerification> results = await new DkimVerifier(zone, new DkimVerifierOptions(), TimeProvider.System).VerifyAsync(Wire(Encoding.Latin1.GetBytes(parts[1])), CancellationToken.None);

        Assert.Equal(DkimStatus.Pass, Assert.Single(results).Status);
    }

    [Fact]
    public async Task Postals_signature_passes_and_ours_of_the_same_mail_has_the_same_body_hash()
    {
        string[] parts = (await File.ReadAllTextAsync(Corpora.Path("dkim", "postal-sign", "email1.msg"))).Split("\n---\n", 2);
        string Setting(string name) => parts[0].Split('\n').Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
        using DkimRsaKey key = DkimRsaKey.FromPem(string.Join('\n', parts[0].Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim())));
        (string domain, string selector) = (Setting("domain"), Setting("dkim_identifier"));
        DkimVerifier verifier = new(new ZoneResolver().Text(DkimKeyRecord.NameOf(selector, domain), DkimKeyRecord.For(key).ToString()), new DkimVerifierOptions(), TimeProvider.System);
        byte[] signed = Wire(Encoding.UTF8.GetBytes(parts[1]));
        byte[] message = signed[(signed.AsSpan().IndexOf("\r\n"u8) + 2)..];
        ArrayBufferWriter<byte> field = new();
        new DkimSigner(new DkimSignerOptions { Domain = domain, Selector = selector }, key, TimeProvider.System).Sign(message, field);

        Assert.Equal(DkimStatus.Pass, Assert.Single(await verifier.VerifyAsync(signed, CancellationToken.None)).Status);
        Assert.Equal(DkimStatus.Pass, Assert.Single(await verifier.VerifyAsync(SampleMail.Join(field.WrittenMemory, message), CancellationToken.None)).Status);
        Assert.Contains($"bh={Setting("bh")};", Encoding.ASCII.GetString(field.WrittenSpan).Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mimekits_key_and_record_belong_together_and_Googles_body_hash_is_ours()
    {
        using DkimRsaKey key = DkimRsaKey.FromPem(await File.ReadAllTextAsync(Corpora.Path("dkim", "mimekit", "example.pem")));
        string[] tinydns = (await File.ReadAllTextAsync(Corpora.Path("dkim", "mimekit", "example.tinydns"))).Split(':'); // 'name:text:ttl::
        Assert.Equal(DkimKeyMatch.Same, DkimKeyRecord.Parse(tinydns[1]).Match(key));

        // Google's key is not there any more. Its signature against another key says that the body is right and only then that the key is wrong.
        byte[] message = Wire(await File.ReadAllBytesAsync(Corpora.Path("dkim", "mimekit", "related.msg")));
        DkimVerifier verifier = new(new ZoneResolver().Text("20120113._domainkey.gmail.com", tinydns[1]), new DkimVerifierOptions(), TimeProvider.System);
        Assert.Equal(DkimProblem.SignatureWrong, Assert.Single(await verifier.VerifyAsync(message, CancellationToken.None)).Problem);
        message[^10] ^= 1;
        Assert.Equal(DkimProblem.BodyAltered, Assert.Single(await verifier.VerifyAsync(message, CancellationToken.None)).Problem);
    }

    // Why our answer is another than the one Mail::DKIM's own tests expect.
    private static readonly Dictionary<string, string> _differences = new()
    {
        ["bad_dk_1.txt"] = "DomainKeys (RFC 4870) is not DKIM: no signature",
        ["dk_headers_1.txt"] = "DomainKeys (RFC 4870) is not DKIM: no signature",
        ["good_dk_6.txt"] = "DomainKeys (RFC 4870) is not DKIM: no signature",
        ["good_dk_yahoo.txt"] = "DomainKeys (RFC 4870) is not DKIM: no signature",
        ["good_ietf00_2.txt"] = "the first draft has no bh=; Mail::DKIM itself does not pass it any more",
        ["good_ietf00_3.txt"] = "the first draft has no bh=; Mail::DKIM itself does not pass it any more",
        ["good_ietf00_5.txt"] = "the first draft has no bh=; Mail::DKIM itself does not pass it any more",
        ["badkey_8.txt"] = "g= was taken out by RFC 6376 (appendix E): an unknown tag, to be ignored",
        ["badkey_9.txt"] = "g= was taken out by RFC 6376 (appendix E): an unknown tag, to be ignored",
        ["badkey_13.txt"] = "g= was taken out by RFC 6376 (appendix E): an unknown tag, to be ignored",
    };

    [Fact]
    public async Task Mail_DKIMs_test_mail_gets_the_expected_answers()
    {
        ZoneResolver zone = ZoneResolver.FromJson(Corpora.Path("dkim", "mail-dkim", "dns.json"));
        using JsonDocument labels = JsonDocument.Parse(await File.ReadAllTextAsync(Corpora.Path("dkim", "mail-dkim", "labels.json")));
        List<string> wrong = [];
        int agreed = 0;
        foreach (JsonProperty label in labels.RootElement.EnumerateObject())
        {
            string expected = label.Value.GetProperty("expected_verifier_t").GetString()!;
            byte[] message = Wire(await File.ReadAllBytesAsync(Corpora.Path("dkim", "mail-dkim", label.Name)));

            IReadOnlyList<DkimVerification> results = await new DkimVerifier(zone, _old, TimeProvider.System).VerifyAsync(message, CancellationToken.None);

            string answer = results.Count == 0 ? "none" : results.Any(r => r.Status == DkimStatus.Pass) ? "pass" : results[0].Status == DkimStatus.Fail ? "fail" : "invalid";
            if (answer == expected) agreed++;
            else if (_differences.TryGetValue(label.Name, out string? why)) output.WriteLine($"{label.Name}: {why}");
            else wrong.Add($"{label.Name}: expected {expected}, got {answer} {string.Join(" | ", results)}");
        }
        output.WriteLine($"{agreed} agree, {_differences.Count} differ for the reasons above");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static byte[] Canonical(DkimCanonicalization mode, byte[] message)
    {
        ArrayBufferWriter<byte> form = new();
        using HeaderBlock header = new(message);
        for (int i = 0; i < header.Count; i++)
        {
            HeaderCanonicalizer.Write(mode, header[i], form);
            form.Write("\r\n"u8);
        }
        form.Write("\r\n"u8);
        BodyCanonicalizer body = new(mode, form);
        body.Append(message.AsSpan(header.BodyStart));
        body.Finish();
        return form.WrittenSpan.ToArray();
    }

    // The corpora are files with LF; on the wire lines end in CRLF.
    private static byte[] Wire(byte[] file)
    {
        List<byte> wire = new(file.Length + 1000);
        for (int i = 0; i < file.Length; i++)
        {
            if (file[i] == '\n' && (i == 0 || file[i - 1] != '\r')) wire.Add((byte)'\r');
            wire.Add(file[i]);
        }
        return [.. wire];
    }
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Dkim;
using Mail.Tests.Protocol.Dns;

namespace Mail.Tests.Protocol.Dkim;

/// <summary>Whatever stands in a message: no exception, bounded memory, and canonical forms as the RFC's own words define them.</summary>
public sealed class DkimFuzzTests
{
    private static readonly RSA _rsa = RSA.Create(1024);
    private static readonly ZoneResolver _zone = new ZoneResolver().Text("r1._domainkey.example.com", RawSigner.Record(_rsa));
    private static readonly DkimVerifier _verifier = new(_zone, new DkimVerifierOptions { AcceptHistoric = true, Ed25519 = (_, _, signature) => signature.Length == 64 }, TimeProvider.System);

    private static readonly string _signed = Encoding.Latin1.GetString(RawSigner.Sign(_rsa, Encoding.ASCII.GetBytes("From: a@example.com\r\nTo: b@example.net\r\nSubject: s\r\n\r\nText\r\n"), RawSigner.Tags));

    private static readonly Gen<string> _fragment = Gen.Frequency(
        (6, Gen.Elements("DKIM-Signature:", "dkim-signature :", "From:", "from", "To:", "Subject: s\r\n", "\r\n", "\r\n\r\n", "\r\n ", "\r\n\t", "\r", "\n", " ", "\t", ":", ";", "=", ",", "\0", "é")),
        (6, Gen.Elements("v=1;", "a=rsa-sha256;", "a=ed25519-sha256;", "a=rsa-sha1;", "c=relaxed/relaxed;", "c=simple;", "d=example.com;", "s=r1;", "h=from;", "h=from:to:subject:dkim-signature;", "bh=;", "b=", "b=AAAA;",
            "bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;", "l=0;", "l=5;", "t=1;", "x=99999999999;", "i=@example.com;", "i==41@x.example.com;", "q=dns/txt;", "z=a|b;")),
        (2, Gen.Constant(_signed)),
        (1, Gen.Choose(0, 255).ListOf().Select(octets => string.Concat(octets.Select(o => (char)o)))));

    private static readonly Gen<byte[]> _message = Gen.OneOf(
        _fragment.ListOf().Select(parts => Encoding.Latin1.GetBytes(string.Concat(parts))),
        Gen.Zip(Gen.Choose(0, _signed.Length - 1), Gen.Choose(0, 255)).ListOf(5).Select(changes =>
        {
            byte[] message = Encoding.Latin1.GetBytes(_signed);
            foreach ((int position, int octet) in changes) message[position] = (byte)octet;
            return message;
        }));

    [Fact]
    public void No_message_breaks_the_verifier() => VerifyAnything(2000);

    [Fact, Trait("Category", "Fuzz")]
    public void No_message_of_very_many_breaks_the_verifier() => VerifyAnything(200_000);

    [Fact]
    public void Canonical_bodies_are_what_the_rfc_says_wherever_they_are_cut() => CompareBodies(3000);

    [Fact, Trait("Category", "Fuzz")]
    public void Very_many_canonical_bodies_are_what_the_rfc_says() => CompareBodies(200_000);

    [Fact]
    public void Canonical_headers_are_what_the_rfc_says() => CompareHeaders(3000);

    [Fact, Trait("Category", "Fuzz")]
    public void Very_many_canonical_headers_are_what_the_rfc_says() => CompareHeaders(200_000);

    [Fact]
    public void What_is_signed_verifies() => RoundTrip(300);

    [Fact, Trait("Category", "Fuzz")]
    public void Very_much_of_what_is_signed_verifies() => RoundTrip(20_000);

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "many fields", Repeat("a:\r\n", 500_000) },
        { "many fields of different names with one beginning", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{new string('x', 70)}{i}:\r\n"))) },
        { "many names in h=", [.. Encoding.ASCII.GetBytes($"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=r1; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA; h=from{string.Concat(Enumerable.Repeat(":a", 7900))}\r\n"), .. Repeat("a:\r\n", 300_000)] },
        { "many signatures", Repeat("DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=r1; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA; h=from\r\n", 10_000) },
        { "many tags", [.. Encoding.ASCII.GetBytes("DKIM-Signature: "), .. Repeat("a=b;", 3900), .. "\r\n"u8] },
        { "many semicolons", [.. Encoding.ASCII.GetBytes("DKIM-Signature: "), .. Repeat(";", 16_000), .. "\r\n"u8] },
        { "much white space", [.. Encoding.ASCII.GetBytes("DKIM-Signature: v=1;"), .. Repeat("\r\n ", 5000), .. "=\r\n"u8] },
        { "one line", Repeat("x", 2_000_000) },
        { "empty lines", Repeat("\r\n", 1_000_000) },
        { "carriage returns", [.. "\r\n"u8, .. Repeat("\r", 2_000_000)] },
        { "white space", [.. Encoding.ASCII.GetBytes(_signed), .. Repeat(" \t", 1_000_000)] },
    };

    [Theory, MemberData(nameof(Hostile))]
    public async Task Messages_made_to_cost_much_cost_linear_memory(string what, byte[] message)
    {
        await _verifier.VerifyAsync(message, CancellationToken.None);
        long before = GC.GetAllocatedBytesForCurrentThread();

        IReadOnlyList<DkimVerification> results = await _verifier.VerifyAsync(message, CancellationToken.None); // the zone answers at once, so this thread does it all

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < message.Length * 20L, what);
        Assert.InRange(results.Count, 0, 11);
    }

    private static void VerifyAnything(int cases) =>
        Prop.ForAll(_message.ToArbitrary(), message =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            IReadOnlyList<DkimVerification> results = _verifier.VerifyAsync(message, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            bool isBounded = GC.GetAllocatedBytesForCurrentThread() - before < message.Length * 20L + 200_000;
            return isBounded && results.All(result => !result.ToAuthenticationResult().AsSpan().ContainsAny("\r\n\0"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    private static void CompareBodies(int cases) =>
        Prop.ForAll(Gen.Zip(Gen.Elements("\r\n", "\r\n", " ", "\t", "  ", "a", "text of some length", "\r", "\n", ".", "é").ListOf().Select(string.Concat), Gen.Choose(1, 9)).ToArbitrary(), input =>
        {
            byte[] body = Encoding.Latin1.GetBytes(input.Item1);
            return Canonical(DkimCanonicalization.Simple, body, input.Item2) == Simple(input.Item1) && Canonical(DkimCanonicalization.Relaxed, body, input.Item2) == Relaxed(input.Item1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    private static void CompareHeaders(int cases) =>
        Prop.ForAll(Gen.Zip(Gen.Elements("Subject", "X-É", "A ", "b\t"), Gen.Elements("\r\n ", "\r\n\t", " ", "\t", "  ", "a", "Some TEXT", "\r", "\n", ":", "é").ListOf().Select(string.Concat)).ToArbitrary(), input =>
        {
            if (Regex.IsMatch(input.Item2, @"\r\n(?![ \t])")) return true; // there the field would end
            string value = Regex.Replace(input.Item2, @"\r\n(?=[ \t])", "", RegexOptions.None);
            string expected = $"{Lower(input.Item1.TrimEnd(' ', '\t'))}:{Regex.Replace(value, "[ \t]+", " ").Trim(' ')}";
            ArrayBufferWriter<byte> relaxed = new(), simple = new();
            byte[] field = Encoding.Latin1.GetBytes($"{input.Item1}:{input.Item2}\r\n");
            HeaderCanonicalizer.Write(DkimCanonicalization.Relaxed, field, relaxed);
            HeaderCanonicalizer.Write(DkimCanonicalization.Simple, field, simple);
            return Encoding.Latin1.GetString(relaxed.WrittenSpan) == expected && simple.WrittenSpan.SequenceEqual(field.AsSpan(0, field.Length - 2));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    private static void RoundTrip(int count)
    {
        using DkimRsaKey key = DkimRsaKey.FromPem(_rsa.ExportPkcs8PrivateKeyPem());
        Gen<string> text = Gen.Elements(" ", "\t", "\r\n ", "word", "é", ":", ";", "b=", "DKIM-Signature:", "=?").ListOf().Select(string.Concat);
        Gen<string> fields = Gen.Zip(Gen.Elements("To", "Subject", "X-A", "cc", "DATE", "Reply-To", "List-Id", "Content-Type"), text).ListOf().Select(list => string.Concat(list.Select(f => $"{f.Item1}:{f.Item2}\r\n")));
        Gen<string> body = Gen.Elements("\r\n", " ", "\t", "text", "é", ".", "From: x\r\n").ListOf().Select(string.Concat);
        Gen<(string Message, int Forms)> cases = from header in fields from content in body from forms in Gen.Choose(0, 3) select ($"From: a@example.com\r\n{header}\r\n{content}", forms);
        Prop.ForAll(cases.ToArbitrary(), input =>
        {
            DkimSignerOptions options = new() { Domain = "example.com", Selector = "r1", HeaderCanonicalization = (DkimCanonicalization)(input.Forms & 1), BodyCanonicalization = (DkimCanonicalization)(input.Forms >> 1) };
            byte[] message = Encoding.UTF8.GetBytes(input.Message);
            ArrayBufferWriter<byte> field = new();
            new DkimSigner(options, key, TimeProvider.System).Sign(message, field);
            return _verifier.VerifyAsync(SampleMail.Join(field.WrittenMemory, message), CancellationToken.None).AsTask().GetAwaiter().GetResult()[0].Status == DkimStatus.Pass;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
    }

    private static string Canonical(DkimCanonicalization mode, byte[] body, int piece)
    {
        ArrayBufferWriter<byte> form = new();
        BodyCanonicalizer canonicalizer = new(mode, form);
        for (int i = 0; i < body.Length; i += piece) canonicalizer.Append(body.AsSpan(i, Math.Min(piece, body.Length - i)));
        canonicalizer.Finish();
        return Encoding.Latin1.GetString(form.WrittenSpan);
    }

    // RFC 6376 §3.4.3 and §3.4.4 word by word.
    private static string Simple(string body)
    {
        while (body.EndsWith("\r\n", StringComparison.Ordinal)) body = body[..^2];
        return body + "\r\n";
    }

    private static string Relaxed(string body)
    {
        string reduced = string.Join("\r\n", body.Split("\r\n").Select(line => Regex.Replace(line, "[ \t]+", " ").TrimEnd(' ')));
        while (reduced.EndsWith("\r\n", StringComparison.Ordinal)) reduced = reduced[..^2];
        return reduced.Length == 0 ? "" : reduced + "\r\n";
    }

    private static string Lower(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c));

    private static byte[] Repeat(string text, int times) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
}

using System.Security.Cryptography;
using System.Text;
using Mail.Protocol.Dkim;
using Mail.Protocol.Dns;
using Mail.Tests.Protocol.Dns;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Dkim;

public sealed class DkimVerifierTests
{
    private const string Name = "r1._domainkey.example.com";
    private const string Good = RawSigner.Tags;

    private static readonly RSA _rsa = RSA.Create(1024);
    private static readonly byte[] _mail = Encoding.ASCII.GetBytes("From: a@example.com\r\nTo: b@example.net\r\nSubject: s\r\n\r\nText\r\nAnd more.\r\n");
    private static readonly ManualClock _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero)); // 1777636800

    [Fact]
    public async Task A_right_signature_passes_and_says_what_it_covers()
    {
        DkimVerification result = await VerifyAsync(RawSigner.Sign(_rsa, _mail, Good.Replace("s=r1", "s=r1; i=jo@sub.example.com; t=1777636000; x=1777637000", StringComparison.Ordinal)));

        Assert.Equal((DkimStatus.Pass, DkimProblem.None), (result.Status, result.Problem));
        Assert.Equal(("example.com", "r1", "jo@sub.example.com", "rsa-sha256", 1024), (result.Domain, result.Selector, result.Identity, result.Algorithm, result.KeySize));
        Assert.Equal(["from", "to", "subject"], result.Headers);
        Assert.Equal((1777636000, 1777637000), (result.SignedAt!.Value.ToUnixTimeSeconds(), result.ExpiresAt!.Value.ToUnixTimeSeconds()));
        Assert.Equal((null, 0L, false), (result.BodyLength, result.UncoveredOctets, result.IsTesting));
        Assert.Matches("^dkim=pass header.d=example.com header.i=jo@sub.example.com header.s=r1 header.a=rsa-sha256 header.b=\"[A-Za-z0-9+/]{8}\"$", result.ToAuthenticationResult());
    }

    [Fact]
    public async Task An_unsigned_message_has_no_results() => Assert.Empty(await AllAsync(_mail));

    [Theory]
    [InlineData("And more.", "And less.", DkimProblem.BodyAltered)]
    [InlineData("Subject: s", "Subject: t", DkimProblem.SignatureWrong)]
    [InlineData("To: b@example.net\r\n", "", DkimProblem.SignatureWrong)]
    [InlineData("; s=r1", ";\t\r\n  s=r1", DkimProblem.None)] // relaxed
    [InlineData("; b=", "; b=\r\n ", DkimProblem.None)] // the value and the white space around it are not covered
    [InlineData("=\r\nFrom", "=\r\n\t\r\n \r\nFrom", DkimProblem.None)]
    [InlineData("v=1;", "v=1; x=1777639999;", DkimProblem.SignatureWrong)]
    public async Task A_change_is_seen(string before, string after, DkimProblem problem)
    {
        string signed = Encoding.ASCII.GetString(RawSigner.Sign(_rsa, _mail, Good));

        Assert.Equal(problem, (await VerifyAsync(Encoding.ASCII.GetBytes(signed.Replace(before, after, StringComparison.Ordinal)))).Problem);
    }

    // What a signature that seals From does not keep out: readers that take a LF alone for the end of a line see another author, or the body begin early.
    [Theory]
    [InlineData("from:from:to:subject", "X-Any: a\nFrom: boss@bank.example\r\n")]
    [InlineData("from:from:to:subject", "X-Any: a\n\nAnother body\r\n")]
    [InlineData("from:from:to:subject", "X-Any: a\rFrom: boss@bank.example\r\n")]
    [InlineData("from:to:subject", "From: boss@bank.example\r\n")]
    public async Task A_header_that_can_be_read_in_two_ways_does_not_pass(string covered, string added)
    {
        byte[] signed = RawSigner.Sign(_rsa, _mail, Good.Replace("h=from:to:subject", $"h={covered}", StringComparison.Ordinal));

        DkimVerification before = await VerifyAsync(signed), after = await VerifyAsync([.. Encoding.ASCII.GetBytes(added), .. signed]);

        Assert.Equal(DkimStatus.Pass, before.Status);
        Assert.Equal((DkimStatus.Policy, DkimProblem.AmbiguousHeader), (after.Status, after.Problem));
    }

    [Fact]
    public async Task No_octet_can_be_another_one()
    {
        byte[] signed = RawSigner.Sign(_rsa, _mail, Good);
        int lastOfSignature = signed.AsSpan().IndexOf("=\r\nFrom"u8) - 1; // two of its bits mean nothing
        for (int i = 0; i < signed.Length; i++)
        {
            if (i == lastOfSignature) continue;
            byte[] changed = [.. signed];
            changed[i] = signed[i] is (byte)'Q' or (byte)'q' ? (byte)'Z' : (byte)'Q';
            Assert.DoesNotContain(await AllAsync(changed), result => result.Status == DkimStatus.Pass);
        }
    }

    [Theory]
    [InlineData("v=1; ", "", DkimStatus.PermError, DkimProblem.MissingTag)]
    [InlineData("a=rsa-sha256; ", "", DkimStatus.PermError, DkimProblem.MissingTag)]
    [InlineData("d=example.com; ", "", DkimStatus.PermError, DkimProblem.MissingTag)]
    [InlineData("s=r1; ", "", DkimStatus.PermError, DkimProblem.MissingTag)]
    [InlineData("bh={bh}; ", "", DkimStatus.PermError, DkimProblem.MissingTag)]
    [InlineData("v=1", "v=2", DkimStatus.Neutral, DkimProblem.UnsupportedVersion)]
    [InlineData("v=1", "v=01", DkimStatus.Neutral, DkimProblem.UnsupportedVersion)]
    [InlineData("rsa-sha256", "rsa-sha512", DkimStatus.Neutral, DkimProblem.UnsupportedAlgorithm)]
    [InlineData("rsa-sha256", "dsa-sha256", DkimStatus.Neutral, DkimProblem.UnsupportedAlgorithm)]
    [InlineData("relaxed/relaxed", "nowsp", DkimStatus.Neutral, DkimProblem.UnsupportedCanonicalization)]
    [InlineData("relaxed/relaxed", "relaxed/relaxed/relaxed", DkimStatus.Neutral, DkimProblem.UnsupportedCanonicalization)]
    [InlineData("s=r1", "s=r1; q=http", DkimStatus.Neutral, DkimProblem.UnsupportedQuery)]
    [InlineData("h=from:to", "h=to", DkimStatus.PermError, DkimProblem.FromNotSigned)]
    [InlineData("h=from:to", "h=from::to", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("h=from:to:subject", "h=", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("h=from:to:subject", "h=fr om:to", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1; i=@example.org", DkimStatus.PermError, DkimProblem.IdentityOutsideDomain)]
    [InlineData("s=r1", "s=r1; i=@notexample.com", DkimStatus.PermError, DkimProblem.IdentityOutsideDomain)]
    [InlineData("s=r1", "s=r1; i=example.com", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1; i=a=0D=0Ab@example.com", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1; s=r1", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1; =x", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1; x", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1;", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r 1", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1/../x", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("d=example.com", "d=example", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("d=example.com", "d=.com", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1; t=soon", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1; t=-1", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1; t=1777636800; x=1777636800", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1; l=99999999999999999999", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("bh={bh}", "bh=!!!!", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("bh={bh}", "bh=AAAA", DkimStatus.Neutral, DkimProblem.Syntax)]
    [InlineData("s=r1", "s=r1; x=1777636799", DkimStatus.Fail, DkimProblem.Expired)]
    [InlineData("s=r1", "s=r1; x=1777636801", DkimStatus.Pass, DkimProblem.None)]
    [InlineData("s=r1", "s=r1; x=999999999999", DkimStatus.Pass, DkimProblem.None)]
    [InlineData("s=r1", "s=r1; z=From:a=20b|To:c; unknown_1=ignored", DkimStatus.Pass, DkimProblem.None)]
    [InlineData("s=r1", "s=R1", DkimStatus.Pass, DkimProblem.None)]
    [InlineData("d=example.com", "d=EXAMPLE.com", DkimStatus.Pass, DkimProblem.None)]
    [InlineData("s=r1", "s=r1; q=http:dns/txt", DkimStatus.Pass, DkimProblem.None)]
    [InlineData("h=from:to:subject", "h=From : To :\r\n\tSubject : from : absent", DkimStatus.Pass, DkimProblem.None)]
    public async Task Tags_are_read_strictly(string before, string after, DkimStatus status, DkimProblem problem)
    {
        DkimVerification result = await VerifyAsync(RawSigner.Sign(_rsa, _mail, Good.Replace(before, after, StringComparison.Ordinal)));

        Assert.True((status, problem) == (result.Status, result.Problem), $"{result.Problem}: {result}");
    }

    [Theory]
    [InlineData("", DkimStatus.PermError, DkimProblem.KeySyntax)]
    [InlineData("v=DKIM2; p={p}", DkimStatus.PermError, DkimProblem.KeySyntax)]
    [InlineData("p={p}; v=DKIM1", DkimStatus.PermError, DkimProblem.KeySyntax)]
    [InlineData("v=DKIM1; k=rsa", DkimStatus.PermError, DkimProblem.KeySyntax)]
    [InlineData("v=DKIM1; p=AAAA", DkimStatus.PermError, DkimProblem.KeySyntax)]
    [InlineData("v=DKIM1; p=%%%", DkimStatus.PermError, DkimProblem.KeySyntax)]
    [InlineData("v=spf1 -all", DkimStatus.PermError, DkimProblem.KeySyntax)]
    [InlineData("v=DKIM1; p=", DkimStatus.PermError, DkimProblem.KeyRevoked)]
    [InlineData("v=DKIM1; k=ed25519; p={p}", DkimStatus.PermError, DkimProblem.KeyNotForThis)]
    [InlineData("v=DKIM1; h=sha1; p={p}", DkimStatus.PermError, DkimProblem.KeyNotForThis)]
    [InlineData("v=DKIM1; s=tlsrpt; p={p}", DkimStatus.PermError, DkimProblem.KeyNotForThis)]
    [InlineData("v=DKIM1; t=s; p={p}", DkimStatus.PermError, DkimProblem.IdentityOutsideDomain)]
    [InlineData("v=DKIM1; t=y; p={p}", DkimStatus.Pass, DkimProblem.None)]
    [InlineData("p={p}", DkimStatus.Pass, DkimProblem.None)]
    [InlineData("v=DKIM1; h=sha1 : sha256; s=email:x; k=rsa; n=a=20note; g=; new=tag; p={p} ; ", DkimStatus.Pass, DkimProblem.None)]
    public async Task Key_records_are_heeded(string record, DkimStatus status, DkimProblem problem)
    {
        string text = record.Replace("{p}", Convert.ToBase64String(_rsa.ExportSubjectPublicKeyInfo()), StringComparison.Ordinal);
        byte[] signed = RawSigner.Sign(_rsa, _mail, Good.Replace("s=r1", "s=r1; i=@sub.example.com", StringComparison.Ordinal));

        DkimVerification result = Assert.Single(await AllAsync(signed, new ZoneResolver().Text(Name, text)));

        Assert.True((status, problem, record.Contains("t=y", StringComparison.Ordinal)) == (result.Status, result.Problem, result.IsTesting), $"{result.Problem}: {result}");
    }

    [Theory]
    [InlineData(DnsOutcome.NoSuchName, DkimStatus.PermError, DkimProblem.NoKey)]
    [InlineData(DnsOutcome.NoData, DkimStatus.PermError, DkimProblem.NoKey)]
    [InlineData(DnsOutcome.ServerFailed, DkimStatus.TempError, DkimProblem.KeyUnavailable)]
    [InlineData(DnsOutcome.Unreachable, DkimStatus.TempError, DkimProblem.KeyUnavailable)]
    public async Task No_key_is_permanent_and_no_answer_is_not(DnsOutcome outcome, DkimStatus status, DkimProblem problem)
    {
        ZoneResolver zone = new ZoneResolver().Answer(Name, DnsRecordType.Txt, DnsAnswer.Without(outcome, Name));

        DkimVerification result = Assert.Single(await AllAsync(RawSigner.Sign(_rsa, _mail, Good), zone));

        Assert.Equal((status, problem), (result.Status, result.Problem));
    }

    [Fact]
    public async Task Of_several_records_the_one_that_fits_counts()
    {
        using RSA other = RSA.Create(1024);
        ZoneResolver zone = new ZoneResolver().Text(Name, "unrelated").Text(Name, RawSigner.Record(other)).Text(Name, RawSigner.Record(_rsa));

        Assert.Equal(DkimStatus.Pass, Assert.Single(await AllAsync(RawSigner.Sign(_rsa, _mail, Good), zone)).Status);
        Assert.Equal(DkimProblem.SignatureWrong, Assert.Single(await AllAsync(RawSigner.Sign(_rsa, _mail, Good), new ZoneResolver().Text(Name, "unrelated").Text(Name, RawSigner.Record(other)))).Problem);
    }

    [Fact]
    public async Task Weak_keys_and_hashes_do_not_count_unless_old_mail_is_examined()
    {
        using RSA weak = RSA.Create(512);
        byte[] shortKey = RawSigner.Sign(weak, _mail, Good);
        byte[] sha1 = RawSigner.Sign(_rsa, _mail, Good.Replace("rsa-sha256", "rsa-sha1", StringComparison.Ordinal), hash: HashAlgorithmName.SHA1);
        ZoneResolver zone = new ZoneResolver().Text(Name, RawSigner.Record(weak));
        DkimVerifierOptions old = new() { MinimumRsaBits = 512, AcceptHistoric = true };

        Assert.Equal((DkimStatus.Policy, DkimProblem.KeyTooShort), (await OneAsync(shortKey, zone)));
        Assert.Equal((DkimStatus.Pass, DkimProblem.None), (await OneAsync(shortKey, zone, old)));
        Assert.Equal((DkimStatus.Policy, DkimProblem.ObsoleteAlgorithm), (await OneAsync(sha1)));
        Assert.Equal((DkimStatus.Pass, DkimProblem.None), (await OneAsync(sha1, options: old)));
    }

    [Fact]
    public async Task Ed25519_is_neither_right_nor_wrong_without_an_implementation()
    {
        byte[] signed = RawSigner.Sign(_rsa, _mail, Good.Replace("rsa-sha256", "ed25519-sha256", StringComparison.Ordinal));

        Assert.Equal((DkimStatus.Neutral, DkimProblem.UnsupportedAlgorithm), await OneAsync(signed));
    }

    [Theory, InlineData(0, 17), InlineData(6, 11), InlineData(17, 0)]
    public async Task What_l_leaves_uncovered_is_reported(int length, long uncovered)
    {
        byte[] signed = RawSigner.Sign(_rsa, _mail, Good.Replace("s=r1", $"s=r1; l={length}", StringComparison.Ordinal), length: length);

        DkimVerification result = await VerifyAsync(signed);
        DkimVerification longer = await VerifyAsync([.. signed, .. "Added.\r\n"u8]);

        Assert.Equal((DkimStatus.Pass, (long?)length, uncovered), (result.Status, result.BodyLength, result.UncoveredOctets));
        Assert.Equal((DkimStatus.Pass, uncovered + 8), (longer.Status, longer.UncoveredOctets));
    }

    [Fact]
    public async Task A_body_shorter_than_l_is_altered() =>
        Assert.Equal(DkimProblem.BodyAltered, (await VerifyAsync(RawSigner.Sign(_rsa, _mail, Good.Replace("s=r1", "s=r1; l=18", StringComparison.Ordinal)))).Problem);

    [Fact]
    public async Task Every_signature_has_its_own_result_up_to_a_limit()
    {
        byte[] one = RawSigner.Sign(_rsa, _mail, Good);
        byte[] two = [.. "DKIM-Signature: nonsense\r\ndkim-SIGNATURE : v=1\r\n"u8, .. one];
        byte[] many = [.. Enumerable.Repeat("DKIM-Signature: nonsense\r\n"u8.ToArray(), 5000).SelectMany(field => field), .. one];

        IReadOnlyList<DkimVerification> results = await AllAsync(two), bounded = await AllAsync(many);

        Assert.Equal([DkimStatus.Neutral, DkimStatus.PermError, DkimStatus.Pass], results.Select(r => r.Status));
        Assert.Equal(11, bounded.Count);
        Assert.Equal((DkimStatus.Policy, DkimProblem.TooManySignatures), (bounded[10].Status, bounded[10].Problem));
    }

    [Fact]
    public async Task A_signature_of_excessive_length_is_not_read() =>
        Assert.Equal(DkimProblem.Syntax, (await VerifyAsync([.. Encoding.ASCII.GetBytes($"DKIM-Signature: n={new string('x', 17000)}\r\n"), .. _mail])).Problem);

    [Fact]
    public async Task An_identity_is_quoted_in_the_result_so_that_it_cannot_say_more()
    {
        byte[] signed = RawSigner.Sign(_rsa, _mail, Good.Replace("s=r1", "s=r1; i=\"x\"=3B=20dkim=3Dpass=20\\@example.com", StringComparison.Ordinal));

        Assert.Contains("""header.i="\"x\"; dkim=pass \\@example.com" header.s=""", (await VerifyAsync(signed)).ToAuthenticationResult(), StringComparison.Ordinal);
    }

    private static async Task<DkimVerification> VerifyAsync(byte[] message) => Assert.Single(await AllAsync(message));

    private static async Task<(DkimStatus Status, DkimProblem Problem)> OneAsync(byte[] message, ZoneResolver? zone = null, DkimVerifierOptions? options = null)
    {
        DkimVerification result = Assert.Single(await AllAsync(message, zone, options));
        return (result.Status, result.Problem);
    }

    private static ValueTask<IReadOnlyList<DkimVerification>> AllAsync(byte[] message, ZoneResolver? zone = null, DkimVerifierOptions? options = null) =>
        new DkimVerifier(zone ?? new ZoneResolver().Text(Name, RawSigner.Record(_rsa)), options ?? new DkimVerifierOptions(), _clock).VerifyAsync(message, CancellationToken.None);
}

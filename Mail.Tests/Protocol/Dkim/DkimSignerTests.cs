using System.Buffers;
using System.Text;
using Mail.Protocol.Dkim;
using Mail.Tests.Protocol.Dns;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Dkim;

public sealed class DkimSignerTests
{
    private const string Mail = "From: a@example.com\r\nTo: b@example.net\r\nSubject: s\r\nDate: Fri, 1 May 2026 12:00:00 +0000\r\n\r\nText\r\n";

    private static readonly DkimRsaKey _key = DkimRsaKey.Generate(1024);
    private static readonly DateTimeOffset _noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ManualClock _clock = new(_noon);
    private static readonly ZoneResolver _zone = new ZoneResolver().Text("r1._domainkey.example.com", DkimKeyRecord.For(_key).ToString());
    private static readonly DkimSignerOptions _options = new() { Domain = "example.com", Selector = "r1" };

    [Fact]
    public void A_signature_says_who_signs_what_and_how()
    {
        string field = Sign(Mail, _options with { Domain = "Example.COM", Identity = "žluť;x@mail.example.com", ValidFor = TimeSpan.FromDays(7) });

        Assert.Matches("^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=r1; i==C5=BElu=C5=A5=3Bx@mail.example.com; t=1777636800; x=1778241600; " +
            "h=from:from:reply-to:to:to:cc:subject:subject:date:date; bh=[A-Za-z0-9+/]{43}=; b=[A-Za-z0-9+/]{171}=\r\n$", Unfold(field));
        Assert.All(field.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }

    [Fact]
    public void Lines_stay_short_whatever_is_covered()
    {
        string many = string.Concat(Enumerable.Range(0, 60).Select(i => $"List-Archive: <https://example.com/{i}>\r\n")) + Mail;

        string field = Sign(many, _options with { HeaderCanonicalization = DkimCanonicalization.Simple });

        Assert.All(field.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.Equal(60, field.Split("list-archive").Length - 1);
    }

    [Theory]
    [InlineData("From: evil@example.org\r\n")]
    [InlineData("Subject: evil\r\n")]
    [InlineData("To: evil@example.org\r\n")]
    [InlineData("Date: Sat, 2 May 2026 12:00:00 +0000\r\n")]
    [InlineData("Reply-To: evil@example.org\r\n")]
    [InlineData("Cc: evil@example.org\r\n")]
    public async Task Nobody_can_add_a_sealed_header(string added)
    {
        string signed = Sign(Mail, _options) + Mail;
        Assert.Equal(DkimStatus.Pass, await StatusAsync(signed));

        Assert.Equal(DkimStatus.Fail, await StatusAsync(added + signed));
        Assert.Equal(DkimStatus.Fail, await StatusAsync(signed.Replace("\r\n\r\n", $"\r\n{added}\r\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Received: from x\r\n")]
    [InlineData("Sender: relay@example.org\r\n")]
    [InlineData("MIME-Version: 1.0\r\n")]
    [InlineData("Message-ID: <added@relay.example>\r\n")]
    [InlineData("X-Spam: no\r\n")]
    public async Task What_relays_add_does_no_harm(string added) => Assert.Equal(DkimStatus.Pass, await StatusAsync(added + Sign(Mail, _options) + Mail));

    [Fact]
    public async Task A_header_that_is_only_covered_where_present_may_be_added()
    {
        DkimSignerOptions options = _options with { Headers = [new("From", DkimCoverage.Present), new("Cc", DkimCoverage.Present)] };

        Assert.Equal(DkimStatus.Pass, await StatusAsync("Cc: c@example.net\r\n" + Sign(Mail, options) + Mail));
    }

    [Theory]
    [InlineData("To: b@example.net\r\n\r\nText\r\n", "0 From")]
    [InlineData("\r\nFrom: in the body\r\n", "0 From")]
    [InlineData("", "0 From")]
    [InlineData("From: a@example.com\r\nfrom: b@example.com\r\n\r\nText\r\n", "2 From")]
    [InlineData("From: a@example.com\r\nno field\r\n\r\nText\r\n", "Line 2")]
    [InlineData("From: a@example.com\r\n: no name\r\n\r\nText\r\n", "Line 2")]
    [InlineData("From: a@example.com\r\n\r\nText\n", "LF alone at octet 27")]
    [InlineData("From: a@example.com\n\nText\n", "LF alone at octet 19")]
    [InlineData("From: a@example.com\r\n\r\nTe\rxt\r\n", "CR alone at octet 25")]
    [InlineData("From: a@example.com\r\n\r\nText\r", "CR alone at octet 27")]
    public void What_no_signature_could_survive_on_is_refused_and_nothing_is_written(string message, string complaint)
    {
        ArrayBufferWriter<byte> output = new();

        FormatException refusal = Assert.Throws<FormatException>(() => new DkimSigner(_options, _key, _clock).Sign(Encoding.ASCII.GetBytes(message), output));

        Assert.Contains(complaint, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
        for (int cut = 1; cut < message.Length; cut++)
            Assert.Throws<FormatException>(() => new DkimSigner(_options, _key, _clock).Sign(Pieces(Encoding.ASCII.GetBytes(message), cut), output));
    }

    [Fact]
    public void A_message_with_more_headers_than_a_signature_can_name_is_refused()
    {
        string many = string.Concat(Enumerable.Repeat("List-Archive: <https://example.com>\r\n", 2000)) + Mail;

        Assert.Contains("longer than", Assert.Throws<FormatException>(() => Sign(many, _options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.com\r\nBcc: x@example.org", "r1", null)]
    [InlineData("example.com; l=0", "r1", null)]
    [InlineData("example", "r1", null)]
    [InlineData("", "r1", null)]
    [InlineData("exa mple.com", "r1", null)]
    [InlineData("example.com.", "r1", null)]
    [InlineData("-example.com", "r1", null)]
    [InlineData("example.com", "r1; d=example.org", null)]
    [InlineData("example.com", "r1\0", null)]
    [InlineData("example.com", "", null)]
    [InlineData("example.com", "a..b", null)]
    [InlineData("example.com", "žluť", null)]
    [InlineData("example.com", "r1", "nobody")]
    [InlineData("example.com", "r1", "a@example.org")]
    [InlineData("example.com", "r1", "a@badexample.com")]
    [InlineData("example.com", "r1", "@example.com\r\nX: y")]
    public void Names_that_could_become_something_else_are_refused(string domain, string selector, string? identity)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new DkimSigner(new DkimSignerOptions { Domain = domain, Selector = selector, Identity = identity }, _key, _clock));

        Assert.DoesNotContain('\r', refusal.Message);
    }

    [Theory]
    [InlineData("From", "X: y")]
    [InlineData("From", "X;b=")]
    [InlineData("From", "X\r\nY")]
    [InlineData("From", "")]
    [InlineData("From", "from")]
    [InlineData("From", "DKIM-Signature")]
    [InlineData("To", "Subject")]
    public void Header_lists_that_break_a_signature_are_refused(params string[] names) =>
        Assert.Throws<ArgumentException>(() => new DkimSigner(_options with { Headers = [.. names.Select(name => new DkimHeader(name, DkimCoverage.Sealed))] }, _key, _clock));

    [Fact]
    public void An_internationalized_domain_is_signed_as_a_labels() => Assert.Equal("r1._domainkey.xn--bcher-kva.example", new DkimSigner(_options with { Domain = "Bücher.example" }, _key, _clock).RecordName);

    [Fact]
    public void A_message_in_pieces_has_the_same_signature_wherever_it_is_cut()
    {
        foreach (byte[] message in SampleMail.All.Values.Where(message => message.Length < 500))
            foreach (DkimCanonicalization form in Enum.GetValues<DkimCanonicalization>())
            {
                DkimSigner signer = new(_options with { BodyCanonicalization = form }, _key, _clock);
                ArrayBufferWriter<byte> whole = new();
                signer.Sign(message, whole);
                for (int cut = 1; cut < message.Length; cut += 7)
                {
                    ArrayBufferWriter<byte> pieces = new();
                    signer.Sign(Pieces(message, cut), pieces);
                    Assert.Equal(whole.WrittenMemory, pieces.WrittenMemory);
                }
            }
    }

    [Fact]
    public void One_signer_serves_many_threads()
    {
        DkimSigner signer = new(_options, _key, _clock);
        string expected = Sign(Mail, _options);

        Parallel.For(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ =>
        {
            ArrayBufferWriter<byte> output = new();
            signer.Sign(Encoding.ASCII.GetBytes(Mail), output);
            Assert.Equal(expected, Encoding.ASCII.GetString(output.WrittenSpan));
        });
    }

    [Fact]
    public void Signing_allocates_next_to_nothing()
    {
        DkimSigner signer = new(_options, _key, _clock);
        byte[] message = Encoding.ASCII.GetBytes(Mail + string.Concat(Enumerable.Repeat("A line of some length \t with white space.\r\n", 5000)));
        ArrayBufferWriter<byte> output = new(100_000);
        for (int i = 0; i < 20; i++) signer.Sign(message, output);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) signer.Sign(message, output);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 20, 0, 2048);
    }

    [Fact]
    public async Task A_message_can_be_signed_for_two_domains_at_once()
    {
        using DkimRsaKey other = DkimRsaKey.Generate(1024);
        _zone.Text("o._domainkey.operator.example", DkimKeyRecord.For(other).ToString());
        ArrayBufferWriter<byte> fields = new();

        DkimSigner.SignAll([new(_options, _key, _clock), new(new DkimSignerOptions { Domain = "operator.example", Selector = "o", BodyCanonicalization = DkimCanonicalization.Simple }, other, _clock)], Encoding.ASCII.GetBytes(Mail), fields);

        IReadOnlyList<DkimVerification> results = await new DkimVerifier(_zone, new DkimVerifierOptions(), _clock).VerifyAsync(SampleMail.Join(fields.WrittenMemory, Encoding.ASCII.GetBytes(Mail)), CancellationToken.None);
        Assert.Equal([("example.com", DkimStatus.Pass), ("operator.example", DkimStatus.Pass)], results.Select(r => (r.Domain!, r.Status)));
    }

    private static string Sign(string message, DkimSignerOptions options)
    {
        ArrayBufferWriter<byte> output = new();
        new DkimSigner(options, _key, _clock).Sign(Encoding.UTF8.GetBytes(message), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static async Task<DkimStatus> StatusAsync(string signed) =>
        Assert.Single(await new DkimVerifier(_zone, new DkimVerifierOptions(), _clock).VerifyAsync(Encoding.UTF8.GetBytes(signed), CancellationToken.None)).Status;

    private static string Unfold(string field)
    {
        string line = field.Replace("\r\n ", " ", StringComparison.Ordinal);
        int values = line.IndexOf("h=", StringComparison.Ordinal);
        return line[..values] + line[values..].Replace(" ", "", StringComparison.Ordinal).Replace(";", "; ", StringComparison.Ordinal);
    }

    private static ReadOnlySequence<byte> Pieces(byte[] message, int cut)
    {
        Piece first = new(message.AsMemory(0, cut), null);
        Piece empty = new(ReadOnlyMemory<byte>.Empty, first);
        Piece last = new(message.AsMemory(cut), empty);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is null) return;
            before.Next = this;
            RunningIndex = before.RunningIndex + before.Memory.Length;
        }
    }
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Mail.Protocol.Dkim;

/// <summary>
/// Signs messages for one domain with one key (RFC 6376, RFC 8301, RFC 8463). Made once and used for every message, by any number of threads;
/// what costs time is the key's own work. It never limits the body (<c>l=</c>), which would let others add to the message (RFC 6376 §8.2).
/// </summary>
public sealed class DkimSigner
{
    private static readonly IdleSlots<HashSink> _sinks = new(() => new HashSink(HashAlgorithmName.SHA256));

    private readonly DkimPrivateKey _key;
    private readonly TimeProvider _clock;
    private readonly DkimSignerOptions _options;
    private readonly byte[][] _fixedTags;
    private readonly CoveredHeader[] _headers;

    /// <summary>Checks the options and prepares what is the same in every signature.</summary>
    /// <param name="options">Who signs, and how.</param>
    /// <param name="key">The key whose public half is published at <see cref="RecordName"/>. It stays the caller's to dispose.</param>
    /// <param name="clock">Gives the time for <c>t=</c> and <c>x=</c>.</param>
    /// <exception cref="ArgumentException">A domain, selector, identity, header name or period that cannot stand in a signature; the message names it.</exception>
    /// <exception cref="NotSupportedException">A key for an algorithm that nobody may sign with any more (RFC 8301 §3.1).</exception>
    public DkimSigner(DkimSignerOptions options, DkimPrivateKey key, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(clock);
        (_options, _key, _clock) = (options, key, clock);
        Domain = DkimNames.Domain(options.Domain, nameof(options));
        Selector = DkimNames.Selector(options.Selector, nameof(options));
        RecordName = DkimNames.RecordName(Selector, Domain, nameof(options));
        if (options.ValidFor < TimeSpan.FromSeconds(1)) throw new ArgumentException($"The signature would count for {options.ValidFor}; one second is the least.", nameof(options));
        _headers = CoveredHeader.From(options.Headers);
        _fixedTags = [.. FixedTags().Select(Encoding.ASCII.GetBytes)];
    }

    /// <summary>The domain that answers for what is signed, in ASCII and lower case.</summary>
    public string Domain { get; }

    /// <summary>Which of the domain's keys, in lower case.</summary>
    public string Selector { get; }

    /// <summary>The DNS name of the public key, such as <c>2026a._domainkey.example.com</c>.</summary>
    public string RecordName { get; }

    /// <summary>Signs a message.</summary>
    /// <param name="message">Header, empty line and body as they will be transmitted, before dot-stuffing; every line ends in CRLF, but the last may lack it.</param>
    /// <param name="output">Takes one DKIM-Signature field with its CRLF, to be put before the message. Takes nothing when there is an exception.</param>
    /// <exception cref="FormatException">The message has no From or several, a header line that is no field, a CR or LF alone, or more fields to cover than a signature can name.</exception>
    public void Sign(ReadOnlySpan<byte> message, IBufferWriter<byte> output) => SignAll([this], message, output);

    /// <summary>Signs a message that lies in several pieces.</summary>
    /// <inheritdoc cref="Sign(ReadOnlySpan{byte}, IBufferWriter{byte})"/>
    public void Sign(in ReadOnlySequence<byte> message, IBufferWriter<byte> output) => SignAll([this], message, output);

    /// <summary>Signs a message several times, such as with RSA and Ed25519 (RFC 8463 §3), or for the customer's domain and the operator's.
    /// The body is read once for each canonical form.</summary>
    /// <param name="signers">Who signs; the first one's field comes first.</param>
    /// <param name="message">As for one signer.</param>
    /// <param name="output">Takes one field for each signer.</param>
    /// <exception cref="FormatException">As for one signer.</exception>
    public static void SignAll(ReadOnlySpan<DkimSigner> signers, ReadOnlySpan<byte> message, IBufferWriter<byte> output) =>
        SignAll(signers, message, default, output);

    /// <inheritdoc cref="SignAll(ReadOnlySpan{DkimSigner}, ReadOnlySpan{byte}, IBufferWriter{byte})"/>
    public static void SignAll(ReadOnlySpan<DkimSigner> signers, in ReadOnlySequence<byte> message, IBufferWriter<byte> output)
    {
        if (message.IsSingleSegment)
        {
            SignAll(signers, message.FirstSpan, output);
            return;
        }
        SequenceReader<byte> reader = new(message);
        SequencePosition bodyStart = reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8) ? reader.Position : message.End;
        byte[] header = message.Slice(0, bodyStart).ToArray(); // fields are read as spans, so the header must lie in one piece
        SignAll(signers, header, message.Slice(bodyStart), output);
    }

    // The message is `start` and then `rest`; the header lies wholly in `start`.
    private static void SignAll(ReadOnlySpan<DkimSigner> signers, ReadOnlySpan<byte> start, in ReadOnlySequence<byte> rest, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        MessageLines lines = default;
        lines.Check(start);
        foreach (ReadOnlyMemory<byte> piece in rest) lines.Check(piece.Span);
        lines.End();

        HeaderBlock header = new(start);
        HashSink sink = _sinks.Take();
        SignatureField fields = new();
        try
        {
            CheckHeader(header);
            Span<byte> simple = stackalloc byte[SHA256.HashSizeInBytes], relaxed = stackalloc byte[SHA256.HashSizeInBytes];
            bool simpleDone = false, relaxedDone = false;
            foreach (DkimSigner signer in signers)
            {
                bool isSimple = signer._options.BodyCanonicalization == DkimCanonicalization.Simple;
                ref bool done = ref isSimple ? ref simpleDone : ref relaxedDone;
                Span<byte> bodyHash = isSimple ? simple : relaxed;
                if (!done) HashBody(signer._options.BodyCanonicalization, start[header.BodyStart..], rest, sink, bodyHash);
                done = true;
                signer.SignHeader(ref header, bodyHash, sink, ref fields);
            }
            output.Write(fields.Octets);
        }
        finally
        {
            fields.Dispose();
            header.Dispose();
            sink.Clear();
            _sinks.Return(sink);
        }
    }

    private static void CheckHeader(in HeaderBlock header)
    {
        int authors = header.CountOf("From"u8);
        if (authors != 1) throw new FormatException($"The message has {authors} From fields; exactly one is signed (RFC 5322 §3.6, RFC 6376 §8.15).");
        for (int i = 0; i < header.Count; i++)
            if (header.Name(i).IsEmpty) throw new FormatException($"Line {i + 1} of the header, continuation lines not counted, is no field: it has no name and colon.");
    }

    private static void HashBody(DkimCanonicalization mode, ReadOnlySpan<byte> start, in ReadOnlySequence<byte> rest, HashSink sink, Span<byte> hash)
    {
        BodyCanonicalizer body = new(mode, sink);
        body.Append(start);
        foreach (ReadOnlyMemory<byte> piece in rest) body.Append(piece.Span);
        body.Finish();
        sink.Finish(hash);
    }

    private void SignHeader(ref HeaderBlock header, scoped ReadOnlySpan<byte> bodyHash, HashSink sink, ref SignatureField field)
    {
        field.Begin();
        foreach (byte[] tag in _fixedTags) field.Tag(tag);
        WriteTimes(ref field);

        header.BeginSelection();
        field.Tag("h="u8);
        bool first = true;
        foreach (CoveredHeader covered in _headers)
        {
            int present = header.CountOf(covered.Name);
            for (int i = covered.Names(present); i > 0; i--)
            {
                field.HeaderName(covered.Name, first);
                first = false;
                int chosen = header.TakeNext(covered.Name);
                if (chosen < 0) continue;
                HeaderCanonicalizer.Write(_options.HeaderCanonicalization, header[chosen], sink);
                sink.Write("\r\n"u8);
            }
        }
        field.EndTag();

        field.Base64Tag("bh"u8, bodyHash);
        field.TagOnNewLine("b="u8);
        HeaderCanonicalizer.Write(_options.HeaderCanonicalization, field.Current, sink); // with an empty b= and without CRLF (RFC 6376 §3.7)
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        sink.Finish(hash);

        Span<byte> signature = stackalloc byte[_key.SignatureLength];
        _key.SignHash(hash, signature);
        field.Signature(signature);
        field.End();
        if (field.Current.Length > DkimSignature.MaxLength)
            throw new FormatException($"The message has so many header fields to cover that the signature would be longer than {DkimSignature.MaxLength} octets; nobody would verify it.");
    }

    private void WriteTimes(ref SignatureField field)
    {
        if (!_options.WithTimestamp && _options.ValidFor is null) return;
        long now = _clock.GetUtcNow().ToUnixTimeSeconds();
        Span<byte> tag = stackalloc byte[32];
        if (_options.WithTimestamp && Utf8.TryWrite(tag, $"t={now};", out int length)) field.Tag(tag[..length]);
        if (_options.ValidFor is { } period && Utf8.TryWrite(tag, $"x={now + (long)period.TotalSeconds};", out length)) field.Tag(tag[..length]);
    }

    private IEnumerable<string> FixedTags()
    {
        string algorithm = _key.Algorithm switch
        {
            DkimAlgorithm.RsaSha256 => "rsa-sha256",
            DkimAlgorithm.Ed25519Sha256 => "ed25519-sha256",
            _ => throw new NotSupportedException($"{_key.Algorithm} is not signed with any more (RFC 8301 §3.1)."),
        };
        yield return "v=1;";
        yield return $"a={algorithm};";
        yield return $"c={Form(_options.HeaderCanonicalization)}/{Form(_options.BodyCanonicalization)};";
        yield return $"d={Domain};";
        yield return $"s={Selector};";
        if (_options.Identity is { } identity) yield return $"i={DkimNames.Identity(identity, Domain, "options")};";
    }

    private static string Form(DkimCanonicalization mode) => mode == DkimCanonicalization.Simple ? "simple" : "relaxed";
}

using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Protocol.Dkim;

/// <summary>The hashes of what the signatures of one message cover, computed before any key is looked up: afterwards the message is needed no more.</summary>
internal sealed class SignedContent
{
    private readonly byte[] _headerHash = new byte[SHA256.HashSizeInBytes];
    private int _headerHashLength;

    private SignedContent(DkimSignature signature) => Signature = signature;

    public DkimSignature Signature { get; }

    /// <summary>The hash that is signed.</summary>
    public ReadOnlySpan<byte> HeaderHash => _headerHash.AsSpan(0, _headerHashLength);

    /// <summary>Whether the body has the hash that the signature says.</summary>
    public bool BodyMatches { get; private set; }

    /// <summary>Octets of the canonical body behind what l= covers.</summary>
    public long UncoveredOctets { get; private set; }

    /// <summary>Whether somebody may see another header than the one that is covered.</summary>
    public bool IsAmbiguous { get; private init; }

    /// <summary>Finds the signatures and hashes what they cover.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">How many signatures to read, and which versions.</param>
    /// <param name="isWanted">Whether a signature that has no problem so far is to be hashed.</param>
    /// <param name="more">How many more there are.</param>
    public static List<SignedContent> Read(ReadOnlySpan<byte> message, DkimVerifierOptions options, Func<DkimSignature, bool> isWanted, out int more)
    {
        HeaderBlock header = new(message);
        Dictionary<BodyKey, BodyHash> bodies = [];
        List<SignedContent> contents = [];
        more = 0;
        bool isLoose = header.HasLineEndAlone;
        int authors = header.CountOf("From"u8);
        try
        {
            for (int i = 0; i < header.Count; i++)
            {
                if (!Ascii.EqualsIgnoreCase(header.Name(i), "DKIM-Signature"u8)) continue;
                if (contents.Count == options.MaxSignatures)
                {
                    more++;
                    continue;
                }
                DkimSignature signature = DkimSignature.Read(header[i], options.AcceptHistoric);
                SignedContent content = new(signature) { IsAmbiguous = isLoose || authors > signature.Headers.Count(IsFrom) };
                contents.Add(content);
                if (signature.Problem != DkimProblem.None || content.IsAmbiguous || !isWanted(signature)) continue;
                content.HashBody(message[header.BodyStart..], bodies);
                content.HashHeader(ref header, i);
            }
        }
        finally { header.Dispose(); }
        return contents;
    }

    private static bool IsFrom(string name) => name.Equals("From", StringComparison.OrdinalIgnoreCase);

    private void HashBody(ReadOnlySpan<byte> body, Dictionary<BodyKey, BodyHash> known)
    {
        BodyKey key = new(Signature.BodyForm, Signature.Algorithm == DkimAlgorithm.RsaSha1, Signature.BodyLength);
        if (!known.TryGetValue(key, out BodyHash? hash))
        {
            using HashSink sink = Sink(key.Sha1);
            sink.Limit = key.Length ?? long.MaxValue;
            BodyCanonicalizer canonicalizer = new(key.Form, sink);
            canonicalizer.Append(body);
            canonicalizer.Finish();
            long length = sink.Written;
            byte[] octets = new byte[SHA256.HashSizeInBytes];
            known[key] = hash = new BodyHash(octets[..sink.Finish(octets)], length);
        }
        UncoveredOctets = Signature.BodyLength is { } covered ? Math.Max(0, hash.BodyLength - covered) : 0;
        BodyMatches = !(Signature.BodyLength > hash.BodyLength) && CryptographicOperations.FixedTimeEquals(hash.Octets, Signature.BodyHash);
    }

    private void HashHeader(ref HeaderBlock header, int own)
    {
        using HashSink sink = Sink(Signature.Algorithm == DkimAlgorithm.RsaSha1);
        header.BeginSelection();
        foreach (string name in Signature.Headers)
        {
            byte[] octets = Encoding.ASCII.GetBytes(name);
            int chosen = header.TakeNext(octets);
            if (chosen == own) chosen = header.TakeNext(octets); // a signature can cover others, but not itself (RFC 6376 §3.5)
            if (chosen < 0) continue;
            HeaderCanonicalizer.Write(Signature.HeaderForm, header[chosen], sink);
            sink.Write("\r\n"u8);
        }
        ReadOnlySpan<byte> field = header[own];
        byte[] unsigned = [.. field[..Signature.SignatureValue.Start.Value], .. field[Signature.SignatureValue.End.Value..]];
        HeaderCanonicalizer.Write(Signature.HeaderForm, unsigned, sink);
        _headerHashLength = sink.Finish(_headerHash);
    }

    private static HashSink Sink(bool sha1) => new(sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);

    private readonly record struct BodyKey(DkimCanonicalization Form, bool Sha1, long? Length);

    private sealed record BodyHash(byte[] Octets, long BodyLength);
}

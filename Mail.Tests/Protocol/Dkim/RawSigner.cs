using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Mail.Protocol.Dkim;

namespace Mail.Tests.Protocol.Dkim;

/// <summary>Signs with whatever tags a test wants, also those that our signer never writes.</summary>
internal static class RawSigner
{
    public const string Tags = "v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=r1; h=from:to:subject; bh={bh}; b={b}";

    /// <summary>The message with a signature before it. {bh} and {b} in the tags become the right values; c= and l= are heeded as the arguments say.</summary>
    public static byte[] Sign(RSA key, byte[] message, string tags, DkimCanonicalization form = DkimCanonicalization.Relaxed, int? length = null, HashAlgorithmName? hash = null)
    {
        HashAlgorithmName algorithm = hash ?? HashAlgorithmName.SHA256;
        HeaderBlock header = new(message);
        ArrayBufferWriter<byte> body = new();
        BodyCanonicalizer canonicalizer = new(form, body);
        canonicalizer.Append(message.AsSpan(header.BodyStart));
        canonicalizer.Finish();
        byte[] covered = body.WrittenSpan[..Math.Min(length ?? int.MaxValue, body.WrittenCount)].ToArray();
        string field = "DKIM-Signature: " + tags.Replace("{bh}", Convert.ToBase64String(CryptographicOperations.HashData(algorithm, covered)), StringComparison.Ordinal);

        ArrayBufferWriter<byte> signed = new();
        header.BeginSelection();
        string names = tags.Split("h=", 2)[1].Split(';')[0];
        foreach (string name in names.Split(':'))
        {
            int chosen = header.TakeNext(Encoding.ASCII.GetBytes(name.Trim()));
            if (chosen < 0) continue;
            HeaderCanonicalizer.Write(form, header[chosen], signed);
            signed.Write("\r\n"u8);
        }
        HeaderCanonicalizer.Write(form, Encoding.UTF8.GetBytes(field.Replace("{b}", "", StringComparison.Ordinal)), signed);
        header.Dispose();
        string signature = Convert.ToBase64String(key.SignData(signed.WrittenSpan, algorithm, RSASignaturePadding.Pkcs1));
        return [.. Encoding.UTF8.GetBytes(field.Replace("{b}", signature, StringComparison.Ordinal) + "\r\n"), .. message];
    }

    /// <summary>The key record of an RSA key.</summary>
    public static string Record(RSA key, string tags = "v=DKIM1; ") => $"{tags}p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Database;

namespace Mail.Core.Suppressions;

/// <summary>What an unsubscribe link stands for: who wants no more of what.</summary>
/// <param name="Address">In its normal form.</param>
/// <param name="Topic">Empty for all list mail.</param>
/// <param name="IsTest">The message was sent by a test key: the link shows its page and changes nothing.</param>
public sealed record UnsubscribeTarget(ProjectId ProjectId, MessageId MessageId, string Address, string Topic, bool IsTest);

/// <summary>
/// The addresses in unsubscribe links. A token holds all that there is to know, because it must work for years, long after the message is gone; and it is
/// encrypted, because addresses shall not stand in the logs of every proxy on the way. Deterministic: the same message has the same bytes at every attempt.
/// </summary>
public sealed class UnsubscribeLinks(InstallationKeys keys)
{
    /// <summary>Below the public address.</summary>
    public const string Path = "/unsubscribe/";

    /// <summary>In place of a token where a message is shown to its sender: nobody shall unsubscribe a recipient by looking at a preview.</summary>
    public const string Preview = "preview";

    private const string KeyName = "unsubscribe";
    private const byte Version = 1;
    private const int NonceLength = 12, TagLength = 16, IdLength = 16, HeadLength = 1 + IdLength + IdLength + 1;
    private const int LongestToken = 1024;

    /// <param name="linksTo">The public address, without a slash at the end.</param>
    public static string PreviewUrl(string linksTo) => linksTo + Path + Preview;

    /// <param name="linksTo">The public address, without a slash at the end.</param>
    public async ValueTask<string> UrlAsync(string linksTo, UnsubscribeTarget target, CancellationToken ct) => linksTo + Path + await TokenAsync(target, ct);

    /// <summary>About 140 characters: letters, digits, dashes and underscores.</summary>
    public async ValueTask<string> TokenAsync(UnsubscribeTarget target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        byte[] plain = Write(target);
        (byte[] encryption, byte[] nonces) = Keys(await keys.GetAsync(KeyName, ct));

        // The nonce is made of what is encrypted: equal ones come with equal texts only, which is all that the cipher asks for.
        byte[] token = new byte[NonceLength + plain.Length + TagLength];
        HMACSHA256.HashData(nonces, plain).AsSpan(0, NonceLength).CopyTo(token);
        using AesGcm cipher = new(encryption, TagLength);
        cipher.Encrypt(token.AsSpan(0, NonceLength), plain, token.AsSpan(NonceLength, plain.Length), token.AsSpan(NonceLength + plain.Length));
        return Base64Url.EncodeToString(token);
    }

    /// <returns>Null for what we have not made.</returns>
    public async ValueTask<UnsubscribeTarget?> ReadAsync(string token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length > LongestToken || !Base64Url.IsValid(token)) return null;
        byte[] bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < NonceLength + HeadLength + TagLength) return null;
        (byte[] encryption, _) = Keys(await keys.GetAsync(KeyName, ct));
        byte[] plain = new byte[bytes.Length - NonceLength - TagLength];
        using AesGcm cipher = new(encryption, TagLength);
        try
        {
            cipher.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(NonceLength + plain.Length), plain);
        }
        catch (CryptographicException)
        {
            return null; // forged, cut off, or of another installation
        }

        return Read(plain);
    }

    private static byte[] Write(UnsubscribeTarget target)
    {
        byte[] topic = Encoding.UTF8.GetBytes(target.Topic), address = Encoding.UTF8.GetBytes(target.Address);
        byte[] plain = new byte[HeadLength + topic.Length + address.Length];
        plain[0] = (byte)(Version << 1 | (target.IsTest ? 1 : 0));
        target.ProjectId.Value.TryWriteBytes(plain.AsSpan(1), bigEndian: true, out _);
        target.MessageId.Value.TryWriteBytes(plain.AsSpan(1 + IdLength), bigEndian: true, out _);
        plain[HeadLength - 1] = checked((byte)topic.Length);
        topic.CopyTo(plain, HeadLength);
        address.CopyTo(plain, HeadLength + topic.Length);
        return plain;
    }

    private static UnsubscribeTarget? Read(byte[] plain)
    {
        int topic = plain[HeadLength - 1];
        if (plain[0] >> 1 != Version || plain.Length <= HeadLength + topic) return null;
        return new UnsubscribeTarget(
            new ProjectId(new Guid(plain.AsSpan(1, IdLength), bigEndian: true)), new MessageId(new Guid(plain.AsSpan(1 + IdLength, IdLength), bigEndian: true)),
            Encoding.UTF8.GetString(plain.AsSpan(HeadLength + topic)), Encoding.UTF8.GetString(plain.AsSpan(HeadLength, topic)), (plain[0] & 1) == 1);
    }

    private static (byte[] Encryption, byte[] Nonces) Keys(byte[] key) =>
        (HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "unsubscribe encryption"u8.ToArray()), HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "unsubscribe nonces"u8.ToArray()));
}

using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Common;
using Mail.Core.Database;

namespace Mail.Core.Messages;

/// <summary>What of a message is a secret: values of variables that are declared as such, or the bodies of one that is sensitive.</summary>
public sealed record SecretContent(string? Html, string? Text, IReadOnlyDictionary<string, JsonElement>? Variables);

/// <summary>
/// Codes and links that prove who reads a mailbox do not stand in the database in clear: who has a copy of it, or reads it for another reason, cannot use them. They are
/// decrypted where the mail is composed and nowhere else.
/// </summary>
public sealed class MessageSecrets(InstallationKeys keys)
{
    private const string KeyName = "message-secrets";

    private MessageCipher? _cipher;

    /// <summary>Asked for by messages that hold a secret only. Known from the second time on.</summary>
    public async ValueTask<MessageCipher> CipherAsync(CancellationToken ct) => _cipher ??= new MessageCipher(await keys.GetAsync(KeyName, ct));
}

/// <summary>AES-256-GCM with a key for each message, so that none of them is used often; bound to the message, so that nothing can be moved to another one. Safe for many threads.</summary>
public sealed class MessageCipher(byte[] key)
{
    private const byte Version = 1;
    private const int NonceLength = 12, TagLength = 16, IdLength = 16;

    public byte[] Seal(ProjectId project, MessageId message, SecretContent secrets)
    {
        byte[] plain = JsonSerializer.SerializeToUtf8Bytes(secrets, SecretContentJson.Default.SecretContent);
        byte[] made = new byte[1 + NonceLength + plain.Length + TagLength];
        made[0] = Version;
        RandomNumberGenerator.Fill(made.AsSpan(1, NonceLength));
        (byte[] own, byte[] about) = Of(project, message);
        using AesGcm cipher = new(own, TagLength);
        cipher.Encrypt(made.AsSpan(1, NonceLength), plain, made.AsSpan(1 + NonceLength, plain.Length), made.AsSpan(1 + NonceLength + plain.Length), about);
        return made;
    }

    /// <exception cref="CryptographicException">It is another message's, was changed, or was encrypted with a key ring that is gone.</exception>
    public SecretContent Open(ProjectId project, MessageId message, byte[] made)
    {
        ArgumentNullException.ThrowIfNull(made);
        if (made.Length < 1 + NonceLength + TagLength || made[0] != Version) throw new CryptographicException("These are no secrets of a message, or those of a later version.");
        byte[] plain = new byte[made.Length - 1 - NonceLength - TagLength];
        (byte[] own, byte[] about) = Of(project, message);
        using AesGcm cipher = new(own, TagLength);
        cipher.Decrypt(made.AsSpan(1, NonceLength), made.AsSpan(1 + NonceLength, plain.Length), made.AsSpan(1 + NonceLength + plain.Length), plain, about);
        return JsonSerializer.Deserialize(plain, SecretContentJson.Default.SecretContent)!;
    }

    private (byte[] Key, byte[] About) Of(ProjectId project, MessageId message)
    {
        byte[] about = new byte[2 * IdLength];
        project.Value.TryWriteBytes(about);
        message.Value.TryWriteBytes(about.AsSpan(IdLength));
        return (HKDF.Expand(HashAlgorithmName.SHA256, key, 32, about), about);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SecretContent))]
internal sealed partial class SecretContentJson : JsonSerializerContext;

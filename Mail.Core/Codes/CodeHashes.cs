using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Database;

namespace Mail.Core.Codes;

/// <summary>
/// What is stored of a code and of whose it is: hashes with a key of the installation. Six digits are guessed in a moment by whoever has a plain hash of them; of
/// these, who has the table alone learns nothing.
/// </summary>
internal static class CodeHashes
{
    private const string KeyName = "codes";
    private const int IdLength = 16;

    public static ValueTask<byte[]> KeyAsync(InstallationKeys keys, CancellationToken ct) => keys.GetAsync(KeyName, ct);

    /// <summary>Of whose it is. Each part with its length before it, so that no two subjects share a text.</summary>
    public static byte[] Subject(byte[] key, CodeSubject subject)
    {
        byte[] purpose = Encoding.UTF8.GetBytes(subject.Purpose), value = Encoding.UTF8.GetBytes(subject.Value);
        byte[] text = new byte[1 + IdLength + sizeof(int) + purpose.Length + value.Length];
        text[0] = subject.IsTest ? (byte)2 : (byte)1;
        subject.ProjectId.Value.TryWriteBytes(text.AsSpan(1));
        BinaryPrimitives.WriteInt32BigEndian(text.AsSpan(1 + IdLength), purpose.Length);
        purpose.CopyTo(text.AsSpan(1 + IdLength + sizeof(int)));
        value.CopyTo(text.AsSpan(1 + IdLength + sizeof(int) + purpose.Length));
        return HMACSHA256.HashData(key, text);
    }

    /// <summary>Of a code, bound to its own id and to whose it is: a row that is copied to another subject's place is worth nothing there.</summary>
    public static byte[] Code(byte[] key, byte[] subjectHash, Guid id, string code)
    {
        byte[] digits = Encoding.UTF8.GetBytes(code);
        byte[] text = new byte[1 + IdLength + subjectHash.Length + digits.Length];
        text[0] = 3;
        id.TryWriteBytes(text.AsSpan(1));
        subjectHash.CopyTo(text.AsSpan(1 + IdLength));
        digits.CopyTo(text.AsSpan(1 + IdLength + subjectHash.Length));
        return HMACSHA256.HashData(key, text);
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Database;

namespace Mail.Core.ActionLinks;

/// <summary>
/// What stands in a link: the project, so that a database that is parted by project knows where to look, and 144 random bits, of which a hash is stored. And the code
/// that stands for the link where it does not open: ten characters that nobody takes for one another, 49 random bits.
/// </summary>
internal static class ActionTokens
{
    /// <summary>In two halves with a dash between.</summary>
    public const int CodeLength = 10;

    private const string KeyName = "action-links";
    private const int IdLength = 16, SecretLength = 18, TokenLength = IdLength + SecretLength;

    public static ValueTask<byte[]> KeyAsync(InstallationKeys keys, CancellationToken ct) => keys.GetAsync(KeyName, ct);

    public static string NewToken(ProjectId project)
    {
        Span<byte> token = stackalloc byte[TokenLength];
        project.Value.TryWriteBytes(token, bigEndian: true, out _);
        RandomNumberGenerator.Fill(token[IdLength..]);
        return Base64Url.EncodeToString(token);
    }

    public static string NewCode()
    {
        string code = CodeText.New(CodeLength, letters: true);
        return $"{code[..(CodeLength / 2)]}-{code[(CodeLength / 2)..]}";
    }

    /// <returns>Null for what cannot be a token of ours.</returns>
    public static (ProjectId Project, byte[] Hash)? Read(byte[] key, string token)
    {
        if (token.Length > 64 || !Base64Url.IsValid(token, out int length) || length != TokenLength) return null;
        byte[] bytes = Base64Url.DecodeFromChars(token);
        if (Base64Url.EncodeToString(bytes) != token) return null; // one spelling each
        return (new ProjectId(new Guid(bytes.AsSpan(0, IdLength), bigEndian: true)), Hash(key, 1, bytes));
    }

    /// <returns>Null for what cannot be a code of ours.</returns>
    public static byte[]? CodeHash(byte[] key, string? typed)
    {
        string code = CodeText.Normal(typed);
        return code.Length == CodeLength && code.All(c => CodeText.Letters.Contains(c, StringComparison.Ordinal)) ? Hash(key, 2, Encoding.ASCII.GetBytes(code)) : null;
    }

    public static byte[] SourceHash(byte[] key, string source) => Hash(key, 3, Encoding.UTF8.GetBytes(source));

    private static byte[] Hash(byte[] key, byte kind, byte[] text) => HMACSHA256.HashData(key, (byte[])[kind, .. text]);
}

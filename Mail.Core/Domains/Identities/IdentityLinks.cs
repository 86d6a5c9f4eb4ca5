using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Mail.Core.Common;
using Mail.Core.Database;

namespace Mail.Core.Domains.Identities;

/// <summary>What a link says: whose identity it verifies, and which of the links that were mailed it is.</summary>
public sealed record IdentityLink(ProjectId Project, SenderIdentityId Identity, int Generation, DateTimeOffset ExpiresAt);

/// <summary>Makes and reads the links that verify sender identities. Signed, for this purpose alone, and over after a week.</summary>
public sealed class IdentityLinks(InstallationKeys keys, TimeProvider clock)
{
    private const string KeyName = "sender-identity-links";
    private const int Body = 16 + 16 + 4 + 8, Mac = 16;

    public static TimeSpan ValidFor { get; } = TimeSpan.FromDays(7);

    /// <returns>Letters, digits, `-` and `_`.</returns>
    public async Task<string> CreateAsync(SenderIdentity identity, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(identity);
        byte[] token = new byte[Body + Mac];
        identity.ProjectId.Value.TryWriteBytes(token);
        identity.Id.Value.TryWriteBytes(token.AsSpan(16));
        BinaryPrimitives.WriteInt32BigEndian(token.AsSpan(32), identity.Generation);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(36), (clock.GetUtcNow() + ValidFor).ToUnixTimeSeconds());
        HMACSHA256.HashData(await keys.GetAsync(KeyName, ct), token.AsSpan(0, Body)).AsSpan(0, Mac).CopyTo(token.AsSpan(Body));
        return Base64Url.EncodeToString(token);
    }

    /// <returns>Null for what we did not make; one that is over is returned as such.</returns>
    public async Task<IdentityLink?> ReadAsync(string text, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 200 || !Base64Url.IsValid(text, out int length) || length != Body + Mac) return null;
        byte[] token = Base64Url.DecodeFromChars(text);
        byte[] mac = HMACSHA256.HashData(await keys.GetAsync(KeyName, ct), token.AsSpan(0, Body));
        if (!CryptographicOperations.FixedTimeEquals(mac.AsSpan(0, Mac), token.AsSpan(Body))) return null;
        return new IdentityLink(
            new ProjectId(new Guid(token.AsSpan(0, 16))), new SenderIdentityId(new Guid(token.AsSpan(16, 16))), BinaryPrimitives.ReadInt32BigEndian(token.AsSpan(32)),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(token.AsSpan(36))));
    }
}

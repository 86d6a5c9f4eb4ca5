using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Mail.Core.Common;
using Mail.Core.Database;

namespace Mail.Core.Invitations;

/// <summary>What a start link says.</summary>
public sealed record InvitationToken(ProjectId Project, Guid Id, int Generation);

/// <summary>
/// Addresses of the start page. Their tokens are derived: project, candidate and generation, and 128 bits of a keyed hash of these. So the same link can be told again, and stands nowhere.
/// </summary>
public sealed class InvitationLinks(InstallationKeys keys, PublicUrl publicUrl)
{
    /// <summary>Below the public address.</summary>
    public const string Path = "/interview/start";

    private const string KeyName = "invitation-links";
    private const int NameLength = 16 + 16 + 4, MacLength = 16, Length = NameLength + MacLength;

    /// <summary>Why no link can be made here; null when it can.</summary>
    public Failure? Objection => publicUrl.Value is not null ? null
        : new Failure(FailureKind.Unavailable, "not_configured", $"No link can be made, because this installation does not know its public address. Set {PublicUrl.Name} of the API, such as https://mail.example.com.");

    /// <summary>Who signs tickets, and where the keys are.</summary>
    public string? Issuer => publicUrl.Value?.AbsoluteUri.TrimEnd('/');

    public async ValueTask<string> TokenAsync(Invitation invitation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        byte[] key = await keys.GetAsync(KeyName, ct);
        byte[] token = new byte[Length];
        invitation.ProjectId.TryWriteBytes(token, bigEndian: true, out _);
        invitation.Id.TryWriteBytes(token.AsSpan(16), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(token.AsSpan(32), invitation.Generation);
        Mac(key, token.AsSpan(0, NameLength)).CopyTo(token.AsSpan(NameLength));
        return Base64Url.EncodeToString(token);
    }

    public string UrlOf(string token) => $"{Issuer ?? throw new InvalidOperationException($"{PublicUrl.Name} is not set.")}{Path}/{token}";

    /// <returns>Null for what we have not made.</returns>
    public async ValueTask<InvitationToken?> ReadAsync(string token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length > 100 || !Base64Url.IsValid(token, out int length) || length != Length) return null;
        byte[] bytes = Base64Url.DecodeFromChars(token);
        if (Base64Url.EncodeToString(bytes) != token) return null; // one spelling each
        byte[] key = await keys.GetAsync(KeyName, ct);
        if (!CryptographicOperations.FixedTimeEquals(Mac(key, bytes.AsSpan(0, NameLength)), bytes.AsSpan(NameLength))) return null;
        return new InvitationToken(new ProjectId(new Guid(bytes.AsSpan(0, 16), bigEndian: true)), new Guid(bytes.AsSpan(16, 16), bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(32)));
    }

    private static ReadOnlySpan<byte> Mac(byte[] key, ReadOnlySpan<byte> name) => HMACSHA256.HashData(key, name).AsSpan(0, MacLength);
}

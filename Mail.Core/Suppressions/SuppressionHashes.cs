using System.Security.Cryptography;
using System.Text;
using Mail.Core.Database;

namespace Mail.Core.Suppressions;

/// <summary>
/// How an address is recognised that is not stored any more: by a hash with a key of the installation, so that nobody who has the table alone can try addresses on
/// it. The project is part of it: the same address has another hash in another project.
/// </summary>
public sealed class SuppressionHashes(InstallationKeys keys)
{
    private const string KeyName = "erased-addresses";
    private const int IdLength = 16;

    /// <param name="key">The address in its normal form.</param>
    public async ValueTask<byte[]> OfAsync(SuppressionKey key, CancellationToken ct) => Of(await keys.GetAsync(KeyName, ct), key);

    /// <summary>Of many.</summary>
    public async ValueTask<byte[][]> OfAsync(IReadOnlyList<SuppressionKey> all, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(all);
        byte[] secret = await keys.GetAsync(KeyName, ct);
        return [.. all.Select(key => Of(secret, key))];
    }

    private static byte[] Of(byte[] secret, SuppressionKey key)
    {
        byte[] text = new byte[IdLength + Encoding.UTF8.GetByteCount(key.Address)];
        key.ProjectId.Value.TryWriteBytes(text);
        Encoding.UTF8.GetBytes(key.Address, text.AsSpan(IdLength));
        return HMACSHA256.HashData(secret, text);
    }
}

using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Api.Messages;

/// <summary>The header `Idempotency-Key`, or `X-Idempotency-Key`: 1 to 256 characters, kept for 24 hours.</summary>
public static class IdempotencyKey
{
    /// <returns>Null without the header. The hash covers path and body: the same key on another path is another request.</returns>
    public static Result<IdempotencyRecord?> Read(HttpRequest request, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? key = request.Headers["Idempotency-Key"].FirstOrDefault() ?? request.Headers["X-Idempotency-Key"].FirstOrDefault();
        if (key is null) return (IdempotencyRecord?)null;
        if (key.Length is 0 or > 256 || key.Any(char.IsControl))
            return new Failure(FailureKind.Malformed, "invalid_idempotency_key", "The Idempotency-Key must have 1 to 256 characters.");

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(request.Path.Value!.TrimEnd('/') + "\n"));
        hash.AppendData(body);
        return new IdempotencyRecord(key, hash.GetHashAndReset());
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Mail.Core.Messaging;

/// <summary>Messages as octets: JSON, encrypted where the message is marked so.</summary>
internal sealed class BusBodies(IDataProtectionProvider protection)
{
    /// <summary>A message says what happened, and where to find the rest.</summary>
    private const int Largest = 256 * 1024;

    private readonly IDataProtector _protector = protection.CreateProtector("Mail.Core.Messaging.Bodies.v1");

    /// <exception cref="ArgumentException">It is too large.</exception>
    public byte[] Write(BusBinding binding, object message)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(message, binding.Body);
        if (body.Length > Largest) throw new ArgumentException($"A message '{binding.Message}' of {body.Length} octets is too large for the bus: at most {Largest}.", nameof(message));
        return binding.IsSensitive ? _protector.Protect(body) : body;
    }

    /// <exception cref="JsonException">It is no such message.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It was encrypted with a key ring that is gone, or by nobody.</exception>
    public object Read(BusBinding binding, byte[] body, bool isEncrypted) =>
        JsonSerializer.Deserialize(isEncrypted ? _protector.Unprotect(body) : body, binding.Body) ?? throw new JsonException("The body is null.");
}

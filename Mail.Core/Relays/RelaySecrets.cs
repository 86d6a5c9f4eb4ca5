using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Mail.Core.Relays;

/// <summary>Keeps a relay's settings unreadable in the database and its backups.</summary>
public sealed class RelaySecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Mail.Core.Relays.Settings.v1");

    public string Protect(IReadOnlyDictionary<string, string> settings) => _protector.Protect(JsonSerializer.Serialize(settings));

    /// <exception cref="InvalidRelayException">They were protected by a key ring that this process does not have.</exception>
    public Dictionary<string, string> Unprotect(ConfiguredRelay relay)
    {
        ArgumentNullException.ThrowIfNull(relay);
        return Unprotect(relay.Name, relay.Settings);
    }

    /// <inheritdoc cref="Unprotect(ConfiguredRelay)"/>
    public Dictionary<string, string> Unprotect(string name, string settings)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(_protector.Unprotect(settings))!;
        }
        catch (CryptographicException)
        {
            throw new InvalidRelayException($"The settings of the relay '{name}' were encrypted with a key that is lost; enter them again.");
        }
    }
}

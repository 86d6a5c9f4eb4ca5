using System.Security.Cryptography;
using System.Text.Json;
using Mail.Core.Mailboxes.Providers;
using Microsoft.AspNetCore.DataProtection;

namespace Mail.Core.Mailboxes;

/// <summary>Credentials while they wait for the one time that they are shown: encrypted by the key ring, for this mailbox alone, so that the text in another row opens nothing.</summary>
public sealed class MailboxVault(IDataProtectionProvider protection)
{
    internal string Seal(Mailbox mailbox, MailboxCredentials credentials) => ProtectorOf(mailbox).Protect(JsonSerializer.Serialize(credentials, MailboxJson.Default.MailboxCredentials));

    /// <returns>Null when the key is lost.</returns>
    internal MailboxCredentials? Open(Mailbox mailbox)
    {
        try
        {
            return mailbox.Credentials is { } stored ? JsonSerializer.Deserialize(ProtectorOf(mailbox).Unprotect(stored), MailboxJson.Default.MailboxCredentials) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(Mailbox mailbox) => protection.CreateProtector("Mail.Core.Mailboxes.Credentials.v1", $"{mailbox.ProjectId}", $"{mailbox.Id:N}");
}

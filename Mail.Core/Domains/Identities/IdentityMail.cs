using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Domains.Identities;

/// <summary>
/// Mails the link that verifies a sender identity. It goes from the installation's own address over the installation's relay, and nobody in the project can read
/// it there: the project's relay, its inbox and its console belong to those who ask, and the link shall prove that the address is theirs (ADR 21).
/// </summary>
public sealed class IdentityMail(PlatformMail mail, IdentityLinks links, PublicUrl publicUrl)
{
    public const string ConfirmPath = "sender-identities/confirm/";

    /// <returns>Why no link can be mailed by this installation; null when it can.</returns>
    public Failure? Objection => mail.Objection;

    /// <param name="project">Its name, for the one who reads the mail.</param>
    public async Task<Failure?> SendAsync(SenderIdentity identity, string project, string locale, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(identity);
        string link = $"{publicUrl.Value!.AbsoluteUri.TrimEnd('/')}/{ConfirmPath}{await links.CreateAsync(identity, ct)}";
        return await mail.SendAsync(new PlatformMessage(identity.ProjectId, locale, identity.Email, "sender-identity", new()
        {
            ["email"] = PlatformMail.Text(identity.Email), ["project"] = PlatformMail.Text(project), ["confirm_url"] = PlatformMail.Text(link),
        }), ct);
    }
}

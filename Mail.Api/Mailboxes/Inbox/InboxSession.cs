using System.Security.Cryptography;
using System.Text.Json;
using Mail.Api.Access;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers.Local;
using Mail.Core.Projects;
using Microsoft.AspNetCore.DataProtection;

namespace Mail.Api.Mailboxes.Inbox;

/// <summary>Who reads a mailbox in the web inbox: whoever has its password, until they sign out, for eight hours at most, and no longer than the password holds.</summary>
internal sealed class InboxSession(IDataProtectionProvider protection, LocalMailboxes mailboxes, MailboxLogins logins, ApiKeyLookup keys, IHostEnvironment environment)
{
    private static readonly TimeSpan _kept = TimeSpan.FromHours(8);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Mail.Api.Mailboxes.Inbox.v1").ToTimeLimitedDataProtector();
    private readonly string _cookie = ConsoleSessions.CookieName("mail_inbox", environment);

    private sealed record Ticket(string Address, Guid Key);

    /// <returns>Null when nobody is signed in.</returns>
    public async Task<LocalMailbox?> FindAsync(HttpContext http, CancellationToken ct)
    {
        if (Read(http.Request.Cookies[_cookie]) is not { } ticket || await mailboxes.FindAsync(ticket.Address, ct) is not { } mailbox) return null;
        return await logins.IsValidAsync(mailbox.Project, mailbox.Id, ticket.Key, ct) ? mailbox : null;
    }

    /// <summary>The address must be the password's own: it says which mailbox somebody means to open.</summary>
    public async Task<bool> SignInAsync(HttpContext http, string address, string password, CancellationToken ct)
    {
        if (password.Length is 0 or > 200 || await keys.FindAsync(password, ct) is not { MailboxId: { } id } identity || !identity.MayBeUsedFrom(http.Connection.RemoteIpAddress)) return false;
        string normal = address.Trim().ToLowerInvariant();
        if (await mailboxes.FindAsync(normal, ct) is not { } mailbox || mailbox.Id != id || mailbox.Project != identity.ProjectId) return false;
        http.Response.Cookies.Append(_cookie, _protector.Protect(JsonSerializer.Serialize(new Ticket(normal, identity.KeyId)), _kept), Options);
        return true;
    }

    public void SignOut(HttpContext http) => http.Response.Cookies.Delete(_cookie, Options);

    /// <summary>Strict: a form of another site comes without it, and so does nothing.</summary>
    private CookieOptions Options => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = !environment.IsDevelopment(), Path = "/", IsEssential = true };

    private Ticket? Read(string? cookie)
    {
        if (cookie is null) return null;
        try
        {
            return JsonSerializer.Deserialize<Ticket>(_protector.Unprotect(cookie));
        }
        catch (CryptographicException)
        {
            return null; // ended, or not of ours
        }
    }
}

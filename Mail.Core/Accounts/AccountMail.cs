using System.Net;
using System.Text.Json;
using Mail.Core.ActionLinks;
using Mail.Core.Audit;
using Mail.Core.Common;
using Mail.Core.Messages;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>What an account's owner is told of. Named in the link "this was not me", which undoes each in its own way (<see cref="NotMe"/>).</summary>
public enum AccountNotice
{
    NewSignIn,
    PasswordChanged,
    AccountLocked,
    ManyResetRequests,
    TwoFactorEnabled,
    TwoFactorDisabled,
    RecoveryCodeUsed,
    EmailChanged,
}

/// <summary>The security mails of console accounts: stored in the transaction that does what they tell.</summary>
public sealed partial class AccountMail(PlatformMail mail, ActionLinkStore links, AccountStore accounts, AuditLog audit, ConsoleUrl console, TimeProvider clock, ILogger<AccountMail> logger)
{
    /// <returns>Why this installation can mail nothing that leads to the console; null when it can.</returns>
    public Failure? Objection => mail.Objection ?? (console.Value is null ? ConsoleUrl.NotConfigured : null);

    /// <summary>Tells the owner. An installation that cannot mail goes on without, and says so in its log: security must not depend on it.</summary>
    /// <param name="to">Where to; null for the account's address.</param>
    public async Task TellAsync(
        NpgsqlConnection within, Account account, AccountNotice notice, AccountClient client, CancellationToken ct, Dictionary<string, JsonElement>? more = null, string? to = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(client);
        // What somebody did with the account also stands in the logs of its projects; a lock and requests for codes are others' doing.
        if (notice is not (AccountNotice.AccountLocked or AccountNotice.ManyResetRequests)) await RecordAsync(within, account.Id, client, TemplateOf(notice).Replace('-', '_'), ct);
        if (mail.Objection is not null || await accounts.HomeAsync(account.Id, ct, within) is not { } home)
        {
            LogNotTold(account.Id, notice);
            return;
        }

        NotMeFacts facts = new(notice, notice is AccountNotice.EmailChanged ? to : null);
        Result<CreatedActionLink> link = await links.CreateAsync(
            new NewActionLink(default, NotMe.PurposeName, account.Id.ToString("D")) { IsOwn = true, Locale = account.Locale, Metadata = JsonSerializer.SerializeToElement(facts, AccountJson.Default.NotMeFacts) }, within, ct);
        Dictionary<string, JsonElement> variables = new(more ?? [])
        {
            ["at"] = PlatformMail.Time(clock.GetUtcNow()), ["ip"] = PlatformMail.Text(client.IpText), ["browser"] = PlatformMail.Text(client.Browser), ["not_me_url"] = PlatformMail.Text(link.Value.Url),
        };
        await StoreAsync(within, new PlatformMessage(home.Project, account.Locale ?? home.Locale, to ?? account.Email, TemplateOf(notice), Named(variables, account.Name)), account, ct);
    }

    /// <summary>A line in the audit logs of the account's projects.</summary>
    internal Task RecordAsync(NpgsqlConnection within, Guid userId, AccountClient client, string what, CancellationToken ct) =>
        audit.RecordOfUserAsync(userId, IPAddress.TryParse(client.Ip, out IPAddress? address) ? address : null, $"account.{what}", within, ct);

    /// <summary>Stores any other mail to somebody with an account.</summary>
    /// <param name="to">Where to; null for the account's address.</param>
    public async Task SendAsync(NpgsqlConnection within, Account account, string template, Dictionary<string, JsonElement> variables, CancellationToken ct, string? to = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!mail.HasSender || await accounts.HomeAsync(account.Id, ct, within) is not { } home)
        {
            LogNotSent(account.Id, template);
            return;
        }

        await StoreAsync(within, new PlatformMessage(home.Project, account.Locale ?? home.Locale, to ?? account.Email, template, Named(variables, account.Name)), account, ct);
    }

    /// <summary>After the commit of what was stored.</summary>
    public void Wake() => mail.Wake();

    /// <summary>What the account's owner may do next; null where the console's address is not known.</summary>
    public string? At(string path) => console.At(path);

    /// <summary>What goes to the account's own mailbox is not for its projects to stop; another address is one that somebody has named.</summary>
    private async Task StoreAsync(NpgsqlConnection within, PlatformMessage message, Account account, CancellationToken ct)
    {
        if (await mail.StoreAsync(within, message with { IsOfAccount = message.To == account.Email }, ct) is { } failure) LogRefused(account.Id, message.Template, failure.Detail);
    }

    private static Dictionary<string, JsonElement> Named(Dictionary<string, JsonElement> variables, string? name)
    {
        if (name is not null) variables["name"] = PlatformMail.Text(name);
        return variables;
    }

    private static string TemplateOf(AccountNotice notice) => notice switch
    {
        AccountNotice.NewSignIn => "new-sign-in",
        AccountNotice.PasswordChanged => "password-changed",
        AccountNotice.AccountLocked => "account-locked",
        AccountNotice.ManyResetRequests => "many-reset-requests",
        AccountNotice.TwoFactorEnabled => "two-factor-enabled",
        AccountNotice.TwoFactorDisabled => "two-factor-disabled",
        AccountNotice.RecoveryCodeUsed => "recovery-code-used",
        _ => "email-changed",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "User {UserId} could not be told of {Notice}: no sender, public address or project is set up (EMAIL_FROM, BASE_URL).")]
    private partial void LogNotTold(Guid userId, AccountNotice notice);

    [LoggerMessage(Level = LogLevel.Warning, Message = "User {UserId} could not be sent the mail {Template}: no sender or project is set up (EMAIL_FROM).")]
    private partial void LogNotSent(Guid userId, string template);

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail {Template} to user {UserId} could not be made: {Problem}")]
    private partial void LogRefused(Guid userId, string template, string problem);
}

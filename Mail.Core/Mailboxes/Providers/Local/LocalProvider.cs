using Mail.Core.Common;
using Mail.Core.Domains.Senders;

namespace Mail.Core.Mailboxes.Providers.Local;

internal sealed class LocalProvider(ProjectId project, LocalMailboxes mailboxes, MailboxLogins logins, SubmissionAddress submission, SenderDirectory senders) : IMailboxProvider
{
    public async Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct) => await mailboxes.IsTakenAsync(address, ct);

    public async Task<ProviderOutcome<string>> CreateAsync(MailboxOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (await DomainProblemAsync(order.Domain, ct) is { } problem) return problem;
        return await mailboxes.AddAsync(project, order.Id, order.Address, ct)
            ? order.Mark
            : new ProviderProblem(ProviderProblems.MailboxExists, $"{order.Address} is a mailbox of another project of this installation.", "Choose another name.", IsTransient: false);
    }

    /// <summary>Whoever has the password may send as the address: there is nothing to set up.</summary>
    public Task<ProviderOutcome<string>> SetUpSendingAsync(MailboxOrder order, string account, CancellationToken ct) => Task.FromResult<ProviderOutcome<string>>("");

    public async Task<ProviderOutcome<MailboxCredentials>> IssueCredentialsAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (!await mailboxes.ExistsAsync(project, order.Id, ct)) return Gone;
        if (submission.Server is not { } server)
            return new ProviderProblem(ProviderProblems.Settings, "Nobody has said under which name programs reach the SMTP submission.", "Set MailboxSubmission__Server, or BASE_URL.", IsTransient: true);
        string password = await logins.IssueAsync(project, order.Id, order.Address, ct);
        return new MailboxCredentials(server, submission.Port, order.Address, password, submission.Webmail);
    }

    public async Task<ProviderOutcome<bool>> SuspendAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        await logins.SuspendAsync(project, order.Id, ct);
        return await mailboxes.OpenAsync(project, order.Id, isOpen: false, ct) ? true : Gone;
    }

    public async Task<ProviderOutcome<bool>> ResumeAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (!await mailboxes.OpenAsync(project, order.Id, isOpen: true, ct)) return Gone;
        return await logins.ResumeAsync(project, order.Id, ct);
    }

    public async Task<ProviderOutcome<bool>> DeleteAsync(MailboxOrder order, string? account, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        bool hadPassword = await logins.RevokeAsync(project, order.Id, ct);
        return await mailboxes.RemoveAsync(project, order.Id, ct) || hadPassword;
    }

    public async Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct) => new ProviderQuota(null, null, null, null, await mailboxes.CountAsync(project, ct), null);

    public async Task<ProviderOutcome<bool>> CheckAsync(string? domain, CancellationToken ct) => domain is not null && await DomainProblemAsync(domain, ct) is { } problem ? problem : true;

    private static ProviderProblem Gone => new(ProviderProblems.Gone, "The mailbox is no longer on this installation.", "Delete it here too, and make it anew.", IsTransient: false);

    /// <summary>Whoever could open a mailbox at somebody else's domain would get mail that is meant for them. In Development nothing comes from outside.</summary>
    private async Task<ProviderProblem?> DomainProblemAsync(string domain, CancellationToken ct)
    {
        if (!senders.IsRequired || (await senders.ForAsync(project, ct)).IsVerified(domain)) return null;
        return new ProviderProblem(
            ProviderProblems.DomainNotVerified, $"The domain {domain} is not verified in this project.", $"Add {domain} (POST /domains), set its DNS records, and point its MX record at this installation.", IsTransient: false);
    }
}

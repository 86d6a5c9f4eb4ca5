using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Google;

/// <summary>What refusals of the Directory and Gmail APIs mean, by their reason (https://developers.google.com/workspace/admin/directory/v1/limits, https://developers.google.com/workspace/gmail/api/guides/handle-errors).</summary>
internal static class GoogleProblems
{
    private const string Wait = "Nothing to do: it is tried again by itself.";

    public static ProviderProblem? Explain(ProviderWords words, ProviderReply reply)
    {
        if (reply.Text("error", "errors", "reason") is not { } reason)
        {
            if (reply.Text("error", "status") is not { } status) return null;
            reason = status;
        }

        string said = reply.Text("error", "message") ?? "";
        return (reply.Status, reason) switch
        {
            (401, _) => Problem(ProviderProblems.LoginRefused, "Check the service account's key and its delegation."),
            (429, _) or (403, "rateLimitExceeded" or "userRateLimitExceeded" or "RESOURCE_EXHAUSTED") => Problem(ProviderProblems.Throttled, Wait, isTransient: true),
            (403, "dailyLimitExceeded") => Problem(ProviderProblems.Throttled, "Ask for a higher quota at the Cloud console, APIs & Services, if this comes often. It is tried again by itself.", isTransient: true),
            (_, "domainUserLimitExceeded" or "DomainUserLimitExceeded") or (403 or 412, "limitExceeded") => Problem(ProviderProblems.LicenceMissing, "Buy licences at Admin console, Billing, or delete users that are no longer needed."),
            (_, "quotaExceeded" or "insufficientParentPermissions") => Problem(ProviderProblems.QuotaExceeded, "The organisation has as many of these as it may: delete what is not needed, or ask Google for more."),
            (403, "accessNotConfigured" or "SERVICE_DISABLED") => Problem(ProviderProblems.Forbidden, "Cloud console, APIs & Services, Library: enable the Admin SDK API and the Gmail API in the service account's project."),
            (403, "insufficientPermissions" or "ACCESS_TOKEN_SCOPE_INSUFFICIENT") => Problem(ProviderProblems.Forbidden, "Delegate all scopes that the guide lists to the service account's client id."),
            (403, _) => Problem(ProviderProblems.Forbidden, "Give the administrator of the connection the rights to manage users and groups, and check that the domain is one of the organisation's."),
            (409, _) or (400, "duplicate" or "entityExists") => Problem(ProviderProblems.MailboxExists, "Choose another name: somebody has this one at Google."),
            (412, _) => Problem(ProviderProblems.Unavailable, Wait, isTransient: true) with { RetryAfter = TimeSpan.FromSeconds(5) }, // `User creation is not complete.`
            (400, "failedPrecondition" or "FAILED_PRECONDITION") => Problem(ProviderProblems.Unavailable, "Switch Gmail on for the user or the organisational unit, if it lasts. It is tried again by itself.", isTransient: true) with { RetryAfter = TimeSpan.FromSeconds(15) },
            (404, _) when said.Contains("domain", StringComparison.OrdinalIgnoreCase) => Domain(),
            (400, "invalid") when said.Contains("primary_user_email", StringComparison.OrdinalIgnoreCase) || said.Contains("domain", StringComparison.OrdinalIgnoreCase) => Domain(),
            (400, "invalid") when said.Contains("INVALID_OU", StringComparison.OrdinalIgnoreCase) || said.Contains("orgUnit", StringComparison.OrdinalIgnoreCase) => Problem(ProviderProblems.Settings, "Correct `org_unit` of the connection: the path of an organisational unit that exists."),
            (404, _) => Problem(ProviderProblems.Gone, "It was removed at Google: delete the mailbox here and make it again."),
            _ => words.ByStatus(reply, reason, said),
        };

        ProviderProblem Problem(string code, string remedy, bool isTransient = false) => words.Problem(code, reply, reason, said, remedy, isTransient);
        ProviderProblem Domain() => Problem(ProviderProblems.DomainNotVerified, "Add and verify the domain at Admin console, Account, Domains, or choose one that is.");
    }
}

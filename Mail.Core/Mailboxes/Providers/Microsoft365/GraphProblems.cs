using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Microsoft365;

/// <summary>What Graph's refusals mean (https://learn.microsoft.com/graph/errors). Entra puts most of its refusals under one code, Request_BadRequest, and says the rest in words.</summary>
internal static class GraphProblems
{
    private const string Wait = "Nothing to do: it is tried again by itself.";

    public static ProviderProblem? Explain(ProviderWords words, ProviderReply reply)
    {
        if (reply.Text("error", "code") is not { } code) return null;
        string said = reply.Text("error", "message") ?? "";
        string detail = reply.Text("error", "details", "code") ?? "";
        return (reply.Status, code) switch
        {
            (401, "Authorization_IdentityNotFound") => Problem(ProviderProblems.LoginRefused, "The application has no service principal in this tenant: let an administrator approve it there."),
            (401, _) => Problem(ProviderProblems.LoginRefused, "Check tenant, application id and secret of the connection."),
            (_, "Directory_QuotaExceeded" or "Request_ThrottledPermanently") => Problem(ProviderProblems.QuotaExceeded, "The tenant holds as many objects as it may: delete what is not needed, also from Deleted users, or ask Microsoft for more."),
            (429 or 509, _) or (_, "TooManyRequests" or "Request_ThrottledTemporarily" or "ApplicationThrottled" or "ActivityLimitReached") => Problem(ProviderProblems.Throttled, Wait, isTransient: true),
            (408 or >= 500, _) => words.ByStatus(reply, code, said),
            (403, _) => Problem(ProviderProblems.Forbidden, "Give the application the permissions that the guide lists, let an administrator grant them, and assign it the role User Administrator, which Entra wants for passwords."),
            (409 or 412 or 423, "Directory_ConcurrencyViolation" or "ConcurrencyViolation" or "Request_Conflict" or "preconditionFailed" or "resourceLocked" or "notAllowed") => Problem(ProviderProblems.Unavailable, Wait, isTransient: true),
            (_, "Request_MultipleObjectsWithSameKeyValue") => Exists(),
            _ when detail is "ObjectConflict" or "ConflictingObjects" || Says("Another object with the same value") => Exists(),
            _ when Says("domain portion of the userPrincipalName") || Says("verified domain name") => Problem(ProviderProblems.DomainNotVerified, "Verify the domain at Microsoft 365 admin center, Settings, Domains, or choose one that is."),
            _ when Says("available licenses") => Problem(ProviderProblems.LicenceMissing, "Buy a licence, or take one from an account that no longer needs it."),
            _ when Says("invalid usage location") => Problem(ProviderProblems.Unavailable, $"Check `usage_location` of the connection if it lasts. {Wait}", isTransient: true) with { RetryAfter = TimeSpan.FromSeconds(5) }, // licensing hears of a new account's country later than the directory
            _ when Says("usageLocation") => Problem(ProviderProblems.Settings, "Correct `usage_location` of the connection: a country of two letters that Microsoft serves."),
            _ when Says("License") && (Says("not a valid") || Says("does not correspond") || Says("not found")) => Problem(ProviderProblems.LicenceMissing, "Check `licence` of the connection against the tenant's subscriptions."),
            (404, "Request_ResourceNotFound" or "ResourceNotFound") => Problem(ProviderProblems.Gone, "It was removed at Microsoft 365: delete the mailbox here and make it again."),
            _ => words.ByStatus(reply, code, said),
        };

        bool Says(string part) => said.Contains(part, StringComparison.OrdinalIgnoreCase);
        ProviderProblem Problem(string problem, string remedy, bool isTransient = false) => words.Problem(problem, reply, code, said, remedy, isTransient);
        ProviderProblem Exists() => Problem(ProviderProblems.MailboxExists, "Choose another name: somebody has this one at Microsoft 365.");
    }
}

using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Ses;

/// <summary>What refusals of AWS mean: SES says them in JSON with its code in a header, IAM in XML; the codes are one list.</summary>
internal static class AwsProblems
{
    public static ProviderProblem? Explain(ProviderReply reply, ProviderWords words)
    {
        (string? code, string said) = Read(reply);
        if (code is null) return null;
        string text = said.Length > 0 ? $"{code}: {said}" : code;
        return code switch
        {
            "InvalidClientTokenId" or "UnrecognizedClientException" or "SignatureDoesNotMatch" or "InvalidSignatureException" or "IncompleteSignature" or "IncompleteSignatureException"
                or "MissingAuthenticationToken" or "MissingAuthenticationTokenException" or "AuthFailure" or "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" =>
                words.Problem(ProviderProblems.LoginRefused, reply, code, text, IsAboutTime(code, said)
                    ? "Set this server's clock: AWS refuses signatures that are minutes off."
                    : "Make a new access key for the connection's IAM user, and enter its id and its secret in the connection."),
            "AccessDenied" or "AccessDeniedException" or "OptInRequired" or "UnauthorizedOperation" =>
                words.Problem(ProviderProblems.Forbidden, reply, code, text, "Attach the policy of the guide to the connection's IAM user."),
            "AccountSuspendedException" or "SendingPausedException" =>
                words.Problem(ProviderProblems.Forbidden, reply, code, text, "See the account dashboard of SES: AWS has switched sending off for this account and region."),
            "Throttling" or "ThrottlingException" or "TooManyRequestsException" or "RequestLimitExceeded" =>
                words.Problem(ProviderProblems.Throttled, reply, code, text, "Nothing to do: it is tried again by itself.", isTransient: true),
            "LimitExceeded" or "LimitExceededException" =>
                words.Problem(ProviderProblems.QuotaExceeded, reply, code, text, "Ask AWS for a larger quota (Service Quotas: IAM users, SES identities), or delete what is not needed any more."),
            "AlreadyExistsException" or "EntityAlreadyExists" =>
                words.Problem(ProviderProblems.MailboxExists, reply, code, text, "Choose another name, or remove what bears it at AWS."),
            "NoSuchEntity" or "NotFoundException" =>
                words.Problem(ProviderProblems.Gone, reply, code, text, "Delete the mailbox here, and make it anew."),
            "MailFromDomainNotVerifiedException" =>
                words.Problem(ProviderProblems.DomainNotVerified, reply, code, text, "Verify the domain in SES, in the region of the connection."),
            "ConcurrentModification" or "ConcurrentModificationException" or "EntityTemporarilyUnmodifiable" or "DeleteConflict" =>
                words.Problem(ProviderProblems.Unavailable, reply, code, text, "Nothing to do: it is tried again by itself. If it lasts, remove what somebody else attached to the IAM user.", isTransient: true),
            _ => words.ByStatus(reply, code, text),
        };
    }

    public static ProviderProblem NotVerified(string domain, string region, ProviderWords words) => words.Problem(
        ProviderProblems.DomainNotVerified, $"{domain} is not a verified identity of SES in {region}.", $"Make an identity for {domain} in SES ({region}), and publish its DKIM records.");

    public static ProviderProblem NotConfirmed(string address, ProviderWords words) => words.Problem(
        ProviderProblems.DomainNotVerified, $"The identity {address} is not verified yet.", $"Open the mail that Amazon Web Services sent to {address}, and follow its link within a day.", isTransient: true) with
    { RetryAfter = TimeSpan.FromMinutes(1) };

    public static ProviderProblem Taken(string address, ProviderWords words) => words.Problem(
        ProviderProblems.MailboxExists, $"{address} is an identity of SES that was not made here.", "Choose another name, or remove the identity in SES.");

    /// <summary>Of the header, in which a URL may follow, else of the body, in which a namespace may precede.</summary>
    private static (string? Code, string Said) Read(ProviderReply reply)
    {
        if (AwsXml.Error(reply.Words) is { } error) return error;
        string? code = reply.Header("x-amzn-ErrorType")?.Split(':')[0] ?? reply.Text("__type")?.Split('#')[^1] ?? reply.Text("code");
        return (code is { Length: > 0 } ? code : null, reply.Text("message") ?? reply.Text("Message") ?? "");
    }

    private static bool IsAboutTime(string code, string said) =>
        code == "RequestExpired" || said.Contains("Signature expired", StringComparison.OrdinalIgnoreCase) || said.Contains("not yet current", StringComparison.OrdinalIgnoreCase);
}

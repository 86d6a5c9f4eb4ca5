using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.SendGrid;

/// <summary>What SendGrid's refusals mean: a status, and `errors` with words for people but without codes.</summary>
internal static class SendGridProblems
{
    public static ProviderProblem? Explain(ProviderReply reply, ProviderWords words)
    {
        if (reply.Text("errors", "message") is not { } said) return null;
        string? field = reply.Text("errors", "field");
        string text = field is null ? said : $"{field}: {said}";
        return reply.Status switch
        {
            401 when Has(said, "credits") => words.Problem(ProviderProblems.QuotaExceeded, reply, null, text, "The plan's mails are used up: wait for its renewal, or take a larger plan at SendGrid."),
            401 => words.Problem(ProviderProblems.LoginRefused, reply, null, text, "Make a new API key at SendGrid (Settings, API Keys), and enter it in the connection."),
            // The key's count is the only quota that this API refuses with.
            400 or 403 when Has(said, "key") && (Has(said, "more than") || Has(said, "maximum") || Has(said, "limit")) =>
                words.Problem(ProviderProblems.QuotaExceeded, reply, null, text, "An account has 100 API keys at most, one for each mailbox: delete unused ones at SendGrid, or connect another account or subuser."),
            400 or 409 when Has(said, "already") || Has(said, "exists") || Has(said, "duplicate") =>
                words.Problem(ProviderProblems.MailboxExists, reply, null, text, "The address is a verified sender of somebody else in this account: choose another one, or remove it there."),
            403 => words.Problem(ProviderProblems.Forbidden, reply, null, text,
                "Give the API key of the connection these permissions: API Keys, Mail Send and Sender Authentication with full access, User Account and Stats to read."),
            _ => words.ByStatus(reply, null, text),
        };
    }

    public static ProviderProblem NotAuthenticated(string domain, ProviderWords words) => words.Problem(
        ProviderProblems.DomainNotVerified, $"SendGrid has no authenticated domain {domain}, or its DNS records are not valid.", $"Authenticate {domain} at SendGrid (Settings, Sender Authentication), publish its DNS records, and press Verify there.");

    public static ProviderProblem NotConfirmed(string address, ProviderWords words) => words.Problem(
        ProviderProblems.DomainNotVerified, $"The sender {address} is not confirmed yet.", $"Open the mail that SendGrid sent to {address}, and press Verify Single Sender.", isTransient: true) with
    { RetryAfter = TimeSpan.FromMinutes(1) };

    public static ProviderProblem Taken(string address, ProviderWords words) => words.Problem(
        ProviderProblems.MailboxExists, $"{address} is a verified sender of SendGrid that was not made here.", "Choose another name, or remove the sender at SendGrid (Settings, Sender Authentication).");

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}

using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Google;

/// <summary>What Google's token service says to a service account (https://developers.google.com/identity/protocols/oauth2/service-account#error-codes).</summary>
internal static class GoogleLoginProblems
{
    /// <summary>A user that Google's login does not know: a new one is known to it later than to the directory.</summary>
    public const string UnknownUser = "unknown_user";

    /// <param name="user">In whose name the token was wished for.</param>
    public static ProviderProblem? Explain(ProviderWords words, ProviderReply reply, string user)
    {
        if (reply.Status is 429 or 408 or >= 500 || reply.Text("error") is not { } error) return null;
        string said = reply.Text("error_description") ?? error;
        return error switch
        {
            "unauthorized_client" => Problem(ProviderProblems.Forbidden, error, "Admin console, Security, API controls, Domain-wide delegation: allow the service account's client id all scopes that the guide lists. A new delegation takes up to a day, mostly minutes."),
            "access_denied" or "admin_policy_enforced" or "org_internal" => Problem(ProviderProblems.Forbidden, error, "An administrator's rule at Admin console, Security, API controls keeps the service account out: let it in there."),
            "invalid_scope" => Problem(ProviderProblems.Forbidden, error, "Delegate the scopes exactly as the guide writes them."),
            "invalid_grant" when Says("Invalid email") || Says("user") => Problem(ProviderProblems.LoginRefused, UnknownUser, $"Check that {user} is a user of the organisation who can sign in."),
            "invalid_grant" when Says("Signature") => Problem(ProviderProblems.LoginRefused, error, "Make a new key for the service account in the Cloud console, and enter its whole JSON file."),
            "invalid_grant" when Says("account not found") || Says("account has been deleted") => Problem(ProviderProblems.LoginRefused, error, "The service account is gone: make one, delegate to it, and enter its key."),
            "invalid_grant" when Says("short-lived") || Says("iat") => Problem(ProviderProblems.LoginRefused, error, "Set the clock of this server right."),
            "disabled_client" or "deleted_client" => Problem(ProviderProblems.LoginRefused, error, "Enable the service account in the Cloud console, or take another one."),
            _ => Problem(ProviderProblems.LoginRefused, error, "Check the service account's key and the administrator of the connection."),
        };

        bool Says(string part) => said.Contains(part, StringComparison.OrdinalIgnoreCase);
        ProviderProblem Problem(string code, string googles, string remedy) => words.Problem(code, reply, googles, said, remedy);
    }
}

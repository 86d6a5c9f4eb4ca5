using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Microsoft365;

/// <summary>What Microsoft's login says (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).</summary>
internal static class GraphLoginProblems
{
    public static ProviderProblem? Explain(ProviderWords words, ProviderReply reply)
    {
        if (reply.Status is 429 or 408 or >= 500 || reply.Text("error") is not { } error) return null;
        string said = reply.Text("error_description") ?? error;
        string code = reply.Text("error_codes") ?? Number(said) ?? error;
        return code switch
        {
            "7000215" or "7000216" => Refused(code, "Enter the client secret again: its value, not its id."),
            "7000222" => Refused(code, "The client secret has ended: make a new one in the app registration, and enter it."),
            "700027" or "5000224" => Refused(code, "Upload the certificate to the app registration, or enter the one that is there with its private key."),
            "700016" => Refused(code, "Check the application id and the tenant: the application has to be registered in this tenant, or approved by its administrator."),
            "90002" or "900023" or "900021" => Refused(code, "Check the tenant: its id, or one of its verified domains."),
            "7000112" => Refused(code, "The application is switched off: enable sign-in for it at Enterprise applications, Properties."),
            "65001" or "650052" or "650056" or "90094" or "500014" => words.Problem(ProviderProblems.Forbidden, reply, code, said, "Let an administrator press Grant admin consent at the app registration's API permissions."),
            "90033" or "90055" or "50196" => words.Problem(ProviderProblems.Unavailable, reply, code, said, "Nothing to do: it is tried again by itself.", isTransient: true), // a service within it is away, or asks for patience
            _ when error == "temporarily_unavailable" => words.Problem(ProviderProblems.Unavailable, reply, code, said, "Nothing to do: it is tried again by itself.", isTransient: true),
            _ => Refused(code, "Check tenant, application id and secret of the connection."),
        };

        ProviderProblem Refused(string number, string remedy) => words.Problem(ProviderProblems.LoginRefused, reply, number, said, remedy);
    }

    /// <summary>Of `AADSTS7000215: Invalid client secret provided.`</summary>
    private static string? Number(string said)
    {
        const string Start = "AADSTS";
        if (!said.StartsWith(Start, StringComparison.Ordinal)) return null;
        ReadOnlySpan<char> rest = said.AsSpan(Start.Length);
        int length = rest.IndexOfAnyExceptInRange('0', '9');
        return length > 0 ? rest[..length].ToString() : null;
    }
}

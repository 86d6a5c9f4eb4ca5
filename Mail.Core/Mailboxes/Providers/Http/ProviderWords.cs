using Mail.Core.Relays.Http;

namespace Mail.Core.Mailboxes.Providers.Http;

/// <summary>Turns what came, or did not come, into problems with a remedy. What a provider said is cleaned of secrets and cut.</summary>
/// <param name="title">As people write the provider's name.</param>
internal sealed class ProviderWords(string title, SecretMask mask)
{
    public string Title => title;

    /// <summary>A secret that the provider is about to be told: it may repeat it in a refusal.</summary>
    public void Hide(string secret) => mask.Add(secret);

    /// <summary>A refusal of the provider's, in its own words.</summary>
    /// <param name="providerCode">Its code; the status goes before it.</param>
    public ProviderProblem Problem(string code, ProviderReply reply, string? providerCode, string said, string remedy, bool isTransient = false) =>
        new(code, mask.Clean($"{title} answered {reply.Status}{(said.Length > 0 ? $": {said}" : ".")}"), remedy, isTransient, isTransient ? reply.RetryAfter : null)
        {
            ProviderCode = mask.Clean(providerCode is null ? $"{reply.Status}" : $"{reply.Status} {providerCode}"),
        };

    /// <summary>One that did not come from an answer.</summary>
    public ProviderProblem Problem(string code, string detail, string remedy, bool isTransient = false) => new(code, mask.Clean(detail), remedy, isTransient);

    /// <summary>What a status means wherever it comes from.</summary>
    public ProviderProblem ByStatus(ProviderReply reply, string? providerCode, string said) => reply.Status switch
    {
        >= 300 and < 400 => Problem(ProviderProblems.Settings, reply, providerCode, "a redirect, which is not followed", "Check the API address of the connection."),
        401 => Problem(ProviderProblems.LoginRefused, reply, providerCode, said, $"Check the key of the connection at {title}, and enter it again."),
        403 => Problem(ProviderProblems.Forbidden, reply, providerCode, said, $"Give the connection's key the permissions that the guide lists for {title}."),
        429 => Problem(ProviderProblems.Throttled, reply, providerCode, said, "Nothing to do: it is tried again by itself.", isTransient: true),
        408 or >= 500 => Problem(ProviderProblems.Unavailable, reply, providerCode, said, $"Nothing to do: it is tried again by itself. See the status page of {title} if it lasts.", isTransient: true) with { IsUnknown = reply.Status != 503 },
        _ => Problem(ProviderProblems.Refused, reply, providerCode, said, $"Read what {title} says; correct what it names, and try again."),
    };

    /// <summary>A page for people, or nothing, or JSON of another form: the provider may have acted.</summary>
    public ProviderProblem Unreadable(ProviderReply reply) =>
        Problem(ProviderProblems.Unreadable, reply, null, reply.IsPage ? "a web page in place of data" : reply.IsEmpty ? "nothing in place of data" : "data of another form than it documents",
            $"Check the API address of the connection, and whether a proxy stands before {title}. It is tried again by itself.", isTransient: true) with
        { IsUnknown = true };

    public ProviderProblem TooLong(int status) =>
        new(ProviderProblems.Unreadable, $"{title} answered {status}, longer than anything it documents.", $"Check the API address of the connection, and whether a proxy stands before {title}.", IsTransient: true)
        {
            IsUnknown = true,
            ProviderCode = $"{status}",
        };

    /// <summary>The request did not leave: the provider cannot have acted on it.</summary>
    public ProviderProblem Unreachable(string why) =>
        new(ProviderProblems.Unavailable, mask.Clean($"{title} cannot be reached: {why}."), "Check the API address of the connection and this server's way to the internet. It is tried again by itself.", IsTransient: true);

    /// <summary>It left, and no answer came.</summary>
    public ProviderProblem Lost(string why) =>
        new(ProviderProblems.Unavailable, mask.Clean($"{title} did not answer: {why}."), $"Nothing to do: it is tried again by itself. See the status page of {title} if it lasts.", IsTransient: true) { IsUnknown = true };
}

namespace Mail.Core.Relays.Http;

/// <summary>What an answer means by its status alone, and how it is put when the provider found no words.</summary>
internal static class Wording
{
    /// <summary>The provider's words where they are in no known form.</summary>
    public static string Of(HttpAnswer answer, HttpRelayKind kind) =>
        answer.Words.Trim().Length > 0 ? answer.Words : $"{kind.Title} answered {answer.Status} without a word.";

    /// <summary>A success that is no success of this provider: of a proxy, a captive portal, another API.</summary>
    public static string NotItsForm(HttpAnswer answer, HttpRelayKind kind) => $"What answered {answer.Status} did not answer as {kind.Title} does. Check the API address of the relay.";

    /// <summary>For what the provider has no special case for.</summary>
    public static Meaning ByStatus(HttpAnswer answer, HttpRelayKind kind, string? code, string text) => answer.Status switch
    {
        401 => Meaning.LoginRefused($"{kind.Title} does not accept the login of the relay: {answer.Status} {Quote(code, text)}"),
        403 => Meaning.Unusable($"{kind.Title} does not let the relay send: {answer.Status} {Quote(code, text)}"),
        404 or 405 or 410 => Meaning.Unusable($"{kind.Title} has nothing at the relay's address: {answer.Status} {Quote(code, text)}"),
        408 or 425 or 429 or >= 500 => Meaning.NotNow(answer, code, text),
        >= 400 => Meaning.Never(answer, code, text),
        _ => Meaning.Unknown(answer, code, NotItsForm(answer, kind)),
    };

    /// <summary>For a probe that was not answered with a success.</summary>
    public static RelayFault? ProbeFault(HttpAnswer answer, HttpRelayKind kind, string? text) => answer.Status switch
    {
        429 => null, // it lives
        >= 300 and < 400 => new RelayFault($"{kind.Title} answered {answer.Status} with a redirect, which is not followed. Check the API address of the relay.", IsPermanent: true),
        401 => new RelayFault($"{kind.Title} does not accept the login of the relay: 401 {text ?? Of(answer, kind)}", IsPermanent: true),
        >= 500 or 408 => new RelayFault($"{kind.Title} is not ready: {answer.Status} {text ?? Of(answer, kind)}", IsPermanent: false),
        _ => new RelayFault($"{kind.Title} does not serve the relay: {answer.Status} {text ?? Of(answer, kind)}", IsPermanent: true),
    };

    private static string Quote(string? code, string text) => code is null || text.Contains(code, StringComparison.Ordinal) ? text : $"{code}: {text}";
}

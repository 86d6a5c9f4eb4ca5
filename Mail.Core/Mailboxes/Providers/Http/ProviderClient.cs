using System.Text.Json.Serialization.Metadata;
using Mail.Core.Relays.Http;

namespace Mail.Core.Mailboxes.Providers.Http;

/// <summary>How a connection proves who it is. Safe for many threads.</summary>
internal interface IProviderLogin
{
    /// <returns>The headers that prove it for one request, or why there are none.</returns>
    ValueTask<ProviderOutcome<IReadOnlyList<KeyValuePair<string, string>>>> AuthorizeAsync(ProviderCall call, CancellationToken ct);

    /// <summary>The provider did not accept a proof (401).</summary>
    /// <returns>Whether a new one may be better.</returns>
    bool Forget();
}

/// <summary>A key that goes with every request as it is.</summary>
internal sealed class KeyLogin(string header, string value) : IProviderLogin
{
    private readonly KeyValuePair<string, string>[] _headers = [new(header, value)];

    public static KeyLogin Bearer(Secret key) => new("Authorization", $"Bearer {key.Value}");

    public ValueTask<ProviderOutcome<IReadOnlyList<KeyValuePair<string, string>>>> AuthorizeAsync(ProviderCall call, CancellationToken ct) => ValueTask.FromResult<ProviderOutcome<IReadOnlyList<KeyValuePair<string, string>>>>(_headers);

    public bool Forget() => false;
}

/// <summary>One provider's API: requests that carry our proof, and answers that are either what was asked for or a problem with its remedy.</summary>
/// <param name="explain">What the provider's own codes mean; null leaves an answer to its status.</param>
internal sealed class ProviderClient(ProviderLine line, ProviderWords words, IProviderLogin login, Func<ProviderReply, ProviderProblem?> explain)
{
    public ProviderWords Words => words;

    public TimeProvider Clock => line.Clock;

    /// <returns>A successful answer, or one with a status that the caller deals with itself; else the problem.</returns>
    /// <param name="accepted">Statuses beside 2xx that are no problem, such as 404 where absence is an answer. A page of HTML never is one.</param>
    public async Task<ProviderOutcome<ProviderReply>> SendAsync(ProviderCall call, CancellationToken ct, params int[] accepted)
    {
        for (bool isSecond = false; ; isSecond = true)
        {
            ProviderOutcome<IReadOnlyList<KeyValuePair<string, string>>> headers = await login.AuthorizeAsync(call, ct);
            if (headers.Problem is { } noLogin) return noLogin;
            ProviderOutcome<ProviderReply> sent = await line.SendAsync(call, headers.Value, words, ct);
            if (sent.Problem is not null) return sent;
            ProviderReply reply = sent.Value;
            if (reply.Status == 401 && !isSecond && login.Forget()) continue;
            if (reply.IsSuccess) return reply;
            if (reply.IsPage && reply.Status is >= 400 and < 500 and not 429 and not 408) return words.Unreadable(reply); // not the API: a proxy, or a wrong address
            if (accepted.Contains(reply.Status)) return reply;
            return explain(reply) ?? words.ByStatus(reply, null, reply.IsPage ? "a web page in place of data" : reply.Words);
        }
    }

    /// <returns>The answer's JSON; an answer that is not of this form is a problem.</returns>
    public async Task<ProviderOutcome<T>> ReadAsync<T>(ProviderCall call, JsonTypeInfo<T> type, CancellationToken ct)
    {
        ProviderOutcome<ProviderReply> sent = await SendAsync(call, ct);
        if (sent.Problem is { } problem) return problem;
        return Read(sent.Value, type);
    }

    /// <summary>As <see cref="ReadAsync"/>, where absence is an answer: null for 404.</summary>
    public async Task<ProviderOutcome<T?>> FindAsync<T>(ProviderCall call, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        ProviderOutcome<ProviderReply> sent = await SendAsync(call, ct, 404);
        if (sent.Problem is { } problem) return problem;
        if (sent.Value.Status == 404) return (T?)null;
        ProviderOutcome<T> read = Read(sent.Value, type);
        return read.Problem is { } unreadable ? unreadable : read.Value;
    }

    /// <summary>Deletes; what is not there is deleted.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<ProviderOutcome<bool>> DeleteAsync(Uri uri, CancellationToken ct)
    {
        ProviderOutcome<ProviderReply> sent = await SendAsync(ProviderCall.Delete(uri), ct, 404);
        return sent.Problem is { } problem ? problem : sent.Value.Status != 404;
    }

    public ProviderOutcome<T> Read<T>(ProviderReply reply, JsonTypeInfo<T> type) => reply.TryRead(type, out T? value) ? value : words.Unreadable(reply);
}

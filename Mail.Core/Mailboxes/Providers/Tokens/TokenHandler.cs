using System.Net;
using System.Text;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Relays.Http;

namespace Mail.Core.Mailboxes.Providers.Tokens;

/// <summary>
/// The way of a provider's own token library to its token service: over our line, with its guard and its limits. A refusal is read here, where status, headers and body are still whole: what the
/// libraries make of one differs from version to version, and one of them repeats the request's address.
/// </summary>
/// <param name="lead">Where a request really goes: a library that insists on its maker's address is led to the configured one.</param>
/// <param name="explain">What a refusal means; null leaves it to its status.</param>
internal sealed class TokenHandler(ProviderLine line, ProviderWords words, SecretMask mask, Func<Uri, Uri> lead, Func<ProviderReply, ProviderProblem?> explain) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = request.Content is null ? default : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        ProviderCall call = new(request.Method, lead(request.RequestUri!), request.Content?.Headers.ContentType?.ToString(), body);
        ProviderOutcome<ProviderReply> sent = await line.SendAsync(call, [], words, cancellationToken);
        if (sent.Problem is { } unreached) throw new TokenRefusedException(unreached with { IsUnknown = false }); // nothing was asked of the provider yet
        ProviderReply reply = sent.Value;
        if (!reply.IsSuccess) throw new TokenRefusedException(Refusal(reply) with { IsUnknown = false });
        if (reply.Text("access_token") is not { Length: > 0 } token || token.AsSpan().ContainsAnyExceptInRange('!', '~')) throw new TokenRefusedException(words.Unreadable(reply) with { IsUnknown = false });
        mask.Add(token);
        return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent(reply.Words, Encoding.UTF8, "application/json") };
    }

    private ProviderProblem Refusal(ProviderReply reply)
    {
        if (reply.Json is null && reply.Status is >= 400 and < 500 and not 408 and not 429) return words.Unreadable(reply);
        return explain(reply) ?? words.ByStatus(reply, reply.Text("error"), reply.Json is null ? "" : reply.Text("error_description") ?? "");
    }
}

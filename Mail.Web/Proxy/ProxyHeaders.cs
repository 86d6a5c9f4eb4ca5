using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace Mail.Web.Proxy;

/// <summary>Which headers cross the proxy, in each direction.</summary>
public static class ProxyHeaders
{
    // RFC 9110 §7.6.1: they belong to one connection. Names listed in a Connection header belong there too
    // (as far as Kestrel shows them: beside "keep-alive" it drops the others).
    private static readonly FrozenSet<string> _hopByHop = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade");

    // What a client says about its own address is never passed on: we write these from the connection itself.
    // The trace headers are written by the HTTP client from this request's own activity.
    private static readonly FrozenSet<string> _replaced = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Host", "Expect", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Proto",
        "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Real-IP", "traceparent", "tracestate", "baggage", "Request-Id");

    public static void CopyRequest(HttpRequest from, HttpRequestMessage to)
    {
        foreach ((string name, StringValues values) in from.Headers)
        {
            if (_hopByHop.Contains(name) || _replaced.Contains(name) || IsNamedIn(from.Headers.Connection, name)) continue;
            if (!to.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                to.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        IPAddress? client = from.HttpContext.Connection.RemoteIpAddress;
        if (client is { IsIPv4MappedToIPv6: true }) client = client.MapToIPv4();
        if (client is not null) to.Headers.TryAddWithoutValidation("X-Forwarded-For", client.ToString());
        to.Headers.TryAddWithoutValidation("X-Forwarded-Proto", from.Scheme);
        to.Headers.TryAddWithoutValidation("X-Forwarded-Host", from.Host.ToUriComponent());
        to.Headers.TryAddWithoutValidation("X-Forwarded-Prefix", "/api");
    }

    public static void CopyResponse(HttpResponseMessage from, HttpResponse to)
    {
        StringValues connection = from.Headers.NonValidated.TryGetValues("Connection", out HeaderStringValues named)
            ? named.ToArray() : StringValues.Empty;
        foreach (HttpHeaders headers in (HttpHeaders[])[from.Headers, from.Content.Headers])
            foreach ((string name, HeaderStringValues values) in headers.NonValidated)
                if (!_hopByHop.Contains(name) && !IsNamedIn(connection, name)) to.Headers[name] = values.ToArray();
    }

    private static bool IsNamedIn(StringValues connection, string name)
    {
        foreach (string? line in connection)
            foreach (string token in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
                if (token.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}

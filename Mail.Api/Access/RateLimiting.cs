using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mail.Api.Http;
using Mail.Core.Access;
using Mail.Core.Common;
using Microsoft.Extensions.Options;

namespace Mail.Api.Access;

/// <summary>What one client may ask of an endpoint that needs no key; set on its group.</summary>
public enum ClientRate
{
    /// <summary>Signing in, resetting a password and the like: counted in the database while Redis is away.</summary>
    Accounts,

    /// <summary>Pages behind links in mails.</summary>
    Pages,
}

/// <summary>
/// Refuses what is too much: by client for endpoints without a key, by key and by project where they have a rate. Says in headers what is left
/// (draft-ietf-httpapi-ratelimit-headers, as Resend writes them).
/// </summary>
public sealed class RateLimiting(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, RateLimiter limiter, IOptions<RateOptions> options)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(limiter);
        ArgumentNullException.ThrowIfNull(options);
        foreach ((RateLimit limit, string whose) in Limits(context, options.Value))
        {
            RateAnswer answer = await limiter.TakeAsync(limit, whose, context.RequestAborted);
            Say(context.Response.Headers, answer);
            if (answer.IsAllowed) continue;
            context.Response.Headers.RetryAfter = Seconds(answer.RetryAfter);
            if (context.GetEndpoint()?.Metadata.GetMetadata<RefusalForOtherSites>() is not null)
                (context.Response.Headers.AccessControlAllowOrigin, context.Response.Headers.AccessControlExposeHeaders) = ("*", "Retry-After");
            await Refusal(answer).ToApiError().ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    /// <summary>The same for mail by SMTP.</summary>
    public static Failure Refusal(RateAnswer answer) => new(FailureKind.TooMany, "rate_limit_exceeded", string.Create(CultureInfo.InvariantCulture,
        $"Too many requests: this {answer.Limit.Name} may make {answer.Limit.Count} in {answer.Limit.Window.TotalSeconds:0.###} s. Try again in {Math.Max(1, Math.Ceiling(answer.RetryAfter.TotalSeconds)):0} s."));

    private static IEnumerable<(RateLimit, string)> Limits(HttpContext context, RateOptions options)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ClientRateLimit>() is { } limited)
        {
            RateLimit limit = limited.Rate is ClientRate.Accounts
                ? new RateLimit("client", options.AccountsPerMinute, TimeSpan.FromMinutes(1)) { IsSecurity = true }
                : new RateLimit("client", options.PagesPerMinute, TimeSpan.FromMinutes(1));
            return [(limit, $"{limited.Rate}:{NetworkOf(context.Connection.RemoteIpAddress)}")];
        }

        return context.Features.Get<CurrentProject>()?.Rates ?? [];
    }

    /// <summary>Who has an IPv6 address has 2^64 of them.</summary>
    private static string NetworkOf(IPAddress? client)
    {
        if (client is null) return "unknown";
        if (client.IsIPv4MappedToIPv6) return client.MapToIPv4().ToString();
        return client.AddressFamily is AddressFamily.InterNetworkV6 ? new IPNetwork(client, 64).ToString() : client.ToString();
    }

    /// <summary>Of several limits the one that is nearest is said.</summary>
    private static void Say(IHeaderDictionary headers, RateAnswer answer)
    {
        if (int.TryParse(headers["ratelimit-remaining"], CultureInfo.InvariantCulture, out int said) && said <= answer.Remaining && answer.IsAllowed) return;
        headers["ratelimit-limit"] = answer.Limit.Count.ToString(CultureInfo.InvariantCulture);
        headers["ratelimit-remaining"] = answer.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["ratelimit-reset"] = Seconds(answer.FullIn);
        headers["ratelimit-policy"] = string.Create(CultureInfo.InvariantCulture, $"{answer.Limit.Count};w={answer.Limit.Window.TotalSeconds:0}");
    }

    private static string Seconds(TimeSpan time) => Math.Max(1, Math.Ceiling(time.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
}

/// <summary>Endpoint metadata.</summary>
public sealed record ClientRateLimit(ClientRate Rate);

/// <summary>
/// Endpoint metadata: scripts on other sites call it. They may all read that there were too many calls, whose site ever that is: it says nothing of anybody, and looking up whom it may be told would
/// cost what the limit is there to save.
/// </summary>
public sealed record RefusalForOtherSites;

public static class RateLimitingExtensions
{
    /// <summary>For endpoints that need no key.</summary>
    public static TBuilder LimitedByClient<TBuilder>(this TBuilder endpoints, ClientRate rate) where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new ClientRateLimit(rate));
}

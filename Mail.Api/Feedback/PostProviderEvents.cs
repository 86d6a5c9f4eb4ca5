using Mail.Api.Http;
using Mail.Api.Relays;
using Mail.Core.Common;
using Mail.Core.Feedback.Providers;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Mail.Api.Feedback;

/// <summary>POST /inbound/providers/{id}: the webhook of the provider that a relay sends over. It bears no key of ours: the provider's own signature is the proof.</summary>
public static class PostProviderEvents
{
    public static void Map(IEndpointRouteBuilder inbound) =>
        inbound.MapPost("/providers/{id}", Handle).Accepts<IFormFile>("application/json", "text/plain")
            .ProducesApiError(404).ProducesApiError(406).ProducesApiError(409).ProducesApiError(413).ProducesApiError(503)
            .WithDescription("For SendGrid, Amazon SES (over SNS), Mailgun, Postmark and Resend, signed as each of them signs. `id` is the relay's; its `webhook_url` is this address. "
                + "Events are recorded before the answer; about messages that the project does not have they change nothing.");

    /// <param name="Events">How many were about recipients of messages.</param>
    /// <param name="Changed">How many changed a state or the suppression list.</param>
    /// <param name="Told">How many were noted beside the state: delays, openings, clicks.</param>
    /// <param name="Unmatched">How many were about no message of the project.</param>
    public sealed record Response(string Object, int Events, int Changed, int Told, int Unmatched);

    /// <summary>The address to enter at the provider; null where the provider has no webhooks, or while nobody has said where this API is reached.</summary>
    public static string? UrlOf(ConfiguredRelay relay, PublicUrl site)
    {
        ArgumentNullException.ThrowIfNull(relay);
        ArgumentNullException.ThrowIfNull(site);
        return site.Value is { } url && HttpRelayKind.Find(relay.Kind) is { } kind && WebhookFields.Of(kind.Kind) is not null ? $"{url.AbsoluteUri.TrimEnd('/')}/inbound/providers/{relay.Id}" : null;
    }

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, HttpRequest http, ProviderWebhooks webhooks, IOptions<ProviderWebhookOptions> options, CancellationToken ct)
    {
        Result<ProviderRelay> relay = await webhooks.FindAsync(RelayRequest.Id(id), ct); // before the body: a stranger makes us hold nothing
        if (!relay.IsSuccess) return relay.Failure.ToApiError();
        byte[] body = await JsonBody.ReadBytesAsync(http, options.Value.MaxBytes, ct);
        Result<ProviderEffects> taken = await webhooks.TakeAsync(relay.Value, new ProviderRequest(name => http.Headers[name] is [string only] ? only : null, body), ct);
        if (!taken.IsSuccess) return Refusal(taken.Failure, relay.Value.Webhook);
        ProviderEffects effects = taken.Value;
        return TypedResults.Ok(new Response("provider_events", effects.Events, effects.Changed, effects.Told, effects.Unmatched));
    }

    /// <summary>Some providers stop sending a request again at one status only: it is theirs for what can never be taken.</summary>
    private static ApiError Refusal(Failure failure, IProviderWebhook webhook) =>
        webhook.StopsRetries is { } stop && failure.Code is (WebhookRefusals.TooOld or WebhookRefusals.AlreadyTaken) ? new ApiError(stop, failure.Code, failure.Detail) : failure.ToApiError();
}

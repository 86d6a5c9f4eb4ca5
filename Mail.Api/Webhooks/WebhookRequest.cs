using System.Text.Json;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Webhooks;

namespace Mail.Api.Webhooks;

/// <summary>The body of POST /webhooks and PATCH /webhooks/{id}. What is absent keeps its value.</summary>
/// <param name="Endpoint">Where requests go: an https URL that is reached from the public internet.</param>
/// <param name="Events">Names such as `email.bounced`; see docs/guides/webhooks.md.</param>
/// <param name="Status">PATCH only: `enabled` or `disabled`.</param>
/// <param name="Enabled">PATCH only: the same as `status`, as a boolean.</param>
public sealed record WebhookRequest(string? Endpoint, IReadOnlyList<string?>? Events, string? Status, bool? Enabled)
{
    private static readonly string[] _fields = ["endpoint", "events", "status", "enabled"];

    public static async Task<Result<WebhookWish>> ReadAsync(HttpRequest http, bool isNew, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<WebhookRequest> request = JsonBody.Parse(body, ApiJson.Default.WebhookRequest);
        if (!request.IsSuccess) return request.Failure;
        using JsonDocument document = JsonDocument.Parse(body);
        foreach (JsonProperty field in document.RootElement.EnumerateObject())
        {
            if (!_fields.Contains(field.Name))
                return Failure.Field(field.Name.Length <= 60 ? field.Name : $"{field.Name[..60]}…", $"is no field of a webhook; these are: {string.Join(", ", _fields)}.");
            if (field.Value.ValueKind is JsonValueKind.Null) return Failure.Field(field.Name, "must not be null; leave it out to keep it as it is.");
        }

        WebhookRequest wish = request.Value;
        if (isNew && wish.Status is not null) return Failure.Field("status", "is for changes of a webhook that is there.");
        if (isNew && wish.Enabled is not null) return Failure.Field("enabled", "is for changes of a webhook that is there.");
        if (wish.Status is not (null or "enabled" or "disabled")) return Failure.Field("status", "must be `enabled` or `disabled`.");
        if (wish is { Status: { } status, Enabled: { } enabled } && status == "enabled" != enabled) return Failure.Field("enabled", "contradicts `status`.");
        return new WebhookWish(wish.Endpoint, wish.Events, wish.Enabled ?? (wish.Status is null ? null : wish.Status == "enabled"));
    }

    /// <summary>What is no id is no webhook.</summary>
    public static Guid Id(string text) => Guid.TryParse(text, out Guid id) ? id : default;
}

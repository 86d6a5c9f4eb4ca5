namespace Mail.Api.Webhooks;

/// <summary>An event's id as receivers see it in the header webhook-id.</summary>
internal static class WebhookEventId
{
    private const string Prefix = "evt_";

    public static string Shown(Guid id) => $"{Prefix}{id:N}";

    public static bool TryParse(string text, out Guid id) => Guid.TryParse(text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text, out id);
}

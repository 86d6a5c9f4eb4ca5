using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mail.Core.Mailboxes.Providers.Http;

/// <summary>What a provider answered, read up to a limit.</summary>
internal sealed class ProviderReply
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);

    private readonly HttpResponseHeaders _headers;
    private readonly ReadOnlyMemory<byte> _body;

    /// <param name="now">When it came: a date in it is turned into a time span.</param>
    public ProviderReply(int status, HttpResponseHeaders headers, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        (Status, _headers, _body) = (status, headers, body);
        Json = Parse(body);
        RetryAfter = Wait(now);
    }

    public int Status { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsEmpty => _body.IsEmpty;

    /// <summary>The body, when it is JSON as a whole; null when it is anything else.</summary>
    public JsonElement? Json { get; }

    /// <summary>The body as text.</summary>
    public string Words => Encoding.UTF8.GetString(_body.Span);

    /// <summary>A page for people in place of an answer for programs: a proxy's, or that of a site which is down.</summary>
    public bool IsPage => Json is null && Words.AsSpan(0, Math.Min(Words.Length, 200)).TrimStart() is var start
        && (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<h1", StringComparison.OrdinalIgnoreCase));

    /// <summary>How long the provider asks to wait, at most a day.</summary>
    public TimeSpan? RetryAfter { get; }

    public string? Header(string name) => _headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    /// <summary>A text or number somewhere in the JSON; null where the path ends in nothing or in something else.</summary>
    /// <param name="path">Names of properties; of an array the first element is taken.</param>
    public string? Text(params ReadOnlySpan<string> path)
    {
        if (Json is not { } at) return null;
        foreach (string name in path)
        {
            if (at.ValueKind == JsonValueKind.Array && at.GetArrayLength() > 0) at = at[0];
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        }

        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number => at.GetRawText(),
            _ => null,
        };
    }

    /// <returns>False when the body is not of this form.</returns>
    public bool TryRead<T>(JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
    {
        value = default;
        try
        {
            if (Json is { } json) value = json.Deserialize(type);
        }
        catch (JsonException)
        {
            return false;
        }

        return value is not null;
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TimeSpan? Wait(DateTimeOffset now)
    {
        TimeSpan? wait = _headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ when Status == 429 && long.TryParse(Header("x-ratelimit-reset"), out long end) && end is > 0 and < 10_000_000_000 => DateTimeOffset.FromUnixTimeSeconds(end) - now,
            _ => null,
        };
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > _longestWait ? _longestWait : wait;
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Mail.Core.Relays.Http;

/// <summary>What a provider answered, read up to a limit.</summary>
internal sealed class HttpAnswer
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);

    private readonly HttpResponseHeaders _headers;

    /// <param name="body">What could be read of it.</param>
    /// <param name="now">When it came: a date in it is turned into a time span.</param>
    public HttpAnswer(int status, HttpResponseHeaders headers, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        Status = status;
        Body = body;
        _headers = headers;
        Json = Parse(body);
        Words = Json is null ? Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 2000)]) : "";
        RetryAfter = Wait(now);
    }

    public int Status { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>What could be read of the body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Whether that is all of it: nothing broke off, and it was not longer than was asked for.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The body, when it is JSON as a whole; null when it is anything else.</summary>
    public JsonElement? Json { get; }

    /// <summary>The beginning of a body that is not JSON.</summary>
    public string Words { get; }

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
            _ => Status == 429 ? Reset(now) : null,
        };
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > _longestWait ? _longestWait : wait;
    }

    /// <summary>The end of a rate window, as some providers say instead: seconds to wait, or a Unix time in seconds or milliseconds.</summary>
    private TimeSpan? Reset(DateTimeOffset now)
    {
        string? text = Header("ratelimit-reset") ?? Header("x-ratelimit-reset");
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) || value > 1e14) return null;
        return value switch
        {
            > 1e11 => DateTimeOffset.FromUnixTimeMilliseconds((long)value) - now,
            > 1e8 => DateTimeOffset.FromUnixTimeSeconds((long)value) - now,
            _ => TimeSpan.FromSeconds(value),
        };
    }
}

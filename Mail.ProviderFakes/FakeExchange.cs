using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mail.ProviderFakes;

/// <summary>A request as it came.</summary>
/// <param name="Prefix">The first segment of its path: which door of which provider.</param>
/// <param name="Path">What follows the prefix, as it came over the line, without the query: `/v3/api_keys`.</param>
/// <param name="Query">Decoded; of several values of a name, the last one.</param>
/// <param name="RawTarget">Path and query with the prefix: what a signature is made over.</param>
/// <param name="Headers">By names in upper case.</param>
public sealed record FakeRequest(
    string Prefix, string Method, string Path, IReadOnlyDictionary<string, string> Query, string RawTarget, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>An empty object when there is no body.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    [JsonIgnore]
    public JsonElement Json
    {
        get
        {
            using JsonDocument document = JsonDocument.Parse(Body.IsEmpty ? "{}"u8.ToArray() : Body);
            return document.RootElement.Clone();
        }
    }

    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The fields of a form in a URL's encoding.</summary>
    public IReadOnlyDictionary<string, string> Form => Fields(Text);

    /// <summary>The path cut at its slashes and decoded, without the empty beginning.</summary>
    public string[] Segments => [.. Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    public string? Header(string name) => Headers.GetValueOrDefault(name.ToUpperInvariant());

    /// <summary>The token of `Authorization: Bearer`, or null.</summary>
    public string? Bearer => Header("Authorization") is { } value && value.StartsWith("Bearer ", StringComparison.Ordinal) ? value["Bearer ".Length..] : null;

    internal static Dictionary<string, string> Fields(string text)
    {
        Dictionary<string, string> fields = [];
        foreach (string pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            fields[Decode(parts[0])] = parts.Length > 1 ? Decode(parts[1]) : "";
        }

        return fields;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

[JsonConverter(typeof(JsonStringEnumConverter<FakeEnd>))]
public enum FakeEnd
{
    Answer,

    /// <summary>Never answers, until the caller goes.</summary>
    Hang,

    /// <summary>Closes the connection without an answer.</summary>
    Drop,

    /// <summary>Breaks off when some of the answer is still missing.</summary>
    Cut,

    /// <summary>Begins to answer and never stops.</summary>
    Endless,
}

/// <summary>What a provider answers.</summary>
public sealed record FakeAnswer(int Status, string Body = "", string ContentType = "application/json", FakeEnd End = FakeEnd.Answer)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static FakeAnswer Hang { get; } = new(0, End: FakeEnd.Hang);

    public static FakeAnswer Drop { get; } = new(0, End: FakeEnd.Drop);

    /// <summary>What a proxy in front of the provider says when the provider is away.</summary>
    public static FakeAnswer Html { get; } = new(200, "<html><body><h1>We'll be back soon</h1></body></html>", "text/html");

    public static FakeAnswer Empty(int status = 204) => new(status);

    public static FakeAnswer Json(int status, object body) => new(status, JsonSerializer.Serialize(body));

    public static FakeAnswer Xml(int status, string body) => new(status, body, "text/xml");

    public FakeAnswer With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };
}

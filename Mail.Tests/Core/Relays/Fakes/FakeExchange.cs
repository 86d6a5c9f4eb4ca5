using System.Text;
using System.Text.Json;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>A request as it came.</summary>
/// <param name="Path">With the query.</param>
internal sealed record FakeRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The fields of a form in a URL's encoding.</summary>
    public IReadOnlyDictionary<string, string> Form => Text.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));

    public string? Header(string name) => Headers.GetValueOrDefault(name.ToUpperInvariant());
}

internal enum FakeEnd
{
    Answer,

    /// <summary>Never answers, until the caller goes.</summary>
    Hang,

    /// <summary>Closes the connection without an answer.</summary>
    Drop,

    /// <summary>Begins to answer and never stops.</summary>
    Endless,

    /// <summary>Breaks off when some of the answer is still missing.</summary>
    Cut,
}

/// <summary>What a provider answers.</summary>
internal sealed record FakeAnswer(int Status, string Body = "", string ContentType = "application/json", FakeEnd End = FakeEnd.Answer)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static FakeAnswer Hang { get; } = new(0, End: FakeEnd.Hang);

    public static FakeAnswer Drop { get; } = new(0, End: FakeEnd.Drop);

    public static FakeAnswer Json(int status, object body) => new(status, JsonSerializer.Serialize(body));

    public FakeAnswer With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };
}

/// <summary>A message that a provider took: whom it delivers to, and what it was given.</summary>
/// <param name="Recipients">All who get it, as the provider reads the request.</param>
/// <param name="Visible">Those whom the others see.</param>
/// <param name="Mime">For the providers that take it.</param>
internal sealed record FakeMail(string Provider, IReadOnlyList<string> Recipients, IReadOnlyList<string> Visible, byte[] Mime, JsonElement Json, FakeRequest Request);

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mail.Core.Relays.Http;

/// <summary>What was said in one request, for people: where it went and how large it was, never what was in it; of the answer its status, the ids by which a provider finds it, and the beginning of its body.</summary>
internal static class HttpTranscript
{
    private const int LongestBody = 1024;

    /// <summary>By which providers' support finds a request, and what they ask for.</summary>
    private static readonly string[] _told = ["x-request-id", "request-id", "x-amzn-requestid", "x-message-id", "client-request-id", "x-mailgun-request-id", "retry-after"];

    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // shown as text; and an address in it is found as it is

    public static string Write(RelayRequest request, Exchange exchange, TimeSpan took, SecretMask mask)
    {
        List<AttemptLine> lines =
        [
            new(TimeSpan.Zero, AttemptSpeaker.Client, mask.Clean($"{request.Method} {request.Uri.GetLeftPart(UriPartial.Path)}")),
            new(TimeSpan.Zero, AttemptSpeaker.Client, string.Create(CultureInfo.InvariantCulture, $"({request.Body.Length:N0} octets)")),
        ];
        if (exchange.Answer is not { } answer)
        {
            lines.Add(new AttemptLine(took, AttemptSpeaker.Note, mask.Clean(exchange.Problem)));
            return AttemptTranscript.Write(lines);
        }

        lines.Add(new AttemptLine(took, AttemptSpeaker.Server, string.Create(CultureInfo.InvariantCulture, $"HTTP {answer.Status}")));
        foreach (string name in _told)
            if (answer.Header(name) is { } value) lines.Add(new AttemptLine(took, AttemptSpeaker.Server, mask.Clean($"{name}: {value}")));
        string body = mask.Clean(answer.Json is { } json ? JsonSerializer.Serialize(json, _readable) : answer.Words, LongestBody);
        for (int start = 0; start < body.Length; start += LongestBody / 2) // a line of a transcript is shorter
            lines.Add(new AttemptLine(took, AttemptSpeaker.Server, body[start..Math.Min(body.Length, start + LongestBody / 2)]));
        return AttemptTranscript.Write(lines);
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mail.Core.Common;

namespace Mail.Api.Http;

/// <summary>The server that a command at a terminal talks to, with the key that stands in its environment: never on the command line, where others on the machine can read it.</summary>
internal static class CommandServer
{
    public const string KeyHelp = "The API key, of the project, stands in MAIL_API_KEY, or in the file that MAIL_API_KEY_FILE names.";

    /// <param name="given">`--server`; null for MAIL_SERVER.</param>
    public static Result<Uri> Address(string? given, Func<string, string?> environment) =>
        Uri.TryCreate((given ?? environment("MAIL_SERVER"))?.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? url
            : Failure.Field("--server", "must be the address of the API, such as https://mail.example.com.");

    public static Result<string> Key(Func<string, string?> environment)
    {
        Result<string?> key = Secret("MAIL_API_KEY", environment);
        if (!key.IsSuccess) return key.Failure;
        return string.IsNullOrEmpty(key.Value) || key.Value.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')) ? Failure.Field("MAIL_API_KEY", "must be set to an API key of the project.") : key.Value;
    }

    /// <summary>The variable, or what stands in the file that NAME_FILE names; null when neither is set.</summary>
    public static Result<string?> Secret(string name, Func<string, string?> environment)
    {
        string? value = environment(name), file = environment($"{name}_FILE");
        if (!string.IsNullOrEmpty(value) && !string.IsNullOrEmpty(file)) return Failure.Field(name, $"and `{name}_FILE` are both set. Remove one of them.");
        if (!string.IsNullOrEmpty(file) && !File.Exists(file)) return Failure.Field($"{name}_FILE", $"names no file: '{file}'.");
        return string.IsNullOrEmpty(file) ? value : File.ReadAllText(file).Trim();
    }

    /// <summary>The language of words for people: what was asked for, else by LANG.</summary>
    public static Result<string> Language(string? given, Func<string, string?> environment)
    {
        string language = given ?? (environment("LANG")?.StartsWith("fr", StringComparison.Ordinal) is true ? "fr" : "en");
        return language is "en" or "fr" ? language : Failure.Field("--language", "must be `en` or `fr`.");
    }

    /// <param name="handler">Leads to the server; follows no redirects: the key goes where it was meant for.</param>
    public static HttpClient Client(HttpMessageHandler handler, Uri server, string key, string language, TimeSpan timeout)
    {
        HttpClient http = new(handler, disposeHandler: false) { BaseAddress = server, Timeout = timeout };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return http;
    }

    /// <returns>The status, and what was answered; `default` for what is no JSON object.</returns>
    public static async Task<(int Status, JsonElement Answer)> AskAsync(this HttpClient http, HttpMethod method, string path, string? body, CancellationToken ct)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = await http.SendAsync(request, ct);
        string text = await response.Content.ReadAsStringAsync(ct);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return ((int)response.StatusCode, document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : default);
        }
        catch (JsonException)
        {
            return ((int)response.StatusCode, default);
        }
    }

    public static string? Text(this JsonElement answer, string name) =>
        answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>What a server says moves no cursor of a terminal and ends no line of a log.</summary>
    public static string Printable(string line) => string.Concat(line.Select(c => char.IsControl(c) && c != '\t' ? '\uFFFD' : c));
}

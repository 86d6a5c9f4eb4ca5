using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api;

/// <summary>One call, its status demanded, its JSON read.</summary>
internal static class ApiCalls
{
    public static Task<JsonElement> PostAsync(this HttpClient client, string path, string body, HttpStatusCode expected, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Post, path, body, expected, headers);

    public static Task<JsonElement> PatchAsync(this HttpClient client, string path, string body, HttpStatusCode expected) => client.SendAsync(HttpMethod.Patch, path, body, expected);

    public static Task<JsonElement> PutAsync(this HttpClient client, string path, string body, HttpStatusCode expected) => client.SendAsync(HttpMethod.Put, path, body, expected);

    public static async Task<JsonElement> DeleteAsync(this HttpClient client, string path, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await client.DeleteAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(response, expected);
    }

    private static async Task<JsonElement> SendAsync(this HttpClient client, HttpMethod method, string path, string body, HttpStatusCode expected, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path) { Content = ApiFixture.Json(body) };
        foreach ((string name, string value) in headers) request.Headers.Add(name, value);
        using HttpResponseMessage response = await client.SendAsync(request);
        return await ReadAsync(response, expected);
    }

    public static async Task<JsonElement> GetAsync(this HttpClient client, string path, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(response, expected);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {body}");
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }
}

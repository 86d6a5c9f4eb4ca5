using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mail.Core.Mailboxes.Providers.Http;

/// <summary>A request to a provider, whole in memory: what is signed and what is sent is the same.</summary>
/// <param name="ContentType">Null for a request without a body.</param>
internal sealed record ProviderCall(HttpMethod Method, Uri Uri, string? ContentType = null, ReadOnlyMemory<byte> Body = default)
{
    /// <summary>Beside those of the login.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static ProviderCall Get(Uri uri) => new(HttpMethod.Get, uri);

    public static ProviderCall Delete(Uri uri) => new(HttpMethod.Delete, uri);

    /// <param name="type">Of a source-generated context: says what goes over the line and under which names.</param>
    public static ProviderCall Json<T>(HttpMethod method, Uri uri, T body, JsonTypeInfo<T> type) => new(method, uri, "application/json", JsonSerializer.SerializeToUtf8Bytes(body, type));

    public static ProviderCall Form(Uri uri, params IEnumerable<(string Name, string Value)> fields) =>
        new(HttpMethod.Post, uri, "application/x-www-form-urlencoded",
            Encoding.ASCII.GetBytes(string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"))));

    /// <summary>Without query and body: both may hold secrets.</summary>
    public override string ToString() => $"{Method} {Uri.GetLeftPart(UriPartial.Path)}";
}

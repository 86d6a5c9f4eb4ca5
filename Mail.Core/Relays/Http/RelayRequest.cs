using System.Text;

namespace Mail.Core.Relays.Http;

/// <summary>A request to a provider, whole in memory: what is signed, counted and sent is the same.</summary>
/// <param name="Body">Empty for a GET.</param>
internal sealed record RelayRequest(HttpMethod Method, Uri Uri, string? ContentType, ReadOnlyMemory<byte> Body)
{
    public const int UsualAnswer = 64 * 1024;

    /// <summary>Beside those of the credentials.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>More of an answer than this is not read, in bytes; as it is, enough for what a provider says of a message that it took.</summary>
    public int LongestAnswer { get; init; } = UsualAnswer;

    public static RelayRequest Get(Uri uri) => new(HttpMethod.Get, uri, null, default);

    public static RelayRequest Json(Uri uri, ReadOnlyMemory<byte> body) => new(HttpMethod.Post, uri, "application/json", body);

    public static RelayRequest Form(Uri uri, params IEnumerable<(string Name, string Value)> fields) =>
        new(HttpMethod.Post, uri, "application/x-www-form-urlencoded",
            Encoding.ASCII.GetBytes(string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"))));
}

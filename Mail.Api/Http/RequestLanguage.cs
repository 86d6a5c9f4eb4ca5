using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Mail.Api.Http;

/// <summary>The language in which texts for people are answered.</summary>
internal static class RequestLanguage
{
    private static readonly string[] _known = ["en", "fr"];

    /// <summary>The one of Accept-Language (RFC 9110 §12.5.4) that we have and that the caller likes most; English without it.</summary>
    public static string Of(HttpRequest request)
    {
        IList<StringWithQualityHeaderValue> accepted = new RequestHeaders(request.Headers).AcceptLanguage;
        return accepted.Where(value => value.Quality is not 0)
            .OrderByDescending(value => value.Quality ?? 1)
            .Select(value => Array.Find(_known, known => value.Value.StartsWith(known, StringComparison.OrdinalIgnoreCase) && (value.Value.Length == 2 || value.Value.Value![2] == '-')))
            .FirstOrDefault(known => known is not null) ?? "en";
    }
}

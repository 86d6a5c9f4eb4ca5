using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mail.Api.Http;
using Mail.Core.Common;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Domains;

/// <summary>The body of POST /domains and PATCH /domains/{id}.</summary>
/// <param name="Name">POST only: the domain, such as `example.com`; internationalized names as people write them or in A-labels.</param>
/// <param name="IncludeSubdomains">Whether mail from domains below it is accepted and signed with its key, too. True without it.</param>
public sealed record DomainRequest(string? Name, bool? IncludeSubdomains)
{
    // What Resend's SDK may send and what has no meaning here: a region is a relay's, tracking is a message's.
    private static readonly string[] _tolerated = ["region", "custom_return_path", "tls", "open_tracking", "click_tracking", "capabilities"];

    public static RequestSizeLimitAttribute SizeLimit { get; } = new(16 * 1024);

    /// <summary>What is no id is no domain.</summary>
    public static DomainId Id(string text) => Guid.TryParse(text, out Guid id) ? new DomainId(id) : default;

    public static async Task<Result<DomainRequest>> ReadAsync(HttpRequest http, bool isNew, CancellationToken ct)
    {
        Result<(DomainRequest Body, HashSet<string> Given)> read = await ReadAsync(http, ApiJson.Default.DomainRequest, [.. isNew ? ["name"] : Array.Empty<string>(), "include_subdomains", .. _tolerated], "a domain", ct);
        if (!read.IsSuccess) return read.Failure;
        (DomainRequest body, HashSet<string> given) = read.Value;
        return given.Contains("include_subdomains") && body.IncludeSubdomains is null ? Failure.Field("include_subdomains", "must be true or false.") : body;
    }

    /// <summary>A small object whose every field is known: a typing error must not go unnoticed.</summary>
    internal static async Task<Result<(T Body, HashSet<string> Given)>> ReadAsync<T>(HttpRequest http, JsonTypeInfo<T> type, string[] fields, string what, CancellationToken ct) where T : class
    {
        byte[] bytes = await JsonBody.ReadBytesAsync(http, ct);
        Result<T> body = JsonBody.Parse(bytes, type);
        if (!body.IsSuccess) return body.Failure;
        using JsonDocument document = JsonDocument.Parse(bytes);
        HashSet<string> given = [.. document.RootElement.EnumerateObject().Select(field => field.Name)];
        return given.FirstOrDefault(name => !fields.Contains(name)) is { } unknown
            ? Failure.Field(unknown.Length <= 60 ? unknown : $"{unknown[..60]}…", $"cannot be set of {what}; these can: {string.Join(", ", fields.Except(_tolerated))}.")
            : (body.Value, given);
    }
}

using System.Text.Json;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mail.Api.Projects;

/// <summary>The body of POST /api-keys and PATCH /api-keys/{id}. What is absent keeps its value.</summary>
/// <param name="Name">By which people know it.</param>
/// <param name="Permission">`full_access`: all that you may do yourself; `sending_access`: to send. For anything between: `scopes`.</param>
/// <param name="Scopes">What it may do, such as `emails:send`; none that you do not have yourself.</param>
/// <param name="Domains">The domains that it may send from; empty for any.</param>
/// <param name="DomainId">One of the project's domains, in place of `domains`.</param>
/// <param name="AllowedIps">Addresses and networks (CIDR) from where it may be used; empty for anywhere.</param>
/// <param name="RatePerSecond">How many requests it may make in a second; null for any number.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
/// <param name="Test">POST only: a key whose mail goes to the project's sandbox inbox and nowhere else.</param>
public sealed record ApiKeyRequest(
    string? Name, string? Permission, IReadOnlyList<string?>? Scopes, IReadOnlyList<string?>? Domains, string? DomainId, IReadOnlyList<string?>? AllowedIps, int? RatePerSecond, DateTimeOffset? ExpiresAt, bool? Test)
{
    private static readonly string[] _fields = ["name", "permission", "scopes", "domains", "domain_id", "allowed_ips", "rate_per_second", "expires_at", "test"];

    public static RequestSizeLimitAttribute SizeLimit => new(16 * 1024);

    public static async Task<Result<(ApiKeyWish Wish, bool? IsTest)>> ReadAsync(HttpRequest http, ProjectId project, MailDbContext db, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<ApiKeyRequest> read = JsonBody.Parse(body, ApiJson.Default.ApiKeyRequest);
        if (!read.IsSuccess) return read.Failure;
        using JsonDocument document = JsonDocument.Parse(body);
        HashSet<string> given = [.. document.RootElement.EnumerateObject().Select(field => field.Name)];
        if (given.FirstOrDefault(name => !_fields.Contains(name)) is { } unknown) return Failure.Field(unknown.Length <= 60 ? unknown : $"{unknown[..60]}…", $"is no field of an API key; these are: {string.Join(", ", _fields)}.");
        ApiKeyRequest request = read.Value;
        IReadOnlyList<string?>? domains = request.Domains;
        if (request.DomainId is { } domainId)
        {
            if (domains is not null) return Failure.Field("domain_id", "is a short form of `domains`; give one of the two.");
            string? name = Guid.TryParse(domainId, out Guid id) ? await db.Domains.Where(domain => domain.ProjectId == project && domain.Id == new DomainId(id)).Select(domain => domain.Name).SingleOrDefaultAsync(ct) : null;
            if (name is null) return Failure.Field("domain_id", "names no domain of this project.");
            domains = [name];
        }

        return (new ApiKeyWish(request.Name, request.Permission, request.Scopes, domains, request.AllowedIps, (given.Contains("rate_per_second"), request.RatePerSecond), (given.Contains("expires_at"), request.ExpiresAt)), request.Test);
    }

    /// <summary>What is no id is no key.</summary>
    public static Guid Id(string text) => Guid.TryParse(text, out Guid id) ? id : default;
}

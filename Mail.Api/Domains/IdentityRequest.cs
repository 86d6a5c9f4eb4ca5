using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains.Identities;

namespace Mail.Api.Domains;

/// <summary>The body of POST /sender-identities and PATCH /sender-identities/{id}. What is absent stays; null or an empty text takes it out.</summary>
/// <param name="Email">The address alone. It gets a mail with a link.</param>
/// <param name="Name">Who its mail is shown to be from.</param>
/// <param name="ReplyTo">Where answers go.</param>
/// <param name="Company">Whose address it is.</param>
/// <param name="PostalAddress">Which many countries want in bulk mail.</param>
public sealed record IdentityRequest(string? Email, string? Name, string? ReplyTo, string? Company, string? PostalAddress)
{
    private static readonly string[] _fields = ["email", "name", "reply_to", "company", "postal_address"];

    /// <summary>What is no id is no identity.</summary>
    public static SenderIdentityId Id(string text) => Guid.TryParse(text, out Guid id) ? new SenderIdentityId(id) : default;

    public static async Task<Result<IdentityWish>> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        Result<(IdentityRequest Body, HashSet<string> Given)> read = await DomainRequest.ReadAsync(http, ApiJson.Default.IdentityRequest, _fields, "a sender identity", ct);
        if (!read.IsSuccess) return read.Failure;
        (IdentityRequest body, HashSet<string> given) = read.Value;
        return new IdentityWish(given, body.Email, body.Name, body.ReplyTo, body.Company, body.PostalAddress);
    }
}

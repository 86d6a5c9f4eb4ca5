using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Mail.Core.Invitations;

internal sealed record TicketHeader(string Alg, string Kid, string Typ);

/// <param name="Aud">Where it may be used: the origin of the campaign's address.</param>
/// <param name="Sub">The application.</param>
/// <param name="Start">1 for the first time that this candidate begins, and so on.</param>
internal sealed record TicketClaims(string Iss, string Aud, string Sub, string Jti, long Iat, long Exp, Guid Invitation, Guid Campaign, int Start, bool Test);

/// <summary>
/// Tickets: what the start page hands to the app's page, so that it knows who comes and that they come from here. A JWT (RFC 7519) signed by ES256 with the project's key, for five minutes and one
/// use. How to verify one: docs/guides/invitations.md.
/// </summary>
public sealed class InterviewTickets(TicketKeys keys, InvitationLinks links)
{
    public const string Parameter = "ticket";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <returns>Where to lead the candidate.</returns>
    internal async Task<Uri> AddressAsync(Campaign campaign, Invitation started, DateTimeOffset now, NpgsqlConnection within, CancellationToken ct)
    {
        Uri target = new(campaign.TargetUrl);
        TicketClaims claims = new(
            links.Issuer!, target.GetLeftPart(UriPartial.Authority), started.ApplicationId, Guid.NewGuid().ToString("N"), now.ToUnixTimeSeconds(), (now + Lifetime).ToUnixTimeSeconds(),
            started.Id, campaign.Id, started.Starts, campaign.IsTest);
        (string kid, ECDsa key) = await keys.SigningAsync(campaign.Project, within, ct);
        using (key)
        {
            string signed = $"{Part(JsonSerializer.SerializeToUtf8Bytes(new TicketHeader("ES256", kid, "JWT"), InvitationJson.Default.TicketHeader))}.{Part(JsonSerializer.SerializeToUtf8Bytes(claims, InvitationJson.Default.TicketClaims))}";
            string ticket = $"{signed}.{Part(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}"; // r and s, 32 octets each (RFC 7518 §3.4)
            return new UriBuilder(target) { Query = $"{(target.Query.Length > 1 ? target.Query[1..] + "&" : "")}{Parameter}={ticket}" }.Uri;
        }
    }

    private static string Part(byte[] octets) => Base64Url.EncodeToString(octets);
}

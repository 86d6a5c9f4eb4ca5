using System.Text.Json;
using Mail.Core.ActionLinks;

namespace Mail.Api.ActionLinks;

/// <summary>A link and what became of it. Neither its address nor its code is shown again.</summary>
/// <param name="State">`open`, `used`, `expired` or `revoked`.</param>
/// <param name="Decision">Null while nobody has decided.</param>
public sealed record ActionLinkResponse(
    string Object, string Id, string Purpose, string Subject, string State, bool SingleUse, string? Group, string? Title, string? Text, IReadOnlyList<ActionChoice> Choices, string? RedirectUrl, JsonElement? Metadata,
    string? Locale, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, int Uses, ActionLinkResponse.DecisionFacts? Decision)
{
    /// <param name="ActionLinkId">By which link: another one of the group, maybe.</param>
    /// <param name="Ip">From where, as far as we see.</param>
    public sealed record DecisionFacts(string ActionLinkId, string Choice, DateTimeOffset At, string? Ip, string? UserAgent);

    public static ActionLinkResponse Of(ActionLink link, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new ActionLinkResponse(
            "action_link", link.Id.ToString(), link.Purpose, link.Subject, NameOf(link.StateAt(now)), link.SingleUse, link.Group, link.Title, link.Text, link.Choices, link.RedirectUrl, link.Metadata,
            link.Locale, link.CreatedAt, link.ExpiresAt, link.RevokedAt, link.Uses,
            link.Decision is { } decision ? new DecisionFacts(decision.LinkId.ToString(), decision.Choice, decision.At, decision.Ip, decision.UserAgent) : null);
    }

#pragma warning disable CA1308 // the wire's names are lower case
    private static string NameOf(ActionState state) => state.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}

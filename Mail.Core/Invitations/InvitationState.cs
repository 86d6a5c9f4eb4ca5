using System.Text.Json.Serialization;

namespace Mail.Core.Invitations;

/// <summary>How far an invitation is. `created` to `opened` are told by what becomes of the mail, the rest by the flow itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InvitationState>))]
public enum InvitationState
{
    /// <summary>A candidate who has no link yet.</summary>
    [JsonStringEnumMemberName("new")] New,

    /// <summary>There is a link; no relay has taken a mail yet.</summary>
    [JsonStringEnumMemberName("created")] Created,

    /// <summary>A relay took the mail.</summary>
    [JsonStringEnumMemberName("sent")] Sent,
    [JsonStringEnumMemberName("delivered")] Delivered,
    [JsonStringEnumMemberName("opened")] Opened,

    /// <summary>The interview was started.</summary>
    [JsonStringEnumMemberName("used")] Used,
    [JsonStringEnumMemberName("expired")] Expired,

    /// <summary>The mail did not arrive. The link works all the same.</summary>
    [JsonStringEnumMemberName("bounced")] Bounced,
    [JsonStringEnumMemberName("revoked")] Revoked,
}

public static class InvitationStates
{
    public static IReadOnlyList<string> Names { get; } = ["new", "created", "sent", "delivered", "opened", "used", "expired", "bounced", "revoked"];
}

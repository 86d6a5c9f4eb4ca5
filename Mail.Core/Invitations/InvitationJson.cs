using System.Text.Json.Serialization;

namespace Mail.Core.Invitations;

/// <summary>A row of `candidate_events`.</summary>
public sealed record InvitationEvent(Guid ProjectId, Guid CandidateId, Guid Id, string Type, DateTimeOffset At, string Via, Guid? ActorId, string? Ip, string? UserAgent, Guid? MessageId, string? Detail);

/// <summary>A row of `candidate_mails`.</summary>
internal sealed record CandidateMail(Guid ProjectId, Guid MessageId, Guid CandidateId);

/// <summary>`data` of the webhook events `invitation.*`.</summary>
internal sealed record InvitationTold(
    Guid Id, Guid CampaignId, string ApplicationId, string Email, InvitationState State, DateTimeOffset? ExpiresAt, DateTimeOffset At, string? Reason, Guid? EmailId, int Starts, bool Test);

/// <summary>Rows go to PostgreSQL and come from it as JSON whose names are those of the columns: one list of names each, whatever reads or writes it, also by the thousand.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Campaign))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(List<Invitation>))]
[JsonSerializable(typeof(InvitationEvent))]
[JsonSerializable(typeof(List<InvitationEvent>))]
[JsonSerializable(typeof(List<CandidateMail>))]
[JsonSerializable(typeof(InvitationTold))]
[JsonSerializable(typeof(TicketHeader))]
[JsonSerializable(typeof(TicketClaims))]
internal sealed partial class InvitationJson : JsonSerializerContext;

using Mail.Api.Access;
using Mail.Api.ActionLinks;
using Mail.Api.Appointments;
using Mail.Api.Audit;
using Mail.Api.Invitations;
using Mail.Api.Mailboxes.Connections;
using Mail.Api.Mailboxes.Inbox;
using Mail.Api.Mailboxes.Reports;
using Mail.Api.Mailboxes;
using Mail.Api.Requests;
using Mail.Api.Reservations.Pages;
using Mail.Api.Reservations.Widget;
using Mail.Api.Reservations;
using Microsoft.AspNetCore.Mvc;
using static Mail.Api.Http.BodyLimits;

namespace Mail.Api;

/// <summary>The paths of what runs by mail between people, and of mailboxes, by feature.</summary>
public static class FlowEndpoints
{
    public static void MapActionLinks(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder links = api.MapGroup("/action-links").IsNotAudited("what apps do for their users by the thousand; the link says what became of it").WithTags("Action links").WithMetadata(new RequestSizeLimitAttribute(LargestContact));
        CreateActionLink.Map(links);
        GetActionLink.Map(links);
        RevokeActionLink.Map(links);
        OpenActionLink.Map(api);
    }

    public static void MapRequests(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder requests = api.MapGroup("/requests").IsNotAudited("a request has a history of its own").WithTags("Requests").WithMetadata(new RequestSizeLimitAttribute(LargestContact));
        CreateRequest.Map(requests);
        ListRequests.Map(requests);
        GetRequest.Map(requests);
        CancelRequest.Map(requests);
        ResendRequest.Map(requests);
    }

    public static void MapAppointments(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder appointments = api.MapGroup("/appointments").IsNotAudited("an appointment has a history of its own").WithTags("Appointments").WithMetadata(new RequestSizeLimitAttribute(LargestContact));
        CreateAppointment.Map(appointments);
        ListAppointments.Map(appointments);
        GetAppointment.Map(appointments);
        ChangeAppointment.Map(appointments);
        CancelAppointment.Map(appointments);
    }

    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        const string Tag = "Invitations", Why = "what apps do for their candidates by the thousand; each has a timeline";
        RouteGroupBuilder campaigns = api.MapGroup("/campaigns").Audited("campaign", "/campaigns/{id}").WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestContact));
        Campaigns.Map(campaigns);
        InviteCandidates.Map(api.MapGroup("/campaigns").Audited("campaign", "/campaigns/{id}").WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestList)));
        InterviewKeys.MapRotation(api.MapGroup("/campaigns/ticket-keys").ForTestKeys(TestKeyReach.Nothing).Audited("ticket_key", null).WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestForm)));
        RouteGroupBuilder candidates = api.MapGroup("/campaigns/{id}/candidates").IsNotAudited(Why).WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestContact));
        Candidates.Map(candidates);
        CandidateActions.Map(candidates);
        CandidateFiles.Map(api.MapGroup("/campaigns/{id}/candidates").IsNotAudited(Why).WithTags(Tag));
        CampaignLinks.Map(api.MapGroup("/interviews/campaign-links").IsNotAudited(Why).WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestContact)));
        RouteGroupBuilder interview = api.MapGroup("/interview").LimitedByClient(ClientRate.Pages).IsNotAudited("it is done by the candidate, who is nobody here; the timeline says when and from where").WithTags("Interview page");
        StartInterview.Map(interview);
        InterviewKeys.MapShown(interview);
    }

    public static void MapReservations(this IEndpointRouteBuilder api)
    {
        const string Why = "what apps do for their users by the thousand; an offer has a history of its own";
        RouteGroupBuilder offers = api.MapGroup("/offers").IsNotAudited(Why).WithTags("Reservations").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        ListOffers.Map(offers);
        CreateOffer.Map(offers);
        GetOffer.Map(offers);
        ChangeOffer.Map(offers);
        CancelOffer.Map(offers);
        ListOfferHistory.Map(offers);
        CreateReservation.Map(offers);
        RouteGroupBuilder reservations = api.MapGroup("/reservations").IsNotAudited(Why).WithTags("Reservations").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        ListReservations.Map(reservations, offers);
        GetReservationStatistics.Map(reservations);
        GetReservation.Map(reservations);
        DecideReservation.Map(reservations);
        AskForTripLink.Map(offers);
        TripPage.Map(api);
        ShowOfferReservations.Map(api);
        WidgetSettingsEndpoint.Map(api.MapGroup("/reservation-settings").Audited("reservation_settings", "/reservation-settings").WithTags("Reservation widget").WithMetadata(new RequestSizeLimitAttribute(LargestContact)));
        WidgetScript.Map(api);
        WidgetEndpoints.Map(api);
        CarpoolPaths.Map(api.MapGroup("/api").IsNotAudited(Why).WithTags("Reservations").WithMetadata(new RequestSizeLimitAttribute(LargestForm)));
    }

    /// <summary>Mailboxes are real accounts at providers, whatever key asks for them: the sandbox has none.</summary>
    public static void MapMailboxes(this IEndpointRouteBuilder api)
    {
        const string Tag = "Mailboxes";
        RouteGroupBuilder mailboxes = api.MapGroup("/mailboxes").ForTestKeys(TestKeyReach.Nothing).Audited("mailbox", "/mailboxes/{id}").WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        CheckAvailability.Map(mailboxes, "/check", "Check whether a name is free");
        CreateMailbox.Map(mailboxes, "/", "Create a mailbox");
        ListMailboxes.Map(mailboxes);
        GetMailboxUsage.Map(mailboxes);
        GetMailboxStatistics.Map(mailboxes);
        ListMailboxLog.Map(mailboxes);
        GetMailbox.Map(mailboxes);
        ChangeMailbox.Map(mailboxes);
        RouteGroupBuilder old = api.MapGroup("/api/email").ForTestKeys(TestKeyReach.Nothing).Audited("mailbox", "/mailboxes/{id}").WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        CheckAvailability.Map(old, "/check-availability", "Check whether a name is free (old path)");
        CreateMailbox.Map(old, "/create", "Create a mailbox (old path)");
        ListMyAccounts.Map(old);
        ConnectionEndpoints.Map(api.MapGroup("/mailbox-connections").ForTestKeys(TestKeyReach.Nothing).Audited("mailbox_connection", "/mailbox-connections/{id}").WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestContact)));
        MailboxDomainEndpoints.Map(api.MapGroup("/mailbox-domains").ForTestKeys(TestKeyReach.Nothing).Audited("mailbox_domain", "/mailbox-domains/{domain}").WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestForm)));
        MailboxUserEndpoints.Map(api.MapGroup("/mailbox-users").ForTestKeys(TestKeyReach.Nothing).IsNotAudited("what apps keep of their users' choices, by the thousand").WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestForm)));
    }

    public static void MapWebInbox(this IEndpointRouteBuilder api) => InboxPages.Map(api);
}

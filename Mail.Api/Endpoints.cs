using Mail.Api.Accounts;
using Mail.Api.Alerts;
using Mail.Api.Contacts;
using Mail.Api.Domains;
using Mail.Api.Feedback;
using Mail.Api.Messages;
using Mail.Api.Privacy;
using Mail.Api.Projects;
using Mail.Api.Relays;
using Mail.Api.Suppressions;
using Mail.Api.Templates;
using Mail.Api.Tracking;
using Mail.Api.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api;

/// <summary>Every path of the API, by feature.</summary>
public static class Endpoints
{
    /// <summary>Nobody without credentials makes us hold more than this.</summary>
    private const long LargestForm = 16 * 1024;

    private const long LargestContact = 64 * 1024;

    /// <summary>A design and its texts in sixty languages.</summary>
    private const long LargestTemplate = 8 * 1024 * 1024;

    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder messages = api.MapGroup("/emails").WithTags("Emails");
        SendMessage.Map(messages);
        SendBatch.Map(messages);
        ListMessages.Map(messages);
        GetMessage.Map(messages);
        ListEvents.Map(messages);
        GetMessagePart.Map(messages);
        RescheduleMessage.Map(messages);
        CancelMessage.Map(messages);
    }

    public static void MapRelays(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder relays = api.MapGroup("/relays").WithTags("Relays");
        ListRelays.Map(relays);
        CreateRelay.Map(relays);
        GetRelay.Map(relays);
        ChangeRelay.Map(relays);
        RemoveRelay.Map(relays);
        ExamineRelay.Map(relays);
        ListRelayKinds.Map(api);
        ExamineDefaultRelay.Map(api);
    }

    public static void MapDomains(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder domains = api.MapGroup("/domains").WithTags("Domains");
        ListDomains.Map(domains);
        CreateDomain.Map(domains);
        GetDomain.Map(domains);
        VerifyDomain.Map(domains);
        RotateDomainKey.Map(domains);
        ChangeDomain.Map(domains);
        RemoveDomain.Map(domains);
        RouteGroupBuilder identities = api.MapGroup("/sender-identities").WithTags("Sender identities");
        ListIdentities.Map(identities);
        CreateIdentity.Map(identities);
        GetIdentity.Map(identities);
        ChangeIdentity.Map(identities);
        ResendIdentityLink.Map(identities);
        RemoveIdentity.Map(identities);
        ConfirmIdentity.Map(identities);
    }

    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder alerts = api.MapGroup("/alerts").WithTags("Alerts");
        ListAlerts.Map(alerts);
        AcknowledgeAlert.Map(alerts);
    }

    public static void MapFeedback(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder inbound = api.MapGroup("/inbound").WithTags("Reports");
        PostReport.Map(inbound);
        PostProviderEvents.Map(inbound);
        ListBounceMailboxes.Map(api.MapGroup("/bounce-mailboxes").WithTags("Reports"));
    }

    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder webhooks = api.MapGroup("/webhooks").WithTags("Webhooks").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        ListWebhooks.Map(webhooks);
        CreateWebhook.Map(webhooks);
        GetWebhook.Map(webhooks);
        ChangeWebhook.Map(webhooks);
        RemoveWebhook.Map(webhooks);
        RotateWebhookSecret.Map(webhooks);
        TestWebhook.Map(webhooks);
        ListWebhookAttempts.Map(webhooks);
        ReplayWebhook.Map(webhooks);
    }

    public static void MapSuppressions(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder suppressions = api.MapGroup("/suppressions").WithTags("Suppressions");
        ListSuppressions.Map(suppressions);
        AddSuppression.Map(suppressions);
        BatchSuppressions.Map(suppressions);
        ImportSuppressions.Map(suppressions);
        ExportSuppressions.Map(suppressions);
        GetSuppression.Map(suppressions);
        RemoveSuppression.Map(suppressions);
        Unsubscribe.Map(api);
    }

    public static void MapTracking(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder objections = api.MapGroup("/tracking/objections").WithTags("Tracking").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        ListObjections.Map(objections);
        AddObjection.Map(objections);
        GetObjection.Map(objections);
        RemoveObjection.Map(objections);
        TrackHits.Map(api);
    }

    public static void MapPrivacy(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder privacy = api.MapGroup("/privacy").WithTags("Privacy");
        ErasePerson.Map(privacy);
        ListErasures.Map(privacy);
        GetErasure.Map(privacy);
        ExportPerson.Map(privacy);
    }

    public static void MapContacts(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder contacts = api.MapGroup("/contacts").WithTags("Contacts").WithMetadata(new RequestSizeLimitAttribute(LargestContact));
        ListContacts.Map(contacts);
        AddContact.Map(contacts);
        GetContact.Map(contacts);
        PutContact.Map(contacts);
        ChangeContact.Map(contacts);
        RemoveContact.Map(contacts);
        AddConsent.Map(contacts);
    }

    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder templates = api.MapGroup("/templates").WithTags("Templates").WithMetadata(new RequestSizeLimitAttribute(LargestTemplate));
        ListTemplates.Map(templates);
        CreateTemplate.Map(templates);
        GetTemplate.Map(templates);
        ChangeTemplate.Map(templates);
        RemoveTemplate.Map(templates);
        DuplicateTemplate.Map(templates);
        PublishTemplate.Map(templates);
        RollBackTemplate.Map(templates);
        RenderTemplate.Map(templates);
        SendTestMail.Map(templates);
        ExportTemplates.Map(templates);
        PlanTemplates.Map(templates);
        ApplyTemplates.Map(templates);
        ListTemplateVersions.Map(templates);
        CompareTemplateVersions.Map(templates);
        RouteGroupBuilder layouts = api.MapGroup("/template-layouts").WithTags("Templates").WithMetadata(new RequestSizeLimitAttribute(LargestTemplate));
        ListLayouts.Map(layouts);
        GetLayout.Map(layouts);
        PutLayout.Map(layouts);
        RemoveLayout.Map(layouts);
    }

    public static void MapProject(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder project = api.MapGroup("/project").WithTags("Project");
        GetProject.Map(project);
        ChangeProject.Map(project);
    }

    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder auth = api.MapGroup("/auth").WithTags("Console sign-in").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        SignIn.Map(auth);
        SignOut.Map(auth);
        GetSession.Map(auth);
    }
}

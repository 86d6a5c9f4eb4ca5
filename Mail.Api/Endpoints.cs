using Mail.Api.Access;
using Mail.Api.Accounts.Apps;
using Mail.Api.Accounts;
using Mail.Api.Alerts;
using Mail.Api.Appointments;
using Mail.Api.Audit;
using Mail.Api.Codes;
using Mail.Api.Contacts;
using Mail.Api.Domains;
using Mail.Api.Feedback;
using Mail.Api.GoLive;
using Mail.Api.Live;
using Mail.Api.Logs;
using Mail.Api.Messages;
using Mail.Api.Messaging;
using Mail.Api.Metrics;
using Mail.Api.Privacy;
using Mail.Api.Projects;
using Mail.Api.Relays;
using Mail.Api.Sandbox;
using Mail.Api.Smtp;
using Mail.Api.Suppressions;
using Mail.Api.Templates.Experiments;
using Mail.Api.Templates;
using Mail.Api.Tracking;
using Mail.Api.Webhooks;
using Mail.Api.Workers;
using Microsoft.AspNetCore.Mvc;
using static Mail.Api.Http.BodyLimits;

namespace Mail.Api;

/// <summary>Every path of the API, by feature.</summary>
public static class Endpoints
{
    public static void MapLive(this IEndpointRouteBuilder api) => GetLive.Map(api);

    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder messages = api.MapGroup("/emails").IsNotAudited("a message has a history of its own: its events").WithTags("Emails");
        SendMessage.Map(messages);
        SendBatch.Map(messages);
        ListMessages.Map(messages);
        ExportMessages.Map(messages);
        ListScheduled.Map(messages);
        RouteGroupBuilder figures = messages.MapGroup("").ForTestKeys(TestKeyReach.Nothing);
        GetMetrics.Map(figures);
        GetWaiting.Map(figures);
        RouteGroupBuilder one = messages.MapGroup("").AddEndpointFilter(MessageReach.CheckAsync);
        GetMessage.Map(one);
        ListEvents.Map(one);
        GetTranscript.Map(one);
        GetMessagePart.Map(one);
        RescheduleMessage.Map(one);
        CancelMessage.Map(one);
        ResendMessage.Map(one);
    }

    public static void MapSandbox(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder sandbox = api.MapGroup("/sandbox").ForTestKeys(TestKeyReach.All).IsNotAudited("test mail is emptied by every test run").WithTags("Sandbox");
        ListSandboxMessages.Map(sandbox);
        GetSandboxMessage.Map(sandbox);
        EmptySandbox.Map(sandbox);
    }

    public static void MapRelays(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder relays = api.MapGroup("/relays").ForTestKeys(TestKeyReach.Reading).Audited("relay", "/relays/{id}").WithTags("Relays");
        ListRelays.Map(relays);
        CreateRelay.Map(relays);
        GetRelay.Map(relays);
        ChangeRelay.Map(relays);
        RemoveRelay.Map(relays);
        GetRelayOrder.Map(relays);
        OrderRelays.Map(relays);
        ExamineRelay.Map(relays);
        GetLimits.Map(api.MapGroup("/limits").ForTestKeys(TestKeyReach.Nothing).WithTags("Relays"));
        ListRelayKinds.Map(api);
        ExamineDefaultRelay.Map(api);
    }

    public static void MapDomains(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder domains = api.MapGroup("/domains").ForTestKeys(TestKeyReach.Reading).Audited("domain", "/domains/{id}").WithTags("Domains");
        ListDomains.Map(domains);
        CreateDomain.Map(domains);
        GetDomain.Map(domains);
        VerifyDomain.Map(domains);
        RotateDomainKey.Map(domains);
        ChangeDomain.Map(domains);
        RemoveDomain.Map(domains);
        RouteGroupBuilder identities = api.MapGroup("/sender-identities").ForTestKeys(TestKeyReach.Reading).Audited("sender_identity", "/sender-identities/{id}").WithTags("Sender identities");
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
        RouteGroupBuilder alerts = api.MapGroup("/alerts").ForTestKeys(TestKeyReach.Reading).Audited("alert", null).WithTags("Alerts");
        ListAlerts.Map(alerts);
        AcknowledgeAlert.Map(alerts);
    }

    public static void MapFeedback(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder inbound = api.MapGroup("/inbound").IsNotAudited("what others tell us stands in the events of the messages").WithTags("Reports");
        PostReport.Map(inbound);
        PostProviderEvents.Map(inbound);
        PostCalendarReply.Map(inbound);
        ListBounceMailboxes.Map(api.MapGroup("/bounce-mailboxes").WithTags("Reports"));
    }

    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder webhooks = api.MapGroup("/webhooks").ForTestKeys(TestKeyReach.Nothing).Audited("webhook", "/webhooks/{id}").WithTags("Webhooks").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
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

    public static void MapDeadLetters(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder letters = api.MapGroup("/dead-letters").ForTestKeys(TestKeyReach.Nothing).Audited("dead_letter", null).WithTags("Dead letters").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        ListDeadLetters.Map(letters);
        GetDeadLetter.Map(letters);
        ReplayDeadLetter.Map(letters);
        ReplayDeadLetters.Map(letters);
        DiscardDeadLetter.Map(letters);
        DiscardDeadLetters.Map(letters);
    }

    public static void MapSuppressions(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder suppressions = api.MapGroup("/suppressions").ForTestKeys(TestKeyReach.Reading).Audited("suppression", null).WithTags("Suppressions");
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
        RouteGroupBuilder objections = api.MapGroup("/tracking/objections").ForTestKeys(TestKeyReach.Nothing).Audited("tracking_objection", null).WithTags("Tracking").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        ListObjections.Map(objections);
        AddObjection.Map(objections);
        GetObjection.Map(objections);
        RemoveObjection.Map(objections);
        PostConversion.Map(api.MapGroup("/conversions").IsNotAudited("what people did stands with the message").WithTags("Conversions").WithMetadata(new RequestSizeLimitAttribute(LargestForm)));
        TrackHits.Map(api);
    }

    public static void MapPrivacy(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder privacy = api.MapGroup("/privacy").ForTestKeys(TestKeyReach.Nothing).Audited("privacy", null).WithTags("Privacy");
        ErasePerson.Map(privacy);
        ListErasures.Map(privacy);
        GetErasure.Map(privacy);
        ExportPerson.Map(privacy);
    }

    public static void MapContacts(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder contacts = api.MapGroup("/contacts").ForTestKeys(TestKeyReach.Nothing).IsNotAudited("what apps keep in step by the thousand; what a person agreed to has a log of its own").WithTags("Contacts").WithMetadata(new RequestSizeLimitAttribute(LargestContact));
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
        RouteGroupBuilder templates = api.MapGroup("/templates").ForTestKeys(TestKeyReach.Reading).Audited("template", "/templates/{id}").WithTags("Templates").WithMetadata(new RequestSizeLimitAttribute(LargestTemplate));
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
        RouteGroupBuilder experiments = api.MapGroup("/templates/{id}/experiments").ForTestKeys(TestKeyReach.Reading).Audited("experiment", "/templates/{id}").WithTags("Experiments").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        ListExperiments.Map(experiments);
        CreateExperiment.Map(experiments);
        GetExperiment.Map(experiments);
        StartExperiment.Map(experiments);
        StopExperiment.Map(experiments);
        ConcludeExperiment.Map(experiments);
        RemoveExperiment.Map(experiments);
        RouteGroupBuilder layouts = api.MapGroup("/template-layouts").ForTestKeys(TestKeyReach.Reading).Audited("template_layout", "/template-layouts/{key}").WithTags("Templates").WithMetadata(new RequestSizeLimitAttribute(LargestTemplate));
        ListLayouts.Map(layouts);
        GetLayout.Map(layouts);
        PutLayout.Map(layouts);
        RemoveLayout.Map(layouts);
    }

    public static void MapCodes(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder codes = api.MapGroup("/codes").IsNotAudited("what apps do for their users by the thousand; its mails have a history of their own").WithTags("Codes").WithMetadata(new RequestSizeLimitAttribute(LargestContact));
        SendCode.Map(codes);
        VerifyCode.Map(codes);
        RevokeCode.Map(codes);
    }

    public static void MapProject(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder project = api.MapGroup("/project").ForTestKeys(TestKeyReach.Reading).Audited("project", "/project").WithTags("Project");
        GetProject.Map(project);
        ChangeProject.Map(project);
        CreateProject.Map(api);
        RouteGroupBuilder members = api.MapGroup("/members").ForTestKeys(TestKeyReach.Nothing).Audited("member", "/members/{id}").WithTags("Members").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        ListMembers.Map(members);
        GetMember.Map(members);
        ChangeMember.Map(members);
        RemoveMember.Map(members);
        LeaveProject.Map(members);
        RouteGroupBuilder keys = api.MapGroup("/api-keys").Audited("api_key", "/api-keys/{id}").WithTags("API keys");
        ListApiKeys.Map(keys);
        GetApiKey.Map(keys);
        CreateApiKey.Map(keys);
        ChangeApiKey.Map(keys);
        RotateApiKey.Map(keys);
        RemoveApiKey.Map(keys);
    }

    public static void MapSystem(this IEndpointRouteBuilder api)
    {
        GetSystem.Map(api.MapGroup("/system").ForTestKeys(TestKeyReach.Nothing).WithTags("System"));
        RouteGroupBuilder usage = api.MapGroup("/usage").ForTestKeys(TestKeyReach.Nothing).WithTags("Usage");
        GetUsage.Map(usage);
        ExportUsage.Map(usage);
    }

    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder audit = api.MapGroup("/audit-log").ForTestKeys(TestKeyReach.Nothing).WithTags("Audit log");
        ListAudit.Map(audit);
        ExportAudit.Map(audit);
    }

    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder auth = api.MapGroup("/auth").LimitedByClient(ClientRate.Accounts).IsNotAudited("what a person does with their own account says so itself, in each of their projects").WithTags("Console sign-in").WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        SignIn.Map(auth);
        CompleteSignIn.Map(auth);
        SignOut.Map(auth);
        GetSession.Map(auth);
        Sessions.Map(auth);
        PasswordReset.Map(auth);
        ChangePassword.Map(auth);
        ChangeEmail.Map(auth);
        TwoFactorSetup.Map(auth);
        OwnAccount.Map(auth);
        Accounts.Invitations.Map(api.MapGroup("/members/invitations").ForTestKeys(TestKeyReach.Nothing).Audited("member_invitation", "/members/invitations/{id}").WithTags("Members").WithMetadata(new RequestSizeLimitAttribute(LargestForm)));
        AcceptInvitation.Map(api.MapGroup("/invitations").LimitedByClient(ClientRate.Accounts).IsNotAudited("whoever accepts is no member yet; the account says so itself, then").WithTags("Console sign-in").WithMetadata(new RequestSizeLimitAttribute(LargestForm)));
    }

    public static void MapGoLive(this IEndpointRouteBuilder api)
    {
        GetGoLive.Map(api.MapGroup("/go-live").WithTags("Go live"));
        TransferConfiguration.Map(api.MapGroup("/configuration").ForTestKeys(TestKeyReach.Nothing).Audited("configuration", "/configuration").WithTags("Configuration"));
    }

    public static void MapRequestLogs(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder logs = api.MapGroup("/logs").ForTestKeys(TestKeyReach.Nothing).WithTags("Request logs");
        ListRequestLogs.Map(logs);
        GetRequestLog.Map(logs);
        GetSmtpSettings.Map(api);
    }

    public static void MapAppAccounts(this IEndpointRouteBuilder api)
    {
        const string Tag = "Accounts of apps", Why = "what apps do for their users by the thousand; its mails have a history of their own";
        AppPasswordReset.Map(api.MapGroup("/api/auth/password-reset").IsNotAudited(Why).WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestForm)));
        SendAccountEvent.Map(api.MapGroup("/accounts").IsNotAudited(Why).WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestContact)));
        AccountSettings.Map(api.MapGroup("/account-settings").Audited("account_settings", "/account-settings").WithTags(Tag).WithMetadata(new RequestSizeLimitAttribute(LargestForm)));
    }
}

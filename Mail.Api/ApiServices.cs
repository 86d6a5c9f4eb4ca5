using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.GoLive;
using Mail.Api.Mailboxes.Inbox;
using Mail.Api.Http;
using Mail.Api.Mailboxes;
using Mail.Api.Relays;
using Mail.Api.Smtp;
using Mail.Api.Templates;
using Mail.Api.Workers;
using Mail.Core.ActionLinks;
using Mail.Core.Appointments;
using Mail.Core.Access;
using Mail.Core.Accounts;
using Mail.Core.Accounts.Apps;
using Mail.Core.Alerts;
using Mail.Core.Codes;
using Mail.Core.Audit;
using Mail.Core.Contacts;
using Mail.Api.Sandbox;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Delivery;
using Mail.Core.Domains;
using Mail.Core.Feedback;
using Mail.Core.Feedback.Providers;
using Mail.Core.GoLive;
using Mail.Core.Live;
using Mail.Core.Logs;
using Mail.Core.Mailboxes.Providers.Local;
using Mail.Core.Invitations;
using Mail.Core.Mailboxes;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Mail.Core.Metrics;
using Mail.Core.Privacy;
using Mail.Core.Projects;
using Mail.Core.Relays;
using Mail.Core.Requests;
using Mail.Core.Reservations;
using Mail.Core.Reservations.Pages;
using Mail.Core.Sandbox;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Experiments;
using Mail.Core.Tracking;
using Mail.Core.Webhooks;
using Mail.Core.Workers;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Mail.Api;

/// <summary>What the API is made of.</summary>
public static class ApiServices
{
    /// <summary>What may come as NAME_FILE, beside what every host knows.</summary>
    public static IReadOnlyList<string> SecretFileNames { get; } = [.. WorkerRegistration.SecretFileNames, "Bootstrap__*", ConsoleUrl.Name];

    /// <summary>The largest body: 40 MB of attachments in base64, the bodies, and JSON around them.</summary>
    private const long LargestBody = 60 * 1024 * 1024;

    public static void AddMailApi(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        services.AddSingleton(TimeProvider.System);
        services.AddMailDatabase();
        services.AddRestoredWork();
        services.AddProjects();
        services.AddDeliverySignal();
        services.AddMessages();
        services.AddSingleton<MessageComposer>();
        services.AddSandbox();
        services.AddSingleton<SandboxWaiting>();
        services.AddRelaySetup();
        services.AddDomains();
        services.AddAlerts();
        services.AddBus();
        services.AddSingleton<RelayStates>();
        services.AddSystemGauges();
        services.AddSingleton<UsageReader>();
        services.AddReportIntake();
        services.AddProviderWebhooks();
        services.AddLocalMailboxes();
        services.AddRequestLogs();
        services.AddSmtp();
        services.AddWebhooks();
        services.AddTrackingHits();
        services.AddPrivacy();
        services.AddTemplatePublishing();
        services.AddExperiments();
        services.AddContacts();
        services.AddCodes();
        services.AddActionLinks();
        services.AddInvitations();
        services.AddAudit();
        services.AddRates();
        services.AddSingleton<TestMailLimit>();
        services.AddAccounts();
        services.AddAppAccounts();
        services.AddRequests();
        services.AddAppointments();
        services.AddReservations();
        services.AddMailboxes();
        services.AddMessageCounts();
        services.AddLiveFeed();
        services.AddSingleton<MailboxAnswers>();
        services.AddSingleton<Suggestions>();
        services.AddSingleton<CreationAllowance>();
        services.AddSingleton<MailboxCreation>();
        services.AddGoLive();
        services.AddScoped<ConfigurationReader>();
        services.AddTripWidget();
        services.AddSingleton<InboxSession>();
        services.AddInProcessWorker(WorkerInApi.Build);

        services.AddScoped<ConsoleSessions>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = ConsoleSessions.CookieName("mail_session", builder.Environment);
            cookie.Cookie.Path = "/";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            // Outside development the console stands behind TLS, which ends before it reaches this host.
            cookie.Cookie.SecurePolicy = builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(7);
            cookie.SlidingExpiration = true;
        });
        // snake_case, nulls written, so that a client sees every field that there is.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new LaneJson()); // as they are read: what GET gives, PATCH takes
            json.SerializerOptions.Converters.Add(new VariableTypeJson());
        });
        services.AddOpenApi(openApi =>
        {
            openApi.CreateSchemaReferenceId = SchemaNames.Of;
            openApi.AddOperationTransformer(OperationSummaries.SetAsync);
            openApi.AddOperationTransformer(OperationAccess.SetAsync);
            openApi.AddDocumentTransformer(OperationAccess.DescribeAsync);
            openApi.AddSchemaTransformer(PlainSchemas.SetAsync);
            openApi.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "Mail API";
                return Task.CompletedTask;
            });
        });
    }
}

using Mail.Core.Accounts.Apps;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Delivery;
using Mail.Core.Domains;
using Mail.Core.Feedback;
using Mail.Core.Feedback.Providers;
using Mail.Core.Invitations;
using Mail.Core.Mailboxes;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Mail.Core.Privacy;
using Mail.Core.Relays;
using Mail.Core.Requests;
using Mail.Core.Reservations;
using Mail.Core.Retention;
using Mail.Core.Suppressions;
using Mail.Core.Templates.Experiments;
using Mail.Core.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Workers;

public static class WorkerRegistration
{
    /// <summary>What of a worker's settings may come as NAME_FILE.</summary>
    public static IReadOnlyList<string> SecretFileNames { get; } = [.. RelaySettings.Names, .. SettingAliases.Names, .. MessageSigning.Names, "BounceMailbox__*", PublicUrl.Name, KeyRingWrap.Name, KeyRingWrap.OldName];

    /// <summary>Everything that runs in the background, for Mail.Worker and for the API in its place: what is done there is done here too.</summary>
    public static IServiceCollection AddMailWorker(this IServiceCollection services, IConfiguration configuration) => services
        .AddHostedService<RestoreGuard>().AddMailDelivery(configuration).AddMessageMaintenance().AddRetention().AddBounceMailbox().AddProviderEventMaintenance().AddSuppressionMaintenance().AddErasureLoop().AddWebhookDelivery()
        .AddWinnerRules().AddAppAccountCallbacks().AddRequests().AddReservations().AddInvitationReports().AddMailboxes().AddBusWorker();

    /// <summary>Call between migration and Run: a worker refuses by itself too, but a host that fails at its start logs a stack where one line says what to do.</summary>
    /// <exception cref="RestoredDatabaseException">The database was restored, and nobody has chosen yet what becomes of what waits in it.</exception>
    public static Task RefuseRestoredDatabaseAsync(this IHost worker, CancellationToken ct = default) => RestoreGuard.DemandChoiceAsync(worker.Services.GetRequiredService<NpgsqlDataSource>(), ct);

    /// <summary>Says that a worker is here. To be called after <see cref="AddMailWorker"/>: what is registered last stops first, so that others begin while this one still drains.</summary>
    public static IServiceCollection AddWorkerHeartbeat(this IServiceCollection services)
    {
        services.TryAddSingleton<WorkerHeartbeats>();
        return services.AddHostedService<WorkerHeartbeat>();
    }

    /// <summary>The choice of what becomes of a restored database, for the host that has the command and accepts mail before the choice is made. Registered before all that accepts.</summary>
    public static IServiceCollection AddRestoredWork(this IServiceCollection services)
    {
        services.TryAddSingleton<RestoredWork>();
        return services.AddHostedService<RestoredCopyNote>();
    }

    /// <summary>Metrics of what stands in the database, for every host that may be asked for metrics.</summary>
    public static IServiceCollection AddSystemGauges(this IServiceCollection services)
    {
        services.TryAddSingleton<SystemLook>();
        return services.AddHostedService<SystemGauges>();
    }

    /// <summary>A worker in this process, always or while none is seen, as `Delivery:InProcess` says.</summary>
    /// <param name="build">Makes the worker: a host of its own, so that each start begins with everything new and its stop is a worker's.</param>
    public static IServiceCollection AddInProcessWorker(this IServiceCollection services, Func<IServiceProvider, IHost> build)
    {
        services.TryAddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>();
        services.AddOptions<DeliveryOptions>().BindConfiguration("Delivery", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddAlerts();
        services.TryAddSingleton<WorkerHeartbeats>();
        return services.AddHostedService(provider => new InProcessWorker(
            () => build(provider), provider.GetRequiredService<WorkerHeartbeats>(), provider.GetRequiredService<IAlerts>(), provider.GetRequiredService<IOptions<DeliveryOptions>>(),
            provider.GetRequiredService<ILogger<InProcessWorker>>()));
    }
}

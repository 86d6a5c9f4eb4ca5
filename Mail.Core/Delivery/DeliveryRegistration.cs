using Mail.Core.Alerts;
using Mail.Core.Domains;
using Mail.Core.Feedback;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Delivery;

public static class DeliveryRegistration
{
    /// <summary>
    /// The delivery worker and all it needs but an NpgsqlDataSource. Sections `Delivery` and `Relay`, and the names that <see cref="RelaySettings"/> and <see cref="MessageSigning"/> list,
    /// are checked when the host starts: an <see cref="OptionsValidationException"/> says in its failures what to set.
    /// </summary>
    public static IServiceCollection AddMailDelivery(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddOptions(services, configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddDeliverySignal();
        services.AddHostedService<DeliverySignalListener>();
        services.AddMessageComposer();
        services.TryAddSingleton<MessageStore>();
        services.TryAddSingleton(provider => RelaySettings.Read(configuration, provider.GetRequiredService<IHostEnvironment>(), provider.GetRequiredService<IOptions<RelayOptions>>().Value));
        services.AddSingleton(provider => MessageSigning.Read(configuration, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ProjectSigning>();
        services.AddDomainWatch();
        services.AddRelays();
        services.AddAlertMails();
        services.AddTestAddresses();
        services.AddReturnPaths();
        services.AddSuppressions();
        services.AddTracking();
        services.AddSingleton<SimulatorRelay>();
        services.AddSingleton<DeliveryReports>();
        services.AddSingleton<SimulatedReports>();
        services.AddHostedService(provider => provider.GetRequiredService<SimulatedReports>());
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<DeliveryLeases>();
        services.AddSingleton<ParcelLanes>();
        services.AddSingleton<DeliveryRecorder>();
        services.AddSingleton<RelayAlerts>();
        services.AddSingleton<RelayMonitor>();
        services.AddSingleton<HeldCaller>();
        services.AddSingleton<RouteWalk>();
        services.AddSingleton<ParcelSender>();
        services.AddSingleton<DeliveryClaimer>();
        services.AddSingleton<LeaseKeeper>();
        services.AddHostedService<DeliveryWorker>();
        return services;
    }

    private static void AddOptions(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>();
        services.AddOptions<DeliveryOptions>().Bind(configuration.GetSection("Delivery"), binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RelayOptions>, RelayOptionsValidator>();
        services.AddSingleton<IValidateOptions<DeliveryOptions>>(new SigningValidator(configuration));
        services.AddSingleton<IValidateOptions<RelayOptions>>(provider => new RelaySettingsValidator(configuration, provider.GetRequiredService<IHostEnvironment>()));
        services.AddOptions<RelayOptions>().Bind(configuration.GetSection("Relay"), binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
    }

    /// <summary>Makes a host with an unusable default relay refuse to start.</summary>
    private sealed class RelaySettingsValidator(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<RelayOptions>
    {
        public ValidateOptionsResult Validate(string? name, RelayOptions options)
        {
            try
            {
                RelaySettings.Read(configuration, environment, options);
                return ValidateOptionsResult.Success;
            }
            catch (InvalidRelayException e)
            {
                return ValidateOptionsResult.Fail(e.Message);
            }
        }
    }

    /// <summary>Makes a host that could not sign refuse to start.</summary>
    private sealed class SigningValidator(IConfiguration configuration) : IValidateOptions<DeliveryOptions>
    {
        public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
        {
            try
            {
                using MessageSigning signing = MessageSigning.Read(configuration, TimeProvider.System);
                return ValidateOptionsResult.Success;
            }
            catch (InvalidSigningException e)
            {
                return ValidateOptionsResult.Fail(e.Message);
            }
        }
    }
}

using System.Text.Json.Serialization;
using Mail.Core.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Messaging;

public static class BusRegistration
{
    /// <summary>
    /// The handlers of a feature: each static `Handle(TMessage, services..., CancellationToken)` of a class. To be called in every host that publishes such messages too: a message is stored once
    /// for each handler that its publisher knows.
    /// </summary>
    /// <param name="json">Knows the messages; null for the bus's own way to write them.</param>
    /// <exception cref="ArgumentException">A method is not as a handler has to be, or its message has no name.</exception>
    public static IServiceCollection AddBusHandlers(this IServiceCollection services, Type handlers, JsonSerializerContext? json = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(handlers);
        services.AddBus();
        foreach (BusBinding binding in BusBinding.Of(handlers, json)) services.AddSingleton(binding);
        return services;
    }

    /// <summary>Publishing, for every host: <see cref="IMessageBus"/>, <see cref="BusOutbox"/> and <see cref="DeadLetters"/>. Needs a <see cref="MailDbContext"/> and its data source.</summary>
    public static IServiceCollection AddBus(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(BusSignal))) return services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<BusOptions>, BusOptionsValidator>();
        services.AddOptions<BusOptions>().BindConfiguration("Bus", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<BusSignal>();
        services.AddSingleton<BusSteps>();
        services.AddSingleton(provider => new BusRegistry(provider.GetServices<BusBinding>()));
        services.AddSingleton(provider => new BusBodies(provider.GetRequiredService<IDataProtectionProvider>()));
        services.AddSingleton(provider => new BusOutbox(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<BusRegistry>(), provider.GetRequiredService<BusBodies>(), provider.GetRequiredService<BusSignal>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new DeadLetters(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<BusSignal>(), provider.GetServices<IDeadLetterObserver>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new BusContext(provider.GetRequiredService<MailDbContext>(), provider.GetRequiredService<BusSteps>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<IMessageBus, MessageBus>();
        services.ConfigureDbContext<MailDbContext>((provider, context) => context.AddInterceptors(new BusSignal.Commits(provider.GetRequiredService<BusSignal>())));
        services.AddHostedService<BusSignalSender>();
        return services;
    }

    /// <summary>Handling, for a host that runs in the background.</summary>
    public static IServiceCollection AddBusWorker(this IServiceCollection services)
    {
        services.AddBus();
        services.AddSingleton<BusQueue>();
        services.AddSingleton<BusRunner>();
        services.AddHostedService<BusSignalListener>();
        services.AddHostedService<BusWorker>();
        services.AddHostedService<BusHousekeeping>();
        return services;
    }
}

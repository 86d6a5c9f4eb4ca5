using System.ComponentModel.DataAnnotations;
using Mail.Core.Relays;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mail.Core.Access;

/// <summary>Section `RateLimits`: what one client (an IPv4 address, or a /64 network of IPv6) may ask in a minute without a key. What keys and projects may ask is theirs.</summary>
public sealed class RateOptions
{
    /// <summary>Signing in, resetting a password and the like.</summary>
    [Range(1, 1_000_000)] public int AccountsPerMinute { get; set; } = 60;

    /// <summary>Pages behind links in mails.</summary>
    [Range(1, 1_000_000)] public int PagesPerMinute { get; set; } = 300;
}

[OptionsValidator]
public sealed partial class RateOptionsValidator : IValidateOptions<RateOptions>;

public static class RateRegistration
{
    /// <summary>Rates of requests. Needs a TimeProvider and an NpgsqlDataSource; Redis if there is one.</summary>
    public static IServiceCollection AddRates(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<RateOptions>, RateOptionsValidator>();
        services.AddOptions<RateOptions>().BindConfiguration("RateLimits", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddRedisAccess();
        services.AddSingleton<LocalRates>();
        services.AddSingleton<DatabaseRates>();
        services.AddSingleton<RateLimiter>();
        return services;
    }
}

using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Accounts;

public static class AccountRegistration
{
    /// <summary>Console accounts, for the host that people sign in to. Needs projects, messages, codes and action links.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsValidator>();
        services.AddOptions<AccountOptions>().BindConfiguration("Accounts", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton(provider => ConsoleUrl.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>(), provider.GetRequiredService<PublicUrl>()));
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>(); // as Identity's, which hands it out by request
        services.AddSingleton<Passwords>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<UserSessions>();
        services.AddSingleton<SignInFailures>();
        services.AddSingleton<CountedTries>();
        services.AddSingleton<TwoFactor>();
        services.AddSingleton<AccountMail>();
        services.AddSingleton<AccountGuard>();
        services.AddSingleton<ConsoleSignIn>();
        services.AddSingleton<AccountChanges>();
        services.AddSingleton<EmailChanges>();
        services.AddSingleton<PasswordResetSignal>();
        services.AddSingleton<PasswordResets>();
        services.AddHostedService<PasswordResetWorker>();
        services.AddSingleton<MemberInvitations>();
        services.AddActionPurpose<NotMe>();
        services.AddActionPurpose<EmailChangeLinks>();
        return services;
    }
}

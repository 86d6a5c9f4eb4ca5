using Microsoft.Extensions.DependencyInjection;

namespace Mail.Core.Sandbox;

public static class SandboxRegistration
{
    /// <summary>Needs an NpgsqlDataSource.</summary>
    public static IServiceCollection AddSandbox(this IServiceCollection services) => services.AddSingleton<SandboxInbox>();
}

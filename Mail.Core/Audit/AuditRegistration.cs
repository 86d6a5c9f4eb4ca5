using Microsoft.Extensions.DependencyInjection;

namespace Mail.Core.Audit;

public static class AuditRegistration
{
    /// <summary>The log of who changed what. Needs an NpgsqlDataSource.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<AuditLog>();
}

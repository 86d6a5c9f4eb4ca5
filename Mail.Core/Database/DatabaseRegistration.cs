using Mail.Core.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Database;

public static class DatabaseRegistration
{
    /// <summary>The migrator and the key ring. <see cref="MailDbContext"/> and the data source themselves are registered by the host (Mail.ServiceDefaults).</summary>
    public static IServiceCollection AddMailDatabase(this IServiceCollection services)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration("Database", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>>(provider => new SettingReadAtStart<DatabaseOptions, SecretKeyException>(() => ReadSecretKey(provider)));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PartitionMaintenance>();
        services.AddScoped<DatabaseMigrator>();
        services.AddScoped<SchemaCheck>();
        services.AddDataProtection().SetApplicationName("Mail");
        services.AddSingleton<InstallationKeys>();
        services.AddSingleton<IXmlRepository, PostgresXmlRepository>();
        services.TryAddSingleton(ReadSecretKey);
        services.AddScoped<KeyRingStart>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys =>
        {
            IXmlRepository repository = keys.XmlRepository = provider.GetRequiredService<IXmlRepository>();
            if (provider.GetRequiredService<KeyRingWrap>() is { IsOn: true } wrap) keys.XmlEncryptor = new KeyRingEncryptor(wrap, repository.GetAllElements);
        }));
        return services;
    }

    /// <summary>Call between Build and Run: everything else may rely on the schema.</summary>
    /// <exception cref="SchemaTooNewException">A newer version has made it, and left this one behind.</exception>
    public static async Task MigrateDatabaseAsync(this IHost host, CancellationToken ct = default)
    {
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().RunAsync(ct);
        await scope.ServiceProvider.GetRequiredService<SchemaCheck>().RunAsync(ct);
        await scope.ServiceProvider.GetRequiredService<KeyRingStart>().RunAsync(ct);
    }

    private static KeyRingWrap ReadSecretKey(IServiceProvider services) => KeyRingWrap.Read(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>());
}

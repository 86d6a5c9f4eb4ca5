using Mail.Core.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Mail.Tests.Support;

/// <summary>Gives a database our schema as a host does at its start.</summary>
internal static class Migration
{
    public static async Task RunAsync(string connectionString)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        builder.Services.AddSingleton(source);
        builder.Services.AddDbContext<MailDbContext>(options => options.UseNpgsql(source));
        builder.Services.AddMailDatabase();
        using IHost host = builder.Build();
        await host.MigrateDatabaseAsync();
    }
}

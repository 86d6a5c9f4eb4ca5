using Mail.Core.Database;
using Mail.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Mail.Tests.Core.Webhooks;

/// <summary>What a worker does for webhooks and nothing else, beside an API in this process.</summary>
internal sealed class WebhookWorkerHost : IAsyncDisposable
{
    private readonly IHost _host;

    private WebhookWorkerHost(IHost host) => _host = host;

    public static async Task<WebhookWorkerHost> StartAsync(string connectionString)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection([new("Webhooks:PollInterval", "00:00:00.05")]);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        builder.Services.AddDbContext<MailDbContext>((provider, context) => context.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.AddMailDatabase();
        builder.Services.AddWebhookDelivery();
        IHost host = builder.Build();
        await host.StartAsync();
        return new WebhookWorkerHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }
}

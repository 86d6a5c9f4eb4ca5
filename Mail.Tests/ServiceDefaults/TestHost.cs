using Mail.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.ServiceDefaults;

/// <summary>A host on a free loopback port that has nothing but the service defaults.</summary>
internal static class TestHost
{
    public static async Task<(WebApplication App, HttpClient Client)> StartAsync(
        Dictionary<string, string?> settings, Action<WebApplicationBuilder>? add = null, Action<WebApplication>? map = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseKestrel();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddServiceDefaults();
        add?.Invoke(builder);
        WebApplication app = builder.Build();
        map?.Invoke(app);
        app.MapDefaultEndpoints();
        await app.StartAsync();
        return (app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) });
    }
}

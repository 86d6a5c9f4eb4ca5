using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Web.Proxy;

/// <summary>Wires the proxy: one connection pool to the API, and the routes below <c>/api</c>.</summary>
public static class ApiProxyRegistration
{
    /// <exception cref="InvalidOperationException">The API's address is missing or wrong (<see cref="ApiAddress"/>).</exception>
    public static void AddApiProxy(this WebApplicationBuilder builder)
    {
        Uri api = ApiAddress.From(builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new ApiProxy(
            new HttpMessageInvoker(CreateHandler()), api, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ApiProxy>>()));
    }

    public static void MapApiProxy(this WebApplication app)
    {
        ApiProxy proxy = app.Services.GetRequiredService<ApiProxy>();
        app.Map("/api/{**rest}", proxy.ForwardAsync).WithMetadata(new ProxiedToApi());
        app.MapGet("/api/emails/{id}/html", proxy.ForwardAsync).WithMetadata(new ProxiedToApi(), new ProxiedPreview());
        app.MapGet("/api/sandbox/messages/{id}/html", proxy.ForwardAsync).WithMetadata(new ProxiedToApi(), new ProxiedPreview());
    }

    // A proxy passes on; it does not follow redirects, keep cookies, unpack bodies or use a proxy itself.
    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), // a service name's addresses change when the API is rolled out
    };
}

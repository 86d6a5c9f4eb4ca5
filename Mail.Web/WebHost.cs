using Mail.ServiceDefaults;
using Mail.Web.Frontend;
using Mail.Web.Proxy;
using Mail.Web.Security;

namespace Mail.Web;

/// <summary>The console's host: it serves the built React app and forwards <c>/api</c> to Mail.Api. It has no database.</summary>
public sealed class WebHost
{
    /// <summary>Builds the host; the caller runs it. Tests start it on a free port with <c>--urls</c> and <c>--contentRoot</c>.</summary>
    public static WebApplication Create(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.AddTrustedProxies();
        builder.AddStrictTransport();
        builder.AddApiProxy();
        builder.AddFrontend();

        WebApplication app = builder.Build();
        app.UseForwardedHeaders(); // first: all below sees the real client's address and scheme
        app.UseStrictTransport();
        app.UseSecurityHeaders();
        app.UseFrontendFiles();

        app.MapDefaultEndpoints();
        app.MapApiProxy();
        app.MapDraftPreview();
        app.MapDraftCanvas();
        app.MapFrontendPages();
        return app;
    }
}

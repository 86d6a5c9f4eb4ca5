using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Mail.ServiceDefaults;

/// <summary>Tells browsers to come by TLS alone (RFC 6797), for a year. Said over TLS only, never to localhost, and not in development.</summary>
public static class StrictTransport
{
    private static readonly TimeSpan _year = TimeSpan.FromDays(365);

    public static void AddStrictTransport(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHsts(hsts => hsts.MaxAge = _year);
    }

    /// <summary>After the forwarded headers, which say whether the client came by TLS.</summary>
    public static void UseStrictTransport(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Environment.IsDevelopment()) app.UseHsts();
    }
}

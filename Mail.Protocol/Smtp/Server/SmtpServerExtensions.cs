using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Makes an endpoint of Kestrel speak SMTP: <c>kestrel.Listen(address, 587, listen =&gt; listen.UseSmtpServer&lt;Submission&gt;(o =&gt; o.Tls = tls))</c>.</summary>
/// <remarks>Kestrel reads ahead up to its <c>Limits.MaxRequestBufferSize</c> (1 MB) on each connection; its other limits are for HTTP and have no effect here.</remarks>
public static class SmtpServerExtensions
{
    /// <summary>Serves SMTP on this endpoint. Each endpoint has its own options, limits and role; several may share a handler.</summary>
    /// <typeparam name="THandler">The application, taken from the services of the host, or made with them.</typeparam>
    /// <param name="connections">The endpoint.</param>
    /// <param name="configure">Sets the endpoint's options.</param>
    /// <exception cref="ArgumentException">An option that cannot work.</exception>
    public static IConnectionBuilder UseSmtpServer<THandler>(this IConnectionBuilder connections, Action<SmtpServerOptions> configure)
        where THandler : class, ISmtpServerHandler
    {
        ArgumentNullException.ThrowIfNull(connections);
        return connections.UseSmtpServer(ActivatorUtilities.GetServiceOrCreateInstance<THandler>(connections.ApplicationServices), configure);
    }

    /// <summary>Serves SMTP on this endpoint with a handler of the caller's.</summary>
    /// <param name="connections">The endpoint.</param>
    /// <param name="handler">The application.</param>
    /// <param name="configure">Sets the endpoint's options.</param>
    /// <exception cref="ArgumentException">An option that cannot work.</exception>
    public static IConnectionBuilder UseSmtpServer(this IConnectionBuilder connections, ISmtpServerHandler handler, Action<SmtpServerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(connections);
        ArgumentNullException.ThrowIfNull(configure);
        SmtpServerOptions options = new();
        configure(options);
        IServiceProvider services = connections.ApplicationServices;
        SmtpServer server = new(options, handler, services.GetRequiredService<ILogger<SmtpServer>>(), services.GetService<TimeProvider>() ?? TimeProvider.System);
        return connections.Run(server.OnConnectedAsync);
    }
}

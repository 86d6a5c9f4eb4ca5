using System.Net;
using System.Net.Security;
using Mail.Protocol.Smtp.Server;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.Protocol.Smtp.Server;

/// <summary>A host with SMTP endpoints on free loopback ports: plain with STARTTLS on <see cref="Port"/>, TLS from the first octet on <see cref="ImplicitTlsPort"/>.</summary>
internal sealed class RunningSmtpServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly TestCertificate? _certificate;

    private RunningSmtpServer(WebApplication host, RecordingHandler handler, TestCertificate? certificate)
    {
        _host = host;
        Handler = handler;
        _certificate = certificate;
        int[] ports = [.. host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a).Port)];
        (Port, ImplicitTlsPort) = (ports[0], ports.ElementAtOrDefault(1));
    }

    public RecordingHandler Handler { get; }
    public int Port { get; }
    public int ImplicitTlsPort { get; }

    /// <summary>The certificate, to be trusted by clients.</summary>
    public string CaFile => _certificate!.CertificateFile;

    /// <param name="configure">Sets the options of both endpoints; by default a submission server with TLS that also takes mail from whoever does not sign in.</param>
    /// <param name="handler">The application.</param>
    /// <param name="withTls">Whether there is a certificate.</param>
    /// <param name="port">A port that must be this one, or 0.</param>
    public static async Task<RunningSmtpServer> StartAsync(Action<SmtpServerOptions>? configure = null, RecordingHandler? handler = null, bool withTls = true, int port = 0)
    {
        handler ??= new RecordingHandler();
        TestCertificate? certificate = withTls ? new TestCertificate() : null;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseSmtpServer(handler, options => Configure(options, isImplicit: false)));
            if (withTls) kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseSmtpServer(handler, options => Configure(options, isImplicit: true)));
        });
        WebApplication host = builder.Build();
        await host.StartAsync();
        return new RunningSmtpServer(host, handler, certificate);

        void Configure(SmtpServerOptions options, bool isImplicit)
        {
            options.Hostname = "mx.example.net";
            options.AllowUnauthenticated = true;
            options.AuthFailureDelay = TimeSpan.FromMilliseconds(10);
            if (certificate is not null) options.Tls = new SslServerAuthenticationOptions { ServerCertificate = certificate.Certificate };
            options.ImplicitTls = isImplicit;
            configure?.Invoke(options);
        }
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
        _certificate?.Dispose();
    }
}

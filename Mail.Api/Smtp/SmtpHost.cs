using System.Net;
using System.Net.Security;
using Mail.Core.Feedback;
using Mail.Core.Messages;
using Mail.Protocol.Smtp.Server;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Mail.Api.Smtp;

/// <summary>
/// The SMTP ports of this host, on a Kestrel of their own: endpoints in the code of the one for HTTP would take its addresses (ASPNETCORE_URLS) away. Stops before what
/// it hands mail to.
/// </summary>
public sealed partial class SmtpHost(
    IOptions<SubmissionOptions> submission, IOptions<ReceptionOptions> reception, IOptions<FeedbackOptions> feedback, IOptions<MessageOptions> messages, CertificateWatch certificates,
    IServiceProvider services, IHostEnvironment environment, TimeProvider clock, ILoggerFactory loggers, ILogger<SmtpHost> logger) : IHostedService, IDisposable
{
    /// <summary>How often a renewed certificate is looked for.</summary>
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMinutes(1);

    private readonly SslServerAuthenticationOptions _tls = new();
    private readonly SocketTransportFactory _transport = new(Options.Create(new SocketTransportOptions()), loggers);
    private KestrelServer? _server;
    private ITimer? _watch;
    private string? _certificateFile;
    private (DateTime, DateTime) _certificateTimes;
    private ListenOptions? _submission;
    private ListenOptions? _submissionTls;
    private ListenOptions? _reception;

    /// <summary>Where it listens; null where it does not.</summary>
    public int? SubmissionPort => _submission?.IPEndPoint?.Port;

    public int? SubmissionTlsPort => _submissionTls?.IPEndPoint?.Port;

    public int? ReceptionPort => _reception?.IPEndPoint?.Port;

    /// <summary>The certificate file in use, for programs that shall trust it.</summary>
    public string? CertificateFile => _certificateFile;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!submission.Value.IsOpen && reception.Value.Port is null) return;
        KestrelServerOptions options = new() { ApplicationServices = services };
        bool hasTls = TakeCertificate();
        if (submission.Value.Port is { } port) Listen(options, submission.Value.Address, port, listen => (_submission = listen).UseSmtpServer<SubmissionHandler>(o => Submission(o, isImplicit: false)));
        if (submission.Value.TlsPort is { } tlsPort) Listen(options, submission.Value.Address, tlsPort, listen => (_submissionTls = listen).UseSmtpServer<SubmissionHandler>(o => Submission(o, isImplicit: true)));
        if (reception.Value.Port is { } mx) Listen(options, reception.Value.Address, mx, listen => (_reception = listen).UseSmtpServer<ReportReception>(o => Reception(o, hasTls)));
        _server = new KestrelServer(Options.Create(options), _transport, loggers);
        await _server.StartAsync(new NoHttp(), cancellationToken);
        LogListening(SubmissionPort, SubmissionTlsPort, ReceptionPort);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_watch is not null) await _watch.DisposeAsync();
        if (_server is not null) await _server.StopAsync(cancellationToken);
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _server?.Dispose();
    }

    private void Listen(KestrelServerOptions options, string? address, int port, Action<ListenOptions> configure)
    {
        if (address is not null) options.Listen(IPAddress.Parse(address), port, configure);
        else if (environment.IsDevelopment()) options.Listen(IPAddress.Loopback, port, configure);
        else options.ListenAnyIP(port, configure);
    }

    private void Submission(SmtpServerOptions options, bool isImplicit)
    {
        SubmissionOptions wanted = submission.Value;
        options.Role = SmtpServerRole.Submission;
        options.Hostname = wanted.HostName;
        (options.Tls, options.ImplicitTls) = (_tls, isImplicit);
        options.AllowClearTextFromLoopback = wanted.AllowClearTextFromLoopback ?? environment.IsDevelopment();
        options.OfferDsn = false; // reports come back to us, not to the app
        options.MaxMessageSize = wanted.MaxMessageBytes;
        options.MaxBufferedSize = Math.Max(wanted.MaxBufferedBytes, wanted.MaxMessageBytes);
        options.MaxRecipients = RawMail.MostRecipients(messages.Value);
        (options.MaxConnections, options.MaxConnectionsPerAddress) = (wanted.MaxConnections, wanted.MaxConnectionsPerAddress);
    }

    private void Reception(SmtpServerOptions options, bool hasTls)
    {
        ReceptionOptions wanted = reception.Value;
        options.Role = SmtpServerRole.Reception;
        options.Hostname = wanted.HostName;
        options.Tls = hasTls ? _tls : null;
        options.MaxMessageSize = feedback.Value.MaxReportBytes;
        options.MaxBufferedSize = Math.Max(wanted.MaxBufferedBytes, feedback.Value.MaxReportBytes);
        options.MaxRecipients = 100;
        options.MaxRefusals = 20;
        (options.MaxConnections, options.MaxConnectionsPerAddress) = (wanted.MaxConnections, wanted.MaxConnectionsPerAddress);
    }

    /// <returns>Whether there is one. Other servers bring reports in clear as well.</returns>
    private bool TakeCertificate()
    {
        SubmissionOptions wanted = submission.Value;
        if (wanted.CertificateFile is null && !environment.IsDevelopment()) return false;
        _certificateFile = wanted.CertificateFile ?? ServerCertificate.MakeOwn(environment.ContentRootPath, wanted.HostName, clock.GetUtcNow());
        _tls.ServerCertificateContext = ServerCertificate.Load(_certificateFile, wanted.KeyFile);
        certificates.Look(_tls.ServerCertificateContext);
        _certificateTimes = Times();
        _watch = clock.CreateTimer(_ => Renew(), null, _lookEvery, _lookEvery);
        return true;
    }

    /// <summary>Certificates live for months and less: what was renewed on the disk holds for the next connection.</summary>
    private void Renew()
    {
        (DateTime, DateTime) times = Times();
        try
        {
            if (times == _certificateTimes) return;
            _tls.ServerCertificateContext = ServerCertificate.Load(_certificateFile!, submission.Value.KeyFile);
            _certificateTimes = times;
            LogRenewed(_certificateFile!);
        }
        catch (UnusableCertificateException e)
        {
            LogNotRenewed(e.Message); // half written, or wrong: the one before still holds
        }
        finally
        {
            certificates.Look(_tls.ServerCertificateContext!);
        }
    }

    private (DateTime, DateTime) Times() => (File.GetLastWriteTimeUtc(_certificateFile!), submission.Value.KeyFile is { } key ? File.GetLastWriteTimeUtc(key) : default);

    [LoggerMessage(Level = LogLevel.Information, Message = "SMTP: submission on port {Submission} (STARTTLS) and {SubmissionTls} (TLS), reception of reports on port {Reception}")]
    private partial void LogListening(int? submission, int? submissionTls, int? reception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The certificate in {File} was renewed")]
    private partial void LogRenewed(string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "A renewed certificate is not taken, the one before still holds: {Problem}")]
    private partial void LogNotRenewed(string problem);

    /// <summary>Kestrel wants an application for HTTP; on these ports it never comes to that.</summary>
    private sealed class NoHttp : IHttpApplication<object>
    {
        public object CreateContext(IFeatureCollection contextFeatures) => throw new NotSupportedException();

        public Task ProcessRequestAsync(object context) => throw new NotSupportedException();

        public void DisposeContext(object context, Exception? exception)
        {
        }
    }
}

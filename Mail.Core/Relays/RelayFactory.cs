using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Relays.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Relays;

/// <summary>Makes relays of every kind from what a project has set up.</summary>
public sealed class RelayFactory(RelaySecrets secrets, IOptions<RelayOptions> options, NpgsqlDataSource dataSource, IHostEnvironment environment, TimeProvider clock, ILoggerFactory loggers) : IRelayFactory
{
    private bool AllowsPrivate => options.Value.AllowPrivateHosts || environment.IsDevelopment();

    public IRelay Create(ConfiguredRelay relay)
    {
        ArgumentNullException.ThrowIfNull(relay);
        try
        {
            return Create(relay, secrets.Unprotect(relay));
        }
        catch (InvalidRelayException e)
        {
            return new UnusableRelay(relay.Name, new RelayFault(e.Message, IsPermanent: true) { Cause = CauseCodes.RelaySettings });
        }
    }

    private IRelay Create(ConfiguredRelay relay, Dictionary<string, string> settings) => relay.Kind switch
    {
        "smtp" => new SmtpRelay(relay.Name, SmtpRelayKind.Server(settings, options.Value, AllowsPrivate), options.Value.With(relay.MaxConnections), SmtpRelayKind.TakesReturnPaths(settings)),
        "log" => new LogRelay(relay.Name, loggers.CreateLogger<LogRelay>()),
        "capture" => new CaptureRelay(relay.Name, dataSource, clock),
        _ when HttpRelayKind.Find(relay.Kind) is { } kind => Http(kind.Kind, relay, settings),
        _ => throw new InvalidRelayException($"This version of the mail system does not know the relay kind '{relay.Kind}'."),
    };

    private HttpRelay Http(RelayKind kind, ConfiguredRelay relay, Dictionary<string, string> settings)
    {
        HttpRelayEnvironment http = new(options.Value.With(relay.MaxConnections), clock) { AllowPrivateAddresses = AllowsPrivate };
        Result<HttpRelay> made = HttpRelayFactory.Create(kind, relay.Name, settings, http);
        return made.IsSuccess ? made.Value : throw new InvalidRelayException(made.Failure.Detail);
    }
}

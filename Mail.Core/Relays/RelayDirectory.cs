using Mail.Core.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Relays;

/// <summary>A relay and whether it is in use just now.</summary>
public sealed record RelayRoute(IRelay Relay, RelayPause Pause);

/// <summary>Which relay takes a message.</summary>
public sealed partial class RelayDirectory : IAsyncDisposable
{
    private readonly RelayRoute _default;
    private readonly RelayRoute _capture;

    /// <summary>Makes the directory of the configured default relay and the sandbox.</summary>
    public RelayDirectory(RelaySettings settings, IOptions<RelayOptions> options, NpgsqlDataSource dataSource, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        _capture = new RelayRoute(new CaptureRelay("capture", dataSource, clock), new RelayPause(options.Value, clock));
        _default = settings.Kind switch
        {
            RelayKind.Smtp => new RelayRoute(new SmtpRelay(RelaySettings.Name, settings.Server!, options.Value), new RelayPause(options.Value, clock)),
            RelayKind.Log => new RelayRoute(new LogRelay("log", loggers.CreateLogger<LogRelay>()), new RelayPause(options.Value, clock)),
            _ => _capture,
        };
        ILogger<RelayDirectory> logger = loggers.CreateLogger<RelayDirectory>();
        LogDefault(logger, settings);
    }

    /// <summary>Makes a directory with a relay of the caller's.</summary>
    public RelayDirectory(IRelay defaultRelay, IRelay captureRelay, RelayOptions options, TimeProvider clock)
    {
        _default = new RelayRoute(defaultRelay, new RelayPause(options, clock));
        _capture = new RelayRoute(captureRelay, new RelayPause(options, clock));
    }

    /// <summary>Every relay in use.</summary>
    public IReadOnlyList<RelayRoute> All => ReferenceEquals(_default, _capture) ? [_default] : [_default, _capture];

    /// <summary>Test messages never leave the house.</summary>
    public RelayRoute For(StoredMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.IsTest ? _capture : _default;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RelayRoute route in All) await route.Relay.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Default relay: {Settings}")]
    private static partial void LogDefault(ILogger logger, RelaySettings settings);
}

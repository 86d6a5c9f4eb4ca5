using Mail.Core.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Alerts;

/// <summary>Looks whether messages are due for long, and whether anybody sends any. The API looks too: it is there when no worker is.</summary>
internal sealed partial class QueueWatch(NpgsqlDataSource dataSource, IAlerts alerts, IOptions<AlertOptions> options, TimeProvider clock, ILogger<QueueWatch> logger)
{
    private static readonly AlertKey _old = new(null, AlertKind.QueueOld, "");
    private static readonly AlertKey _noWorker = new(null, AlertKind.NoWorker, "");

    private bool _stands;

    public async Task LookAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(AlertSql.Queue);
        command.Parameters.AddTyped((clock.GetUtcNow() - options.Value.QueueOlderThan).UtcDateTime);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        (long all, DateTimeOffset? oldest, long urgent, DateTimeOffset? oldestUrgent, bool isSending) =
            (reader.GetInt64(0), reader.OptionalTime(1), reader.GetInt64(2), reader.OptionalTime(3), reader.GetBoolean(4));
        bool nobody = all > 0 && !isSending;
        Tell(_noWorker, nobody, new AlertFacts { Waiting = all, Since = oldest });
        Tell(_old, urgent > 0 && isSending, new AlertFacts { Waiting = urgent, Since = oldestUrgent });
        if (nobody && !_stands) LogNobody(all, oldest);
        _stands = nobody;
    }

    private void Tell(AlertKey key, bool isSo, AlertFacts facts)
    {
        if (isSo) alerts.Raise(key, facts);
        else alerts.Resolve(key);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} or more deliveries are due, the oldest since {Oldest}, and no worker sends any; start Mail.Worker")]
    private partial void LogNobody(long count, DateTimeOffset? oldest);
}

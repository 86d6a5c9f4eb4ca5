using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Logs;

/// <summary>
/// Writes the calls of API keys, off their way: a call leaves its line in a bounded queue and is done; many lines are written at once. What does not fit, or cannot be written, is lost and
/// counted. Safe for many threads.
/// </summary>
public sealed partial class RequestLog(NpgsqlDataSource dataSource, IOptions<RequestLogOptions> options, TimeProvider clock, ILogger<RequestLog> logger) : BackgroundService
{
    private const int LargestGroup = 5000, LongestAgent = 200;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1), _longestFarewell = TimeSpan.FromSeconds(5);

    private static readonly Counter<long> _lines = MailTelemetry.Meter.CreateCounter<long>("mail.request_log.lines", "{line}", "Calls of API keys, by outcome: written, or lost because too many waited (full) or the database did not take them (failed).");

    // COPY: one statement for thousands of rows. Without waiting for the disk: a crash may cost the last half second of a log, and a commit of mail does not queue behind it.
    private const string BeginSql = "SET LOCAL synchronous_commit = off";
    private const string CopySql = "COPY request_logs (project_id, id, at, key_id, is_test, method, route, status, error, microseconds, client, user_agent, trace_id, message_ids) FROM STDIN (FORMAT BINARY)";

    private readonly Channel<LoggedRequest> _waiting = Channel.CreateBounded<LoggedRequest>(new BoundedChannelOptions(options.Value.MostWaiting) { SingleReader = true });
    private readonly bool _isEnabled = options.Value.IsEnabled;
    private long _full;

    /// <summary>Never waits and never fails.</summary>
    public void Add(LoggedRequest request)
    {
        if (!_isEnabled || _waiting.Writer.TryWrite(request)) return;
        Interlocked.Increment(ref _full);
        Count(1, "full");
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using CancellationTokenSource farewell = new(_longestFarewell);
        while (await WriteGroupAsync(farewell.Token) > 0) { }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(options.Value.Interval, clock, stoppingToken);
            while (await WriteGroupAsync(stoppingToken) == LargestGroup) { }
        }
    }

    private async Task<int> WriteGroupAsync(CancellationToken ct)
    {
        List<LoggedRequest> group = [];
        while (group.Count < LargestGroup && _waiting.Reader.TryRead(out LoggedRequest? request)) group.Add(request);
        if (Interlocked.Exchange(ref _full, 0) is > 0 and var lost) LogFull(lost);
        if (group.Count == 0) return 0;
        for (int tries = 1; ; tries++)
        {
            try
            {
                await WriteAsync(group, CancellationToken.None); // a stop does not tear what is under way
                Count(group.Count, "written");
                return group.Count;
            }
#pragma warning disable CA1031 // a log must not end the loop that writes it, nor the host; it is counted and told
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (tries > 1 || ct.IsCancellationRequested)
                {
                    Count(group.Count, "failed");
                    LogFailed(e, group.Count);
                    return group.Count;
                }
            }

            await Task.Delay(_pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(List<LoggedRequest> group, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using (NpgsqlCommand begin = new(BeginSql, connection)) await begin.ExecuteNonQueryAsync(ct);
        await using (NpgsqlBinaryImporter rows = await connection.BeginBinaryImportAsync(CopySql, ct))
        {
            foreach (LoggedRequest request in group) await WriteAsync(rows, request, ct);
            await rows.CompleteAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter row, LoggedRequest request, CancellationToken ct)
    {
        await row.StartRowAsync(ct);
        await row.WriteAsync(request.ProjectId.Value, NpgsqlDbType.Uuid, ct);
        await row.WriteAsync(request.Id, NpgsqlDbType.Uuid, ct);
        await row.WriteAsync(request.At.UtcDateTime, NpgsqlDbType.TimestampTz, ct);
        await row.WriteAsync(request.KeyId, NpgsqlDbType.Uuid, ct);
        await row.WriteAsync(request.IsTest, NpgsqlDbType.Boolean, ct);
        await row.WriteAsync(request.Method, NpgsqlDbType.Text, ct);
        await row.WriteAsync(request.Route, NpgsqlDbType.Text, ct);
        await row.WriteAsync(request.Status, NpgsqlDbType.Integer, ct);
        await TextAsync(row, request.Error, ct);
        await row.WriteAsync((int)Math.Min(int.MaxValue, request.Took.TotalMicroseconds), NpgsqlDbType.Integer, ct);
        await TextAsync(row, Plain(request.Client), ct);
        await TextAsync(row, AgentOf(request.UserAgent), ct);
        await TextAsync(row, request.TraceId, ct);
        await row.WriteAsync(request.MessageIds as Guid[] ?? [.. request.MessageIds], NpgsqlDbType.Array | NpgsqlDbType.Uuid, ct);
    }

    private static Task TextAsync(NpgsqlBinaryImporter row, string? text, CancellationToken ct) => text is null ? row.WriteNullAsync(ct) : row.WriteAsync(text, NpgsqlDbType.Text, ct);

    private static string? Plain(IPAddress? client) => (client is { IsIPv4MappedToIPv6: true } ? client.MapToIPv4() : client)?.ToString();

    /// <summary>Crawlers and scripts name whom to write to. The log needs no address: it is no table of persons (docs/guides/privacy.md).</summary>
    internal static string? AgentOf(string? agent)
    {
        if (string.IsNullOrWhiteSpace(agent)) return null;
        string shown = Address().Replace(agent.Length > LongestAgent ? agent[..LongestAgent] : agent, "[address]");
        return string.Create(shown.Length, shown, static (text, from) =>
        {
            for (int i = 0; i < text.Length; i++) text[i] = from[i] is >= ' ' and <= '~' ? from[i] : '?';
        });
    }

    private static void Count(long lines, string outcome) => _lines.Add(lines, new KeyValuePair<string, object?>("mail.outcome", outcome));

    [GeneratedRegex("[^\\s;()<>]*(@|%40)[^\\s;()<>]*", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} calls are missing in the request logs: more came than could be written")]
    private partial void LogFull(long count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} calls are missing in the request logs: the database did not take them")]
    private partial void LogFailed(Exception e, int count);
}

using System.Collections.Concurrent;

namespace Mail.Tests.Support;

/// <summary>What workers beside an API under test have logged: its secrets must not stand there either.</summary>
internal static class WorkerLogs
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<LogLines>> _byDatabase = [];

    /// <summary>From here on the logs of this database's workers are kept.</summary>
    public static void Keep(string connectionString) => _byDatabase.TryAdd(connectionString, []);

    public static void Add(string connectionString, LogLines log)
    {
        if (_byDatabase.TryGetValue(connectionString, out ConcurrentQueue<LogLines>? logs)) logs.Enqueue(log);
    }

    public static IReadOnlyList<string> Take(string connectionString) => _byDatabase.TryRemove(connectionString, out ConcurrentQueue<LogLines>? logs) ? [.. logs.SelectMany(log => log.All)] : [];
}

using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Running;

/// <summary>The console output of every process: in one file per resource, and its last lines in memory.</summary>
/// <param name="secrets">Values that must not be readable in any output, known once the parameters are.</param>
internal sealed class LogBook(string folder, SecretMask secrets) : IDisposable
{
    private readonly ConcurrentDictionary<string, ProcessLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Lazy<LogFile>> _files = new(StringComparer.OrdinalIgnoreCase);

    public string FileOf(IResource resource) => Path.Combine(folder, $"{resource.Name}.log");

    public ProcessLog Of(IResource resource, string id)
    {
        LogFile file = _files.GetOrAdd(resource.Name, _ => new Lazy<LogFile>(() => new LogFile(FileOf(resource)))).Value;
        return _logs.GetOrAdd(id, _ => new ProcessLog(file, secrets, resource.GetReplicaCount() > 1 ? $"[{id}] " : ""));
    }

    /// <summary>Null before the process has ever started.</summary>
    public ProcessLog? Find(string id) => _logs.GetValueOrDefault(id);

    public void Dispose()
    {
        foreach (Lazy<LogFile> file in _files.Values) file.Value.Dispose();
    }
}

/// <summary>Appends lines; the file of the start before is kept beside as <c>.previous.log</c>.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer;
    private bool _closed;

    public LogFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path)) File.Move(path, Path.ChangeExtension(path, ".previous.log"), overwrite: true);
        _writer = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    public void Write(string line)
    {
        lock (_gate)
            if (!_closed) _writer.WriteLine(line);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _writer.Dispose();
        }
    }
}

/// <summary>One line of a process, numbered from 1, without colour codes.</summary>
internal sealed record LogLine(long Number, DateTime At, string Text);

/// <summary>The output of one process; several starts of it follow each other.</summary>
internal sealed partial class ProcessLog(LogFile file, SecretMask secrets, string prefix)
{
    private const int Kept = 4_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new(Kept);
    private readonly List<Channel<LogLine>> _watchers = [];
    private long _count;

    public void Write(string raw)
    {
        string text = secrets.Hide(ColourCodes().Replace(raw, ""));
        file.Write(prefix + text);
        lock (_gate)
        {
            LogLine line = new(++_count, DateTime.UtcNow, text);
            if (_lines.Count == Kept) _lines.Dequeue();
            _lines.Enqueue(line);
            foreach (Channel<LogLine> watcher in _watchers) watcher.Writer.TryWrite(line);
        }
    }

    public IReadOnlyList<string> LastLines(int number)
    {
        lock (_gate) return [.. _lines.TakeLast(number).Select(line => line.Text)];
    }

    /// <summary>The kept lines after number <paramref name="after"/>, then the new ones as they come.</summary>
    public async IAsyncEnumerable<LogLine> WatchAsync(long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        // A reader that cannot follow loses the oldest lines, as in the ring itself.
        Channel<LogLine> news = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            foreach (LogLine line in _lines.Where(line => line.Number > after)) news.Writer.TryWrite(line);
            _watchers.Add(news);
        }

        try
        {
            await foreach (LogLine line in news.Reader.ReadAllAsync(ct)) yield return line;
        }
        finally
        {
            lock (_gate) _watchers.Remove(news);
        }
    }

    [GeneratedRegex(@"\x1B\[[0-9;?]*[A-Za-z]")]
    private static partial Regex ColourCodes();
}

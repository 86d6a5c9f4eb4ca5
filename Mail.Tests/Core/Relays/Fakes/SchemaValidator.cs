using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>The providers' own schemas, checked by ajv in one Node process for all tests. Where the corpora or the npm package are absent, nothing is checked.</summary>
internal static class SchemaValidator
{
    private static readonly ConcurrentDictionary<int, TaskCompletionSource<IReadOnlyList<string>>> _open = [];
    private static readonly Lazy<Process> _node = new(Start);
    private static int _lastId;

    public static bool IsPresent { get; } = Corpora.Root is { } root && Directory.Exists(Path.Combine(root, "provider-apis")) && Directory.Exists(Folder("node_modules", "ajv"));

    /// <returns>What does not fit; empty when all does.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(string schema, string json)
    {
        int id = Interlocked.Increment(ref _lastId);
        TaskCompletionSource<IReadOnlyList<string>> answer = _open[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        string line = $$"""{"id":{{id}},"schema":"{{schema}}","data":{{json}}}""";
        lock (_open)
        {
            _node.Value.StandardInput.WriteLine(line);
            _node.Value.StandardInput.Flush();
        }

        return await answer.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static string Folder(params string[] parts) => Repository.Path(["Mail.Tests", "Core", "Relays", "Fakes", .. parts]);

    /// <summary>Ends by itself when this process does: its input ends then.</summary>
    private static Process Start()
    {
        ProcessStartInfo start = new("node", [Folder("validate.mjs"), Path.Combine(Corpora.Root!, "provider-apis")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process node = Process.Start(start)!;
        string error = "";
        node.ErrorDataReceived += (_, line) => error += line.Data;
        node.BeginErrorReadLine();
        _ = Task.Run(async () =>
        {
            while (await node.StandardOutput.ReadLineAsync() is { } line)
            {
                JsonElement answer = JsonDocument.Parse(line).RootElement;
                if (_open.TryRemove(answer.GetProperty("id").GetInt32(), out TaskCompletionSource<IReadOnlyList<string>>? waiting))
                    waiting.SetResult([.. answer.GetProperty("errors").EnumerateArray().Select(one => one.GetString()!)]);
            }

            foreach (TaskCompletionSource<IReadOnlyList<string>> waiting in _open.Values) waiting.TrySetException(new InvalidOperationException($"The validator ended: {error}"));
        });
        return node;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Mail.Hosting.Local.Processes;
using Mail.Tests.Support;

namespace Mail.Tests.Hosting.Local;

/// <summary>
/// Mail.AppHost as a developer starts it: a process of its own, with a folder of its own. Its descendants are found by a variable
/// they inherit, so a test can prove that none is left.
/// </summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Process _process;
    private readonly string _folder;

    private AppHostProcess(Process process, string folder)
    {
        this._process = process;
        this._folder = folder;
        process.OutputDataReceived += (_, line) => Add(line.Data, toOutput: true);
        process.ErrorDataReceived += (_, line) => Add(line.Data, toOutput: false);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public ConcurrentQueue<string> Errors { get; } = new();

    public int Pid => _process.Id;

    public string Output => string.Join('\n', _output);

    /// <summary>The built program itself.</summary>
    public static AppHostProcess Start(string folder, string[] arguments, Dictionary<string, string>? environment = null) =>
        Launch(folder, ["exec", typeof(Projects.Mail_AppHost).Assembly.Location, .. arguments], environment);

    /// <summary>By the README's command.</summary>
    public static AppHostProcess DotnetRun(string folder, string[] arguments)
    {
        string configuration = typeof(Projects.Mail_AppHost).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        return Launch(folder, (string[])["run", "--project", Repository.Path("Mail.AppHost"), "--no-build", "-c", configuration, "--", .. arguments], null);
    }

    /// <summary>A folder for data and logs that every account can reach.</summary>
    public static string NewFolder() => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"mail-apphost-{Guid.NewGuid():N}")).FullName;

    /// <summary>Waits for a line with the text.</summary>
    public async Task<string> LineAsync(string text)
    {
        using CancellationTokenSource limit = new(_limit);
        while (true)
        {
            if (_output.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found) return found;
            Assert.False(_process.HasExited && _arrived.CurrentCount == 0, $"The AppHost ended before it wrote '{text}':\n{Output}\n{string.Join('\n', Errors)}");
            await _arrived.WaitAsync(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }

    public async Task<int> ExitAsync()
    {
        using CancellationTokenSource limit = new(_limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void Signal(int signal) => _ = UnixCalls.Kill(Pid, signal);

    /// <summary>Ids and command lines of every living process that inherited our folder's name.</summary>
    public List<string> Descendants()
    {
        List<string> found = [];
        foreach (string entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), out int pid)) continue;
            try
            {
                if (UnixCalls.IsAlive(pid) && File.ReadAllText(Path.Combine(entry, "environ")).Contains(_folder, StringComparison.Ordinal))
                    found.Add($"{pid} {File.ReadAllText(Path.Combine(entry, "cmdline")).Replace('\0', ' ')}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // ended while we looked, or another user's and so not ours
            }
        }

        return found;
    }

    /// <summary>Fails, with their command lines, if descendants are still there after half a minute.</summary>
    public async Task AssertNothingIsLeftAsync()
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (Descendants() is { Count: > 0 } left)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), $"Still there: {string.Join('\n', left)}\n{Output}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            if (OperatingSystem.IsWindows()) _process.Kill(entireProcessTree: true);
            else Signal(UnixCalls.SigTerm);
            await ExitAsync();
        }

        _process.Dispose();
        _arrived.Dispose();
    }

    private static AppHostProcess Launch(string folder, string[] arguments, Dictionary<string, string>? environment)
    {
        ProcessStartInfo start = new(DotnetHost.Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["Local__Folder"] = folder;
        start.Environment["Local__DashboardPort"] = "0";
        foreach ((string name, string value) in environment ?? []) start.Environment[name] = value;
        return new AppHostProcess(new Process { StartInfo = start }, folder);
    }

    private void Add(string? line, bool toOutput)
    {
        if (line is null) return;
        if (toOutput) _output.Enqueue(line);
        else Errors.Enqueue(line);
        _arrived.Release();
    }
}

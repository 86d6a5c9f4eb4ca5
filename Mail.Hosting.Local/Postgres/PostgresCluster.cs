using System.Diagnostics;
using System.Globalization;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Postgres;

/// <summary>A data folder: made once, recovered after a crash.</summary>
internal sealed class PostgresCluster(PostgresBinaries binaries, PostgresFolders folders, string data)
{
    private static readonly TimeSpan _orphanWait = TimeSpan.FromSeconds(30);

    public string Data => data;

    public bool Exists => File.Exists(Path.Combine(data, "PG_VERSION"));

    /// <summary>Runs initdb in a folder beside and renames it, so that an interrupted start leaves no half-made one.</summary>
    /// <param name="durable">False skips the final sync: a test's data need not survive a power failure.</param>
    public async Task CreateAsync(string user, string password, bool durable, CancellationToken ct)
    {
        if (Directory.Exists(data))
        {
            if (Directory.EnumerateFileSystemEntries(data).Any()) throw Unusable("it is not empty and has no PG_VERSION");
            Directory.Delete(data);
        }

        string making = $"{data}.making";
        if (Directory.Exists(making)) Directory.Delete(making, recursive: true);
        folders.CreateOwned(making);
        string passwordFile = $"{data}.password";
        WriteSecret(passwordFile, password);
        try
        {
            Tool.Result result = await InitAsync(making, user, passwordFile, durable, Locale(), ct);
            if (result.ExitCode != 0 && binaries.Major < 17)
            {
                // No C.UTF-8 on this system. Letters beyond ASCII then have no upper and lower case in SQL.
                Directory.Delete(making, recursive: true);
                folders.CreateOwned(making);
                result = await InitAsync(making, user, passwordFile, durable, ["--locale=C"], ct);
            }

            if (result.ExitCode != 0) throw new LocalHostException($"PostgreSQL could not make its data folder {data}: {LastLine(result.Output)}");
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Directory.Move(making, data);
    }

    /// <summary>Deals with what a killed AppHost may have left: a server that still runs here, or the id file of one that does not.</summary>
    public async Task RecoverAsync(Progress progress, CancellationToken ct)
    {
        string pidFile = Path.Combine(data, "postmaster.pid");
        if (!File.Exists(pidFile)) return;
        string? first = (await File.ReadAllLinesAsync(pidFile, ct)).FirstOrDefault();
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) || !IsPostgres(pid))
        {
            File.Delete(pidFile); // the number belongs to nobody now, or to another program: PostgreSQL would refuse to start
            return;
        }

        // We hold the lock of the .local folder, so no other AppHost owns this server.
        progress.Line($"PostgreSQL of an earlier start still runs here (process {pid}); stopping it first");
        Interrupt(pid);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_orphanWait);
        try
        {
            while (File.Exists(pidFile) && IsPostgres(pid)) await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new LocalHostException($"PostgreSQL (process {pid}) still uses {data} and does not stop; end it and start again.");
        }
    }

    public LocalHostException Unusable(string why) =>
        new($"The PostgreSQL data folder {data} cannot be used: {why}. Mend it, or move it away to start empty: mv '{data}' '{data}.broken'");

    private static string LastLine(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "no output";

    private static bool IsPostgres(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) && (OperatingSystem.IsWindows() || UnixCalls.IsAlive(pid));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Interrupt(int pid)
    {
        if (OperatingSystem.IsWindows()) Process.GetProcessById(pid).Kill(entireProcessTree: true);
        else _ = UnixCalls.Kill(pid, UnixCalls.SigInt);
    }

    // The same order of letters and the same upper and lower case on every machine.
    private string[] Locale() => binaries.Major >= 17
        ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        : ["--locale=C.UTF-8"];

    private async Task<Tool.Result> InitAsync(string folder, string user, string passwordFile, bool durable, string[] locale, CancellationToken ct)
    {
        List<string> arguments =
        [
            "-D", folder, "-U", user, $"--pwfile={passwordFile}", "--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions", .. locale,
        ];
        if (!durable) arguments.Add("--no-sync");
        return await Tool.RunAsync(new ProcessSpec(binaries.Program("initdb"), arguments, folder)
        {
            Account = folders.Account,
            Environment = PostgresServerDriver.CleanEnvironment(folder),
        }, ct);
    }

    private void WriteSecret(string file, string secret)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (StreamWriter writer = new(file, options)) writer.WriteLine(secret);
        folders.Own(file);
    }
}

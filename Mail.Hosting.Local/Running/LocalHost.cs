using Aspire.Hosting;
using Mail.Hosting.Local.Parameters;
using Mail.Hosting.Local.Processes;
using Microsoft.Extensions.Configuration;

namespace Mail.Hosting.Local.Running;

/// <summary>What the resources of one application share: its folders, ports, parameters and its voice.</summary>
internal sealed class LocalHost
{
    private LocalHost(IConfiguration configuration, string root, string stateFolder, bool testing)
    {
        Configuration = configuration;
        RootFolder = root;
        StateFolder = stateFolder;
        Testing = testing;
        DownloadFolder = Path.Combine(root, LocalFolderName);
        Ports = new PortPlan(random: testing);
        Parameters = new ParameterStore(Path.Combine(stateFolder, "parameters.json"));
        Progress = new Progress(testing ? TextWriter.Null : Console.Out, TimeProvider.System);
    }

    public const string LocalFolderName = ".local";

    public IConfiguration Configuration { get; }

    /// <summary>The folder of the solution.</summary>
    public string RootFolder { get; }

    /// <summary>What this application writes: <c>.local</c> of the solution, or a temporary folder of its own in tests.</summary>
    public string StateFolder { get; }

    /// <summary>What is fetched once for all applications of this solution, tests included: npm packages.</summary>
    public string DownloadFolder { get; }

    /// <summary>Random ports, own data, no dashboard, nothing printed, all deleted at the end.</summary>
    public bool Testing { get; }

    public PortPlan Ports { get; }

    public ParameterStore Parameters { get; }

    public Progress Progress { get; }

    public string LogFolder => Path.Combine(StateFolder, "logs");

    public static LocalHost Of(IDistributedApplicationBuilder builder) => builder switch
    {
        LocalApplicationBuilder local => local.Host,
        IHasLocalHost wrapper => wrapper.LocalHost,
        _ => throw new InvalidOperationException($"{builder.GetType()} is no builder of Mail.Hosting.Local."),
    };

    /// <summary>A developer's run: data and logs stay in <c>.local</c> (or in the folder named by <c>Local:Folder</c>).</summary>
    public static LocalHost ForRun(IConfiguration configuration, string appHostDirectory)
    {
        string root = SolutionFolder.Above(appHostDirectory);
        string state = configuration["Local:Folder"] is { Length: > 0 } chosen ? Path.GetFullPath(chosen, root) : Path.Combine(root, LocalFolderName);
        Directory.CreateDirectory(state);
        return new LocalHost(configuration, root, state, testing: false);
    }

    /// <summary>A test's run: a new temporary folder, which is deleted at the end, by the keeper if the test process is killed.</summary>
    public static LocalHost ForTest(IConfiguration configuration, string appHostDirectory)
    {
        string state = Path.Combine(TemporaryFolder(), $"mail-test-{Guid.NewGuid():N}");
        Directory.CreateDirectory(state);
        if (!OperatingSystem.IsWindows()) Keeper.WatchFolder(state);
        return new LocalHost(configuration, SolutionFolder.Above(appHostDirectory), state, testing: true);
    }

    /// <summary>
    /// Memory, where the system offers enough of it: a new database is hundreds of small files, and tests that make and drop one each spend more time in a disk's file system than in
    /// PostgreSQL. TMPDIR chooses another folder.
    /// </summary>
    private static string TemporaryFolder()
    {
        const string memory = "/dev/shm";
        const long least = 8L << 30; // servers of all tests at once stay below a third of it
        if (!OperatingSystem.IsLinux() || !Directory.Exists(memory) || Environment.GetEnvironmentVariable("TMPDIR") is { Length: > 0 }) return Path.GetTempPath();
        DriveInfo drive = new(memory);
        return drive.DriveFormat == "tmpfs" && drive.AvailableFreeSpace >= least ? memory : Path.GetTempPath();
    }

    /// <summary>Deletes what a test's run has written.</summary>
    public void DeleteState()
    {
        if (!Testing) return;
        Ports.Dispose();
        if (Directory.Exists(StateFolder)) Directory.Delete(StateFolder, recursive: true);
        if (!OperatingSystem.IsWindows()) Keeper.ForgetFolder(StateFolder);
    }
}

/// <summary>A builder that wraps ours.</summary>
internal interface IHasLocalHost
{
    LocalHost LocalHost { get; }
}

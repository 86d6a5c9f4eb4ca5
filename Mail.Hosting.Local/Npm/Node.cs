using Mail.Hosting.Local.Processes;

namespace Mail.Hosting.Local.Npm;

/// <summary>This machine's Node.js, new enough for what we run with it.</summary>
internal sealed record Node(string Program, string Npm)
{
    public static readonly Version Oldest = new(20, 19, 0);

    private const string Advice = "Install Node.js 20.19 or later with npm (https://nodejs.org) and start again.";

    /// <exception cref="LocalHostException">Node.js or npm is missing or too old.</exception>
    public static async Task<Node> FindAsync(CancellationToken ct)
    {
        string program = OnPath("node") ?? throw new LocalHostException($"Node.js is not on PATH; the inbox and the console need it. {Advice}");
        string npm = OnPath("npm") ?? throw new LocalHostException($"npm is not on PATH, though Node.js is ({program}). {Advice}");
        Tool.Result answer = await Tool.RunAsync(new ProcessSpec(program, ["--version"], Path.GetTempPath()), ct);
        string text = answer.Output.Trim().TrimStart('v');
        if (answer.ExitCode != 0 || !Version.TryParse(text.Split('-')[0], out Version? version))
            throw new LocalHostException($"{program} --version answers '{answer.Output.Trim()}'. {Advice}");
        return version >= Oldest ? new Node(program, npm) : throw new LocalHostException($"Node.js {version} ({program}) is too old. {Advice}");
    }

    /// <summary><c>npm ci</c>: exactly what the lock file names.</summary>
    public async Task InstallAsync(string folder, CancellationToken ct)
    {
        Tool.Result result = await Tool.RunAsync(Command(folder, "ci", "--no-audit", "--no-fund", "--loglevel=error"), ct);
        if (result.ExitCode != 0)
            throw new LocalHostException($"npm ci in {folder} failed: {FirstError(result.Output)} Check the network and npm's registry setting, then start again.");
    }

    /// <summary>A call of npm in <paramref name="folder"/>.</summary>
    public ProcessSpec Command(string folder, params string[] arguments) => OperatingSystem.IsWindows()
        ? new ProcessSpec("cmd.exe", ["/c", Npm, .. arguments], folder) // npm is a batch file there
        : new ProcessSpec(Npm, arguments, folder);

    public static string FirstError(string output)
    {
        string? line = output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? output.Split('\n').FirstOrDefault();
        return line is null ? "no output." : $"{line.Trim().TrimEnd('.')}.";
    }

    private static string? OnPath(string name)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            foreach (string ending in endings)
                if (File.Exists(Path.Combine(folder, name + ending))) return Path.GetFullPath(Path.Combine(folder, name + ending));
        return null;
    }
}

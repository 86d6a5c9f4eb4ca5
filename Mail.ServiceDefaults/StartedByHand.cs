using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Mail.ServiceDefaults;

/// <summary>
/// A host that an IDE starts under its debugger while Mail.AppHost runs the rest: the variable MAIL_LOCAL_ENVIRONMENT names the resource,
/// and the AppHost (setting Local:ByHand) has written the environment that it would have given the process to .local/environment.
/// Without the variable, nothing happens.
/// </summary>
public static class StartedByHand
{
    public const string Variable = "MAIL_LOCAL_ENVIRONMENT";

    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3); // IDEs start both at once, and a first start of the AppHost takes its time
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(200);

    /// <exception cref="InvalidOperationException">The AppHost has not written the file within three minutes.</exception>
    public static void Apply(IConfigurationManager configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } resource) return;
        string file = Path.Combine(SolutionFolder(), ".local", "environment", $"{resource}.env");
        foreach (string line in WaitFor(file))
            if (line.Split('=', 2) is [{ Length: > 0 } name, string value]) Environment.SetEnvironmentVariable(name, value);
        // They were read when the builder was made; the addresses to listen on are known by a prefix.
        configuration.AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables();
    }

    private static string[] WaitFor(string file)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            if (File.Exists(file) && File.ReadAllLines(file) is [string owner, .. string[] lines] && IsAlive(owner)) return lines;
            if (waited.Elapsed > _limit) throw new InvalidOperationException($"{Variable} is set, but Mail.AppHost does not run with this host in Local:ByHand: {file} is missing or old.");
            Thread.Sleep(_poll);
        }
    }

    private static bool IsAlive(string owner)
    {
        try
        {
            using Process process = Process.GetProcessById(int.Parse(owner.AsSpan().TrimStart("# "), CultureInfo.InvariantCulture));
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false; // left by a host that was killed
        }
    }

    private static string SolutionFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (folder.EnumerateFiles("*.sln").Any()) return folder.FullName;
        throw new InvalidOperationException($"{Variable} is set, but there is no solution above {AppContext.BaseDirectory}.");
    }
}

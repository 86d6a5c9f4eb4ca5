using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mail.Hosting.Local.Processes;

/// <summary>The <c>dotnet</c> program that runs us, used for the projects, for Garnet and for our own helper processes.</summary>
internal static class DotnetHost
{
    private static readonly string _executable = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    public static string Path { get; } = Find();

    /// <summary>Starts this assembly as a program (<see cref="HelperProgram"/>).</summary>
    public static ProcessStartInfo Helper(params ReadOnlySpan<string> arguments)
    {
        ProcessStartInfo start = new(Path) { UseShellExecute = false };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(DotnetHost).Assembly.Location);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    private static string Find()
    {
        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/: this also finds the right root when several are installed.
        string root = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string beside = System.IO.Path.Combine(root, _executable);
        if (File.Exists(beside)) return beside;
        return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path && File.Exists(path)
            ? path
            : throw new LocalHostException($"The dotnet program was not found beside the runtime in {root}; install the .NET 10 SDK.");
    }
}

namespace Mail.Hosting.Local.Processes;

/// <summary>
/// This assembly is also a small program, started again by itself (<c>dotnet Mail.Hosting.Local.dll keep|launch</c>) for what must
/// happen outside the AppHost's process: to outlive it (<see cref="KeeperProgram"/>), and between fork and exec of a child
/// (<see cref="LauncherProgram"/>), where .NET offers no hook. Unix only; Windows has job objects.
/// </summary>
internal static class HelperProgram
{
    private static int Main(string[] arguments)
    {
        if (OperatingSystem.IsWindows()) return Refuse("is used on Unix only");
        return arguments switch
        {
            ["keep", .. string[] known] => KeeperProgram.Run(known),
            ["launch", .. string[] rest] => LauncherProgram.Run(rest),
            _ => Refuse("is a library; start Mail.AppHost instead"),
        };
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine($"Mail.Hosting.Local {why}.");
        return 2;
    }
}

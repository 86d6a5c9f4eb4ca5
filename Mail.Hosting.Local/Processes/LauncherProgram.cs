using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Mail.Hosting.Local.Processes;

/// <summary>
/// Becomes the child: makes a session (so a process group) of its own, so that Ctrl-C in the terminal does not reach it; waits for the word that the
/// keeper knows it; gives up root; then replaces itself by the real program. The process id stays the same throughout.
/// Arguments: <c>uid gid folder program arguments...</c>, uid "-" to stay who we are.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class LauncherProgram
{
    /// <summary>What a shell answers when a program could not be started.</summary>
    public const int CannotExecute = 127;

    public static int Run(string[] arguments)
    {
        if (arguments is not [string user, string group, string folder, string program, .. string[] rest]) return 2;
        _ = UnixCalls.StartSession();

        // One byte means "the keeper knows your id". The end of the pipe means that the AppHost died before it could say so.
        using (Stream input = Console.OpenStandardInput())
            if (input.ReadByte() < 0) return 1;

        if (user != "-" && !BecomeUser(uint.Parse(user, CultureInfo.InvariantCulture), uint.Parse(group, CultureInfo.InvariantCulture)))
            return Fail($"cannot become user {user}");
        Directory.SetCurrentDirectory(folder);
        _ = UnixCalls.Duplicate(UnixCalls.Open("/dev/null", 0), 0);
        _ = UnixCalls.SetSignalHandler(UnixCalls.SigPipe, 0); // .NET ignores SIGPIPE, and an ignored signal stays ignored after exec
        return Replace(program, rest);
    }

    private static bool BecomeUser(uint uid, uint gid) =>
        UnixCalls.SetGroups(1, [gid]) == 0 && UnixCalls.SetGroup(gid) == 0 && UnixCalls.SetUser(uid) == 0;

    private static int Replace(string program, string[] arguments)
    {
        nint[] vector = [Marshal.StringToCoTaskMemUTF8(program), .. arguments.Select(Marshal.StringToCoTaskMemUTF8), 0];
        _ = UnixCalls.Execute(program, vector);
        return Fail($"cannot start {program}");
    }

    private static int Fail(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        Console.Error.WriteLine($"{what}: {Marshal.GetPInvokeErrorMessage(error)}");
        return CannotExecute;
    }
}

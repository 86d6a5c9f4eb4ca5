using Mail.Hosting.Local.Processes;

namespace Mail.Tests.Hosting.Local;

/// <summary>What is missing or broken is said in one line, with how to mend it, and the exit code is not 0.</summary>
public sealed class ClearFailureTests : IDisposable
{
    private readonly string _folder = AppHostProcess.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_Node()
    {
        await using AppHostProcess host = AppHostProcess.Start(_folder, ["--Local:Only=mailpit"], new() { ["PATH"] = _folder });

        string line = await FailureAsync(host);

        Assert.Contains("Node.js is not on PATH", line, StringComparison.Ordinal);
        Assert.Contains("Install Node.js 20.19 or later", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Node_that_is_too_old()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The old Node.js of this test is a shell script.");
        foreach (string program in (string[])["node", "npm"])
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, program), "#!/bin/sh\necho v18.20.4\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(_folder, program), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await using AppHostProcess host = AppHostProcess.Start(_folder, ["--Local:Only=mailpit"], new() { ["PATH"] = _folder });

        Assert.Contains("18.20.4", await FailureAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_data_folder()
    {
        foreach (int major in Enumerable.Range(15, 10))
        {
            string data = Directory.CreateDirectory(Path.Combine(_folder, "data", "mail-postgres-data", $"{major}")).FullName;
            await File.WriteAllTextAsync(Path.Combine(data, "PG_VERSION"), "not a version");
            if (!OperatingSystem.IsWindows() && SystemAccount.ForPostgres() is { } account) _ = UnixCalls.ChangeOwner(data, account.Uid, account.Gid);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await using AppHostProcess host = AppHostProcess.Start(_folder, ["--Local:Only=maildb"]);

        string line = await FailureAsync(host);
        Assert.Contains("mail-postgres-data", line, StringComparison.Ordinal);
        Assert.Contains("cannot be used", line, StringComparison.Ordinal);
        Assert.Contains("move it away", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_with_something_else_in_it()
    {
        foreach (int major in Enumerable.Range(15, 10))
        {
            string data = Directory.CreateDirectory(Path.Combine(_folder, "data", "mail-postgres-data", $"{major}")).FullName;
            await File.WriteAllTextAsync(Path.Combine(data, "holiday.jpg"), "");
        }

        await using AppHostProcess host = AppHostProcess.Start(_folder, ["--Local:Only=maildb"]);

        Assert.Contains("has no PG_VERSION", await FailureAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_api_key_that_cannot_be_one()
    {
        await using AppHostProcess host = AppHostProcess.Start(_folder, [], new() { ["Parameters__api_key"] = "mk_live_short" });

        Assert.Contains("Parameters__api_key", await FailureAsync(host), StringComparison.Ordinal);
    }

    private static async Task<string> FailureAsync(AppHostProcess host)
    {
        Assert.Equal(1, await host.ExitAsync());
        string line = Assert.Single(host.Errors);
        Assert.StartsWith("Mail cannot start: ", line, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux()) await host.AssertNothingIsLeftAsync();
        return line;
    }
}

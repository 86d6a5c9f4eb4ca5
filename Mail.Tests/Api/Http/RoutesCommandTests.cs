using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Mail.Tests.Api.Http;

/// <summary>BOX-13: the list of routes.</summary>
public sealed class RoutesCommandTests
{
    [Fact]
    public async Task Every_path_is_listed_with_its_scope_without_settings_or_a_database()
    {
        string folder = AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}Mail.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Mail.Api{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        ProcessStartInfo start = new("dotnet", [Path.Combine(folder, "Mail.Api.dll"), "routes"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("ConnectionStrings", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((0, ""), (process.ExitCode, await errors));
        string[] lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 200, $"{lines.Length} lines");
        Assert.All(lines, line => Assert.Matches("^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|\\*) +/", line));
        Assert.Contains(lines, line => Regex.IsMatch(line, "^POST +/emails +emails:send +Send"));
        Assert.Contains(lines, line => Regex.IsMatch(line, "^POST +/api/email/create +mailboxes:write +Create a mailbox"));
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

/// <summary>The Dockerfile and the workflows, as far as they can be read without running them.</summary>
public sealed partial class ContainerTests
{
    private static readonly string[] _lines = File.ReadAllLines(Repository.Path("deploy", "containers", "Dockerfile"));

    [Fact]
    public void Images_are_built_from_pinned_ones_and_run_as_nobody_without_a_shell()
    {
        string[] bases = [.. _lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];
        string[] stages = [.. _lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[3])];

        Assert.All(bases.Where(image => !stages.Contains(image)), image => Assert.True(PodPolicy.IsPinned(image), image));
        Assert.Equal(["api", "worker", "web"], stages[^3..]);
        Assert.Contains("FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra AS host", _lines);
        Assert.All((string[])["api", "worker", "web"], stage => Assert.Contains($"FROM host AS {stage}", _lines));
        Assert.Contains("USER $APP_UID", _lines);
        Assert.Contains("STOPSIGNAL SIGTERM", _lines);
    }

    [Fact]
    public void What_is_copied_is_there_and_what_is_built_or_secret_stays_out()
    {
        string[] ignored = File.ReadAllLines(Repository.Path(".dockerignore"));
        string[] copied = [.. _lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1])];

        Assert.All(copied, path => Assert.True(Path.Exists(Repository.Path(path)), path));
        Assert.All((string[])[".git", ".local", "**/bin", "**/obj", "**/node_modules", "**/secrets", "**/.env"], path => Assert.Contains(path, ignored));
        Assert.All(_lines.Where(line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)), line => Assert.True(File.Exists(Repository.Path(Dll().Match(line).Groups[1].Value, $"{Dll().Match(line).Groups[1].Value}.csproj")), line));
    }

    [Fact]
    public async Task Workflows_are_yaml_whose_scripts_bash_can_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "bash");
        string[] files = [.. Directory.EnumerateFiles(Repository.Path(".github", "workflows"), "*.yml")];
        Assert.Equal(4, files.Length);
        foreach (string file in files)
        {
            JsonNode[] steps = [.. Yaml.Read(file).Pairs("jobs").SelectMany(job => job.Value.Each("steps"))];
            Assert.NotEmpty(steps);
            foreach (string script in steps.Select(step => step.Text("run")).OfType<string>())
            {
                using Process bash = Process.Start(new ProcessStartInfo("bash", ["-n", "-c", script]) { RedirectStandardError = true })!;
                string complained = await bash.StandardError.ReadToEndAsync();
                await bash.WaitForExitAsync();
                Assert.True(bash.ExitCode == 0, $"{Path.GetFileName(file)}: {script}\n{complained}");
                Assert.All(Script().Matches(script), path => Assert.True(File.Exists(Repository.Path(path.Value)) || File.Exists(Repository.Path("deploy", "compose", path.Value)), path.Value));
            }
        }
    }

    [GeneratedRegex(@"(Mail\.\w+)\.dll")]
    private static partial Regex Dll();

    [GeneratedRegex(@"(?<![\w/])(?:deploy/kubernetes/|\./|\.ci/)[\w-]+\.(?:sh|mjs)")]
    private static partial Regex Script();
}

using System.Text.Json;
using Mail.Hosting.Local.Processes;
using Mail.Tests.Support;

namespace Mail.Tests.Hosting.Local;

/// <summary>The mode is chosen by a property, an environment variable or host.props, and each has its own output folders.</summary>
public sealed class AspireModeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-mode-").FullName;

    public AspireModeTests()
    {
        File.Copy(Repository.Path("AspireMode.props"), Path.Combine(_folder, "AspireMode.props"));
        File.WriteAllText(Path.Combine(_folder, "probe.proj"), """<Project><Import Project="AspireMode.props" /></Project>""");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task By_itself_it_is_plain_processes() => Assert.Equal(("false", ""), await EvaluateAsync());

    [Fact]
    public async Task By_a_property() => Assert.Equal(("true", "obj-aspire/"), await EvaluateAsync("-p:AspireHosting=true"));

    [Fact]
    public async Task By_an_environment_variable() => Assert.Equal(("true", "obj-aspire/"), await EvaluateAsync(variable: "true"));

    [Fact]
    public async Task By_host_props_unless_something_nearer_says_otherwise()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "host.props"),
            """<Project><PropertyGroup><AspireHosting Condition="'$(AspireHosting)' == ''">true</AspireHosting></PropertyGroup></Project>""");

        Assert.Equal(("true", "obj-aspire/"), await EvaluateAsync());
        Assert.Equal(("false", ""), await EvaluateAsync(variable: "false"));
    }

    private async Task<(string Mode, string Folder)> EvaluateAsync(string? argument = null, string? variable = null)
    {
        List<string> arguments = ["msbuild", "probe.proj", "-getProperty:AspireHosting,BaseIntermediateOutputPath"];
        if (argument is not null) arguments.Add(argument);
        Tool.Result result = await Tool.RunAsync(new ProcessSpec(DotnetHost.Path, arguments, _folder) { Environment = new Dictionary<string, string?> { ["AspireHosting"] = variable } }, CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Output);
        JsonElement properties = JsonDocument.Parse(result.Output).RootElement.GetProperty("Properties");
        return (properties.GetProperty("AspireHosting").GetString()!, properties.GetProperty("BaseIntermediateOutputPath").GetString()!);
    }
}

using System.Globalization;
using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Projects;

/// <summary>Runs a built project in its own folder and with its launch profile, as Aspire does.</summary>
internal sealed class ProjectDriver(ProjectResource project, IProjectMetadata metadata, Assembly appHost, LaunchProfile? profile) : ProcessDriver
{
    private const string OutputKey = "mailprojectoutput:";

    private readonly string _folder = Path.GetDirectoryName(metadata.ProjectPath)!;

    public override string ResourceType => "Project";

    // A project that crashes is the developer's work of the moment: the others go on, and the dashboard starts it again.
    public override bool IsInfrastructure => false;

    public override async Task PrepareAsync(LocalHost host, CancellationToken ct)
    {
        if (project.GetReplicaCount() > 1 && project.Annotations.OfType<EndpointAnnotation>().Any())
            throw new LocalHostException($"'{project.Name}' has endpoints and {project.GetReplicaCount()} replicas; without Aspire's proxy only one process can listen on a port.");
        await NodePackages.InstallForAsync(host, metadata.ProjectPath, ct);
        await ClientApp.BuildAsync(host, _folder, ct);
    }

    public override Task<ProcessSpec> DescribeAsync(LocalHost host, CancellationToken ct)
    {
        Dictionary<string, string?> environment = new()
        {
            // These would reach the project from the AppHost's own launch profile.
            ["ASPNETCORE_URLS"] = null,
            ["DOTNET_LAUNCH_PROFILE"] = profile?.Name,
        };
        foreach ((string name, string value) in profile?.Environment ?? new Dictionary<string, string>()) environment[name] = value;
        List<string> addresses = [.. project.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.UriScheme is "http" or "https").Select(Address)];
        if (addresses.Count > 0) environment["ASPNETCORE_URLS"] = string.Join(';', addresses);
        string output = OutputOf(metadata.ProjectPath);
        string named = Path.ChangeExtension(output, OperatingSystem.IsWindows() ? ".exe" : null);
        environment["DOTNET_ROOT"] = Path.GetDirectoryName(DotnetHost.Path);

        // The project's own executable, where there is one, so that process lists and debuggers show its name.
        ProcessSpec spec = File.Exists(named) ? new ProcessSpec(named, [], _folder) : new ProcessSpec(DotnetHost.Path, [output], _folder);
        return Task.FromResult(spec with
        {
            Environment = environment,
            Grace = TimeSpan.FromSeconds(35), // the .NET host gives its services 30 s
        });
    }

    // The contract speaks of localhost, which would also listen on ::1; one address is enough, and the port is known to be free on both.
    private static string Address(EndpointAnnotation endpoint) =>
        string.Create(CultureInfo.InvariantCulture, $"{endpoint.UriScheme}://127.0.0.1:{endpoint.AllocatedEndpoint!.Port}");

    // The build of the AppHost has written down where the build of the project puts its output.
    private string OutputOf(string projectPath)
    {
        string? output = appHost.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(entry => entry.Key == OutputKey + Path.GetFileNameWithoutExtension(projectPath))?.Value;
        if (output is not null && File.Exists(output)) return output;
        throw new LocalHostException($"{Path.GetFileName(projectPath)} is not built ({output ?? "its output is not recorded"} is missing): run dotnet build {appHost.GetName().Name}.");
    }
}

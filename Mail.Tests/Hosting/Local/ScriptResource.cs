using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Tests.Hosting.Local;

/// <summary>A resource of our own for tests that should depend on no server: a shell script, healthy when a file is there.</summary>
internal sealed class ScriptResource(string name) : ContainerResource(name);

internal static class ScriptResourceExtensions
{
    public static IResourceBuilder<ScriptResource> AddScript(this IDistributedApplicationBuilder builder, string name, string script, string? healthyWhen = null, bool infrastructure = false) =>
        builder.AddResource(new ScriptResource(name)).WithAnnotation(new ScriptDriver(script, healthyWhen, infrastructure));

    private sealed class ScriptDriver(string script, string? healthyWhen, bool infrastructure) : ProcessDriver
    {
        public override string ResourceType => "Script";

        public override bool IsInfrastructure => infrastructure;

        public override IReadOnlyList<HealthProbe> Probes => healthyWhen is null
            ? []
            : [new HealthProbe("file", _ => Task.FromResult(File.Exists(healthyWhen) ? null : $"{healthyWhen} is not there"))];

        public override Task<ProcessSpec> DescribeAsync(LocalHost host, CancellationToken ct) =>
            Task.FromResult(new ProcessSpec("/bin/sh", ["-c", script], host.StateFolder) { Grace = TimeSpan.FromSeconds(5) });
    }
}

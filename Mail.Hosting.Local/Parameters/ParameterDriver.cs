using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Parameters;

/// <summary>A parameter is there as soon as it has a value.</summary>
internal sealed class ParameterDriver(ParameterResource parameter) : ValueDriver
{
    public override string ResourceType => "Parameter";

    public override async Task CreateAsync(LocalHost host, CancellationToken ct) => await parameter.GetValueAsync(ct);

    public override async ValueTask<IReadOnlyList<ResourcePropertySnapshot>> PropertiesAsync(CancellationToken ct) =>
        [new ResourcePropertySnapshot(KnownProperties.ParameterValue, await parameter.GetValueAsync(ct)) { IsSensitive = parameter.Secret }];
}

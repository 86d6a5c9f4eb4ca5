using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stands in for Aspire's type of this name: what is known about one running resource (or one replica) at a moment.</summary>
public sealed record CustomResourceSnapshot
{
    private readonly ImmutableArray<HealthReportSnapshot> _healthReports = [];
    private readonly ResourceStateSnapshot? _state;

    public required string ResourceType { get; init; }

    /// <summary>Among them <c>executable.pid</c>, an <see cref="int"/>: the process that runs the resource.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    public DateTime? CreationTimeStamp { get; init; }

    public DateTime? StartTimeStamp { get; init; }

    public DateTime? StopTimeStamp { get; init; }

    public ResourceStateSnapshot? State
    {
        get => _state;
        init
        {
            _state = value;
            HealthStatus = Compute(_healthReports, value?.Text);
        }
    }

    /// <summary>Of the last process; a signal counts as 128 plus its number.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Null unless running; the worst of the reports, and Healthy without any.</summary>
    public HealthStatus? HealthStatus { get; private init; }

    public ImmutableArray<HealthReportSnapshot> HealthReports
    {
        get => _healthReports;
        internal init
        {
            _healthReports = value;
            HealthStatus = Compute(value, _state?.Text);
        }
    }

    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    public bool IsHidden { get; init; }

    /// <summary>The process that runs the resource, if any.</summary>
    internal int? Pid => Properties.FirstOrDefault(property => property.Name == KnownProperties.ExecutablePid)?.Value as int?;

    /// <summary>Why the resource is in its state, in words; only here, real Aspire writes it to the resource's log.</summary>
    internal string? Reason { get; init; }

    private static HealthStatus? Compute(ImmutableArray<HealthReportSnapshot> reports, string? state)
    {
        if (state != KnownResourceStates.Running) return null;
        if (reports.Length == 0) return Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy;
        return reports.Min(report => report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);
    }
}

/// <summary>Stands in for Aspire's type of this name: a state with a style for its display.</summary>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
}

/// <summary>Stands in for Aspire's type of this name.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Shown masked.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>Stands in for Aspire's type of this name: the address of an endpoint.</summary>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal);

/// <summary>Stands in for Aspire's type of this name: the result of one health check; a null status means it has not run yet.</summary>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    public DateTime? LastRunAt { get; init; }
}

/// <summary>Stands in for Aspire's type of this name: a change of a resource's snapshot.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource { get; } = resource;

    /// <summary>The resource's name, with a suffix per process where there is one.</summary>
    public string ResourceId { get; } = resourceId;

    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}

internal static class KnownProperties
{
    public const string ExecutablePid = "executable.pid";
    public const string ConnectionString = "resource.connectionString";
    public const string ParameterValue = "Value";
}

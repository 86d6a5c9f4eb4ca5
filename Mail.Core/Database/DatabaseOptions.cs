namespace Mail.Core.Database;

/// <summary>Section `Database`.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Whether this process brings the schema up to date at start. False makes it wait until the `--migrate-only` job has done it.</summary>
    public bool Migrate { get; set; } = true;

    /// <summary>How long a start waits for a database that is away, such as one that restarts; then it fails. In Kubernetes and in the local host something starts it again or says so.</summary>
    public TimeSpan WaitFor { get; set; } = TimeSpan.FromSeconds(30);
}

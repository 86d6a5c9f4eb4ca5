namespace Mail.Core.Database;

/// <summary>Section `Database`.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Whether this process brings the schema up to date at start. False makes it wait until the `--migrate-only` job has done it.</summary>
    public bool Migrate { get; set; } = true;
}

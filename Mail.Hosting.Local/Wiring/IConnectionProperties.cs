namespace Mail.Hosting.Local.Wiring;

/// <summary>The parts of a connection string, which Aspire hands to a referencing process one by one (MAILDB_HOST, MAILDB_PORT, ...).</summary>
internal interface IConnectionProperties
{
    /// <summary>Upper-case names without the prefix.</summary>
    ValueTask<IReadOnlyList<KeyValuePair<string, string>>> GetAsync(CancellationToken ct);
}

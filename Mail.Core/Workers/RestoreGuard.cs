using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Mail.Core.Workers;

/// <summary>
/// Nothing is delivered out of a database that was restored from a dump before somebody has said what shall become of what waits in it: most of that was sent after the dump was made,
/// and would be sent a second time. First of all that a worker starts.
/// </summary>
internal sealed class RestoreGuard(NpgsqlDataSource dataSource) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => DemandChoiceAsync(dataSource, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="RestoredDatabaseException">It was restored, and nobody has chosen yet.</exception>
    internal static async Task DemandChoiceAsync(NpgsqlDataSource dataSource, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        if (await DatabaseIdentity.IsKnownAsync(connection, ct)) return;
        await DatabaseIdentity.NoteCopyAsync(connection, ct);
        throw new RestoredDatabaseException();
    }
}

/// <summary>For who accepts mail and delivers none: what it accepts into a restored database is told from what was restored.</summary>
internal sealed class RestoredCopyNote(NpgsqlDataSource dataSource) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await DatabaseIdentity.NoteCopyAsync(connection, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Why nothing is delivered, and what to do.</summary>
public sealed class RestoredDatabaseException() : Exception(
    "This database was restored from a backup or copied, and what waits in it may have been sent since. Run `dotnet Mail.Api.dll restored --hold`, which sends none of that again by itself, or " +
    "`dotnet Mail.Api.dll restored --send` if the old installation was stopped before the backup was made.");

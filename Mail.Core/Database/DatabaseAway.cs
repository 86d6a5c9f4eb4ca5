using Npgsql;

namespace Mail.Core.Database;

/// <summary>Tells a database that is away for the moment (restart, failover, lost connection, overload) from a fault of ours.</summary>
public static class DatabaseAway
{
    /// <summary>Whether the connection or the server is at fault, not the statement: what came of a write is unknown, and it may be tried again.</summary>
    public static bool IsCauseOf(NpgsqlException e) =>
        e is not PostgresException postgres
        || postgres.IsTransient
        || postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow;

    /// <summary>The same for an exception that may only wrap it, as EF Core's does when its retries are over.</summary>
    public static bool IsCauseOf(Exception? e) => e is not null && ((e is NpgsqlException npgsql && IsCauseOf(npgsql)) || IsCauseOf(e.InnerException));
}

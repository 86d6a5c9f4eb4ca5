using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Mail.Core.Common;

/// <summary>Commands that may be part of somebody else's transaction.</summary>
public static class NpgsqlCommands
{
    /// <param name="within">The connection whose transaction it is to be part of; null for any connection and a transaction of its own.</param>
    [SuppressMessage("Security", "CA2100", Justification = "The texts are constants of their callers.")]
    public static NpgsqlCommand CreateCommand(this NpgsqlDataSource dataSource, string sql, NpgsqlConnection? within)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return within is null ? dataSource.CreateCommand(sql) : new NpgsqlCommand(sql, within);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Database;

/// <summary>
/// Whether this version can work with a schema that a newer one has made. Migrations add, so the version before goes on beside the new one and can be gone back to; one that takes away says in its name
/// which migration a host must know: `0009_DropOldColumn_needs_0007`. Names are all that an older version sees of it.
/// </summary>
public sealed partial class SchemaCheck(MailDbContext db, ILogger<SchemaCheck> logger)
{
    /// <exception cref="SchemaTooNewException">The schema has left this version behind.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        string[] known = [.. db.Database.GetMigrations()], applied = [.. await db.Database.GetAppliedMigrationsAsync(ct)];
        if (Judge(known, applied) is { } problem) throw new SchemaTooNewException(problem);
        if (applied.Except(known, StringComparer.Ordinal).ToList() is { Count: > 0 } newer) LogNewer(newer);
    }

    /// <returns>Why hosts that know these migrations cannot work with a database that has those; null when they can.</returns>
    internal static string? Judge(IEnumerable<string> known, IEnumerable<string> applied)
    {
        int newest = known.Max(Number);
        foreach (string name in applied)
        {
            if (Floor().Match(name) is not { Success: true } floor || int.Parse(floor.Groups[1].ValueSpan, CultureInfo.InvariantCulture) <= newest) continue;
            return $"The database has the migration {name} of a newer version. It wants hosts that know migration {floor.Groups[1].Value}, and this one knows {newest:0000} at most. "
                + "Start the newer version; to go back further, restore the backup from before the upgrade (docs/guides/upgrade.md).";
        }

        return null;
    }

    private static int Number(string name) => int.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database's schema is newer than this version: {Names}. This is so while an upgrade is under way, and after going back by one")]
    private partial void LogNewer(List<string> names);

    [GeneratedRegex("_needs_([0-9]{4})$")]
    private static partial Regex Floor();
}

/// <summary>A newer version has taken something out of the schema that this one uses.</summary>
public sealed class SchemaTooNewException(string message) : Exception(message);

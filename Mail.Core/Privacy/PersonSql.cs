using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Privacy;

/// <summary>
/// Finds a person in the database. No table has an index by address: it would cost every message something, and this is asked for rarely. So tables are read in the
/// order of their keys, some hundred rows at a time; a million rows take some seconds, and nobody waits for it.
/// </summary>
internal static class PersonSql
{
    /// <summary>Whether a text may say the address; who asks looks closer then. The collation makes folding cheap, and folds ASCII only, which suffices for the two parts.</summary>
    /// <param name="text">An expression.</param>
    /// <param name="first">The number of the first of two parameters, which <see cref="AddRuns"/> adds.</param>
    public static string MaySay(string text, int first) =>
        $"(SELECT strpos(t, ${first}) > 0 AND EXISTS (SELECT FROM unnest(${first + 1}::text[]) AS d(run) WHERE strpos(t, run) > 0) FROM (SELECT lower(({text}) COLLATE \"C\") AS t OFFSET 0) AS folded)";

    /// <summary>Whether a column holds the address, or may hold another spelling of it.</summary>
    /// <param name="first">The number of the first of two parameters, which <see cref="AddAddress"/> adds.</param>
    public static string MayBe(string column, int first) => $"(lower({column} COLLATE \"C\") = ${first} OR (NOT ${first + 1} AND octet_length({column}) <> char_length({column})))";

    public static NpgsqlParameterCollection AddRuns(this NpgsqlParameterCollection parameters, PersonAddress person) => parameters.AddTyped(person.LocalRun).AddTyped(person.DomainRuns);

    public static NpgsqlParameterCollection AddAddress(this NpgsqlParameterCollection parameters, PersonAddress person) => parameters.AddTyped(person.Normal).AddTyped(person.IsPlain);
}

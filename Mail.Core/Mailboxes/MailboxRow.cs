using System.Text.Json;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Mailboxes;

/// <summary>A row of `mailboxes` as <see cref="MailboxStore.Columns"/> name it.</summary>
internal static class MailboxRow
{
    public static Mailbox Read(NpgsqlDataReader row) => new(
        new ProjectId(row.GetGuid(0)), row.GetGuid(1), row.GetBoolean(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.IsDBNull(7) ? null : row.GetGuid(7),
        row.GetFieldValue<DateTimeOffset>(8))
    {
        State = MailboxNames.Parse<MailboxState>(row.GetString(9), MailboxNames.Name),
        Goal = row.OptionalText(10) is { } goal ? MailboxNames.Parse<MailboxGoal>(goal, MailboxNames.Name) : null,
        GoalAt = row.OptionalTime(11),
        Step = MailboxNames.Parse<MailboxStep>(row.GetString(12), MailboxNames.Name),
        Turn = row.GetInt32(13),
        CallingSince = row.OptionalTime(14),
        MayExist = row.GetBoolean(15),
        Attempts = row.GetInt32(16),
        NextAttemptAt = row.OptionalTime(17),
        Account = row.OptionalText(18),
        Identity = row.OptionalText(19),
        Credentials = row.OptionalText(20),
        CredentialsShownAt = row.OptionalTime(21),
        Problem = row.OptionalText(22) is { } problem ? JsonSerializer.Deserialize(problem, MailboxJson.Default.MailboxProblem) : null,
        ActiveAt = row.OptionalTime(23),
        EndedAt = row.OptionalTime(24),
        Version = row.GetInt32(25),
    };
}

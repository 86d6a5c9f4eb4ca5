namespace Mail.Core.Suppressions;

/// <summary>
/// The wire names of what happens to the list. They stand in the table `events`: under the message that caused them; what no message caused stands under its
/// own id. `detail` holds id, reason, topic_id and expires_at. A file that is imported tells none.
/// </summary>
public static class SuppressionEvents
{
    public const string Added = "suppression.added";
    public const string Removed = "suppression.removed";
}

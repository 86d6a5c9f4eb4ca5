using Mail.Core.Delivery;

namespace Mail.Core.Messages;

/// <summary>
/// The statements of a search, put together from constants: each condition stands there only when it is asked for, so that the planner sees what it is about. All
/// take the same parameters: $1 project, $2 highest and $3 lowest id (both belong to it), $4 ids, $5 limit, $6 subject, $7 tag, $8 recipient, $9 its end as the
/// beginning of an address, $10 state, $11 experiment, $12 arm, $13 Message-ID, $14 API key.
/// </summary>
internal static class SearchSql
{
    // Whatever was prepared with other values must not be planned for them: whose window is a day, and whose address is on every second message, is another matter.
    // Compiling and parallel workers cost more than such a statement takes, and take it from acceptance.
    public const string Settings = "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL statement_timeout = '10s'";

    // Ids are UUIDv7: newest first is the primary key backwards. States are asked for those on the page alone.
    private const string Head = """
        SELECT m.id, m.created_at, m.subject, m.envelope, m.planned_at,
               (SELECT array_agg(DISTINCT r.state) FROM recipients r WHERE r.project_id = $1 AND r.message_id = m.id)
        FROM (SELECT m.id, m.created_at, m.subject, m.envelope, coalesce(m.rescheduled_at, m.scheduled_at) AS planned_at
              FROM messages m WHERE m.project_id = $1 AND m.id <= $2 AND m.id >= $3
        """;

    // Looked for once and kept. PostgreSQL has no notion of how many rows stand between two UUIDs behind the last that it sampled, takes a window of 8,000 for one row, and would look through the recipients of the whole window for every message of it.
    private const string Recipients = "WITH hits AS MATERIALIZED (SELECT r.message_id FROM recipients r WHERE r.project_id = $1 AND r.message_id <= $2 AND r.message_id >= $3";
    private const string Beginning = " AND lower(r.recipient) ~>=~ $8 AND lower(r.recipient) ~<~ $9";
    private const string Anywhere = " AND position($8 IN lower(r.recipient)) > 0";

    // The column is text as we wrote it, and tags are letters and digits: what is looked for stands there so and nowhere else.
    private const string Tag = " AND position($7 IN m.envelope::text) > 0";

    /// <summary>The page itself, within a window of ids or of the candidates in $4.</summary>
    public static string Page(MessageFilter filter, bool ofCandidates, bool newestFirst)
    {
        string state = filter.State is null ? "" : " AND r.state = $10";
        string recipient = filter.Recipient is null ? "" : IsBeginning(filter.Recipient) ? Beginning : Anywhere;
        string order = newestFirst ? " ORDER BY m.id DESC" : " ORDER BY m.id";
        bool byRecipient = state.Length + recipient.Length > 0;
        return (byRecipient ? Recipients + (ofCandidates ? " AND r.message_id = ANY($4)" : "") + state + recipient + ") " : "")
            + Head
            + (ofCandidates ? " AND m.id = ANY($4)" : "")
            + (filter.OnlyTest ? " AND m.is_test" : "")
            + (filter.ApiKeyId is null ? "" : " AND m.api_key_id = $14")
            + (filter.Subject is null ? "" : " AND position($6 IN lower(m.subject)) > 0")
            + (filter.TagName is null ? "" : Tag)
            + (filter.MessageIdHeader is null ? "" : " AND m.envelope ->> 'message_id' = $13")
            + (byRecipient ? " AND m.id IN (SELECT message_id FROM hits)" : "")
            + (filter.ExperimentId is null ? "" : " AND EXISTS (SELECT 1 FROM experiment_messages x WHERE x.project_id = $1 AND x.message_id = m.id AND x.experiment_id = $11" + (filter.Arm is null ? ")" : " AND x.arm = $12)"))
            + order + " LIMIT $5) AS m" + order;
    }

    /// <summary>Where a window of so many messages ends; no row when fewer are left. Index only.</summary>
    public static string WindowEnd(bool onlyTest, bool newestFirst) =>
        "SELECT id FROM messages WHERE project_id = $1 AND id <= $2 AND id >= $3" + (onlyTest ? " AND is_test" : "") + (newestFirst ? " ORDER BY id DESC" : " ORDER BY id") + " OFFSET $5 - 1 LIMIT 1";

    /// <summary>The next messages that can be it at all, from an index that has nothing else; null when there is none for this filter.</summary>
    public static string? Candidates(MessageFilter filter, bool newestFirst)
    {
        const string Within = " WHERE project_id = $1 AND message_id <= $2 AND message_id >= $3";
        string? from = filter switch
        {
            { State: DeliveryState.Bounced or DeliveryState.Complained or DeliveryState.Suppressed or DeliveryState.Failed or DeliveryState.Canceled } =>
                "finished_deliveries" + Within + $" AND state = '{filter.State.Value.Name()}'", // a constant, or its partial index would not serve
            { State: { } state } when state.IsWaiting() => "deliveries" + Within + " AND state = $10",
            { ExperimentId: not null } => "experiment_messages" + Within + " AND experiment_id = $11" + (filter.Arm is null ? "" : " AND arm = $12"),
            _ => null,
        };
        return from is null ? null : "SELECT message_id FROM " + from + (newestFirst ? " ORDER BY message_id DESC" : " ORDER BY message_id") + " LIMIT $5";
    }

    // Who waits has no such index, because acceptance would pay for it: all that wait are looked through, unless they are many.
    public const string ByRecipient = """
        (SELECT message_id FROM finished_deliveries WHERE project_id = $1 AND lower(recipient) ~>=~ $8 AND lower(recipient) ~<~ $9 AND message_id <= $2 AND message_id >= $3 LIMIT $5)
        UNION ALL
        (SELECT message_id FROM deliveries WHERE project_id = $1 AND lower(recipient) ~>=~ $8 AND lower(recipient) ~<~ $9 AND message_id <= $2 AND message_id >= $3 LIMIT $5)
        """;

    public const string Waiting = "SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE project_id = $1 LIMIT $5) AS waiting";

    public const string ByMessageId = "SELECT id FROM messages WHERE project_id = $1 AND envelope ->> 'message_id' = $13 AND id <= $2 AND id >= $3 LIMIT $5";

    /// <summary>Whether the index by address finds it.</summary>
    public static bool IsBeginning(string recipient) => recipient.IndexOf('@', StringComparison.Ordinal) > 0;
}

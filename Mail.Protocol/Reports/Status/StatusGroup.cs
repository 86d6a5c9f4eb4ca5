using Mail.Protocol.Reports.Notices;
using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports.Status;

/// <summary>What the fields of one group say about one recipient (RFC 3464 §2.3).</summary>
internal sealed record StatusGroup
{
    public string? Recipient { get; init; }

    public string? Final { get; init; }

    /// <summary>The address behind an alias that Sendmail names.</summary>
    public string? Actual { get; init; }

    public BounceAction Action { get; init; }

    public EnhancedStatusCode? Status { get; init; }

    public string Comment { get; init; } = "";

    public string DiagnosticType { get; init; } = "";

    public string Diagnostic { get; init; } = "";

    public string? RemoteMta { get; init; }

    public string? WillRetryUntil { get; init; }

    /// <summary>PowerMTA's own word for the reason.</summary>
    public string? Category { get; init; }

    public bool HasFields { get; init; }

    /// <summary>Every address that this recipient has in the report.</summary>
    public IEnumerable<string> Addresses => new[] { Final, Recipient, Actual }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);

    public static StatusGroup Read(FieldBlock fields, NoticeWords words)
    {
        (EnhancedStatusCode? status, string comment) = TypedValue.Status(fields["Status"]);
        (string type, string diagnostic) = TypedValue.Split(fields["Diagnostic-Code"] ?? "");
        string? final = TypedValue.Address(fields["Final-Recipient"]);
        string? original = TypedValue.Address(fields["Original-Recipient"]);
        string? actual = TypedValue.Address(fields["X-Actual-Recipient"]);
        return new StatusGroup
        {
            Recipient = IsBetter(original, final) ? original : final ?? original,
            Final = final ?? original,
            Actual = actual,
            Action = ReadAction(fields["Action"], status, words),
            Status = status,
            Comment = comment,
            DiagnosticType = type,
            Diagnostic = diagnostic,
            RemoteMta = TypedValue.Host(fields["Remote-MTA"]),
            WillRetryUntil = fields["Will-Retry-Until"],
            Category = fields["X-PowerMTA-BounceCategory"],
            HasFields = true,
        };
    }

    /// <summary>What stands for a group where there are no fields.</summary>
    public static StatusGroup Prose(NoticeWords words, bool hasFailed) => new()
    {
        Action = words.SaysDelay && !hasFailed ? BounceAction.Delayed
            : words.SaysSuccess && !words.SaysFailure && !hasFailed ? BounceAction.Delivered
            : BounceAction.Failed,
    };

    public bool IsSame(StatusGroup other) =>
        string.Equals(Recipient, other.Recipient, StringComparison.OrdinalIgnoreCase) && string.Equals(Final, other.Final, StringComparison.OrdinalIgnoreCase);

    // Some lose the quotes of the local part on the way into the original address.
    private static bool IsBetter(string? original, string? final) =>
        original is not null && original.Contains('@') && (final is null || final == original || final.Replace("\"", "", StringComparison.Ordinal) != original);

    private static BounceAction ReadAction(string? value, EnhancedStatusCode? status, NoticeWords words)
    {
        string action = (value ?? "").Trim();
        if (Begins(action, "fail") || Begins(action, "error") || Begins(action, "expired")) return BounceAction.Failed;
        if (Begins(action, "delay")) return BounceAction.Delayed;
        if (Begins(action, "deliver")) return BounceAction.Delivered;
        if (Begins(action, "relay")) return BounceAction.Relayed;
        if (Begins(action, "expand")) return BounceAction.Expanded;
        if (status is { Class: 2 }) return BounceAction.Delivered;
        return words.SaysDelay ? BounceAction.Delayed : BounceAction.Failed;
    }

    private static bool Begins(string action, string word) => action.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}

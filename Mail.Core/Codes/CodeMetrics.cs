using System.Diagnostics.Metrics;
using Mail.Core.Common;

namespace Mail.Core.Codes;

/// <summary>What is counted of one-time codes, on the meter `Mail`. Whose and for what is not said: purposes are the apps' own words.</summary>
internal static class CodeMetrics
{
    private static readonly Counter<long> _issued = MailTelemetry.Meter.CreateCounter<long>("mail.codes.issued", "{code}", "Wishes for a code, by outcome: issued, or refused because too many were asked for or tried.");
    private static readonly Counter<long> _tried = MailTelemetry.Meter.CreateCounter<long>("mail.codes.tried", "{try}", "Tries of codes, by outcome: right, wrong, expired, used, revoked, too_many_tries, none, held.");

    public static CodeIssue Counted(CodeIssue issue)
    {
        _issued.Add(1, new KeyValuePair<string, object?>("mail.outcome", issue.Issued is null ? "refused" : "issued"));
        return issue;
    }

    public static CodeCheck Counted(CodeCheck check)
    {
        _tried.Add(1, new KeyValuePair<string, object?>("mail.outcome", check.Outcome switch
        {
            CodeOutcome.Right => "right",
            CodeOutcome.Wrong => "wrong",
            CodeOutcome.Expired => "expired",
            CodeOutcome.Used => "used",
            CodeOutcome.Revoked => "revoked",
            CodeOutcome.TooManyTries => "too_many_tries",
            CodeOutcome.None => "none",
            CodeOutcome.Held => "held",
            _ => "other",
        }));
        return check;
    }
}

using System.Globalization;
using System.Text.Json;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Messages;
using Npgsql;

namespace Mail.Core.Reservations.Widget;

/// <summary>
/// Codes by which people show that a mailbox is theirs before anything of theirs is stored or shown, and before anybody else is written to. They have the budgets of all codes: five mails in a
/// quarter of an hour, five tries a code, ten wrong ones an hour.
/// </summary>
public sealed class WidgetCodes(CodeStore codes, FlowMail mail, NpgsqlDataSource dataSource)
{
    private const string Purpose = "reservation-widget";

    /// <summary>Longer than any request takes.</summary>
    private static readonly TimeSpan _hold = TimeSpan.FromMinutes(1);

    /// <param name="email">In its normal form.</param>
    /// <returns>When to ask again, if too many were asked for; else null.</returns>
    public async Task<DateTimeOffset?> SendAsync(WidgetSettings widget, string email, string? locale, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(widget);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        CodeIssue issue = await codes.IssueAsync(SubjectOf(widget, email), null, connection, ct);
        if (issue.Issued is not { } code) return issue.RetryAt;
        Dictionary<string, JsonElement> variables = new()
        {
            ["code"] = PlatformMail.Text(code.Code), ["expires_in_minutes"] = JsonElement.Parse(CodeShape.UsualLifetime.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)),
        };
        await mail.StoreAsync(connection, [new FlowMessage(widget.ProjectId, widget.IsTest, email, "verification-code", variables, locale) { SecretVariables = ["code"] }], ct); // who is not to be written to is not told so here
        await transaction.CommitAsync(ct);
        mail.Wake();
        return null;
    }

    /// <summary>Does something for whoever has the code. It is used up by what succeeds: a departure in the past costs no second code.</summary>
    public async Task<Result<T>> WithAsync<T>(WidgetSettings widget, string email, string? typed, Func<Task<Result<T>>> work, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(widget);
        ArgumentNullException.ThrowIfNull(work);
        CodeSubject subject = SubjectOf(widget, email);
        (CodeCheck check, Guid hold) = await codes.HoldAsync(subject, typed, _hold, ct);
        if (Problem(check.Outcome) is { } problem) return problem;
        Result<T> done = await work();
        if (done.IsSuccess) await codes.UseHeldAsync(subject, hold, null, CancellationToken.None);
        else await codes.ReleaseAsync(subject, hold, CancellationToken.None);
        return done;
    }

    private static CodeSubject SubjectOf(WidgetSettings widget, string email) => CodeSubject.OfOwn(widget.ProjectId, Purpose, email, widget.IsTest);

    private static Failure? Problem(CodeOutcome outcome) => outcome switch
    {
        CodeOutcome.Right => null,
        CodeOutcome.Expired => new Failure(FailureKind.Invalid, "expired_code", "The code's time is over. Ask for another one."),
        CodeOutcome.Used or CodeOutcome.Held => new Failure(FailureKind.Invalid, "used_code", "The code was used before. Ask for another one."),
        CodeOutcome.TooManyTries => new Failure(FailureKind.TooMany, "too_many_tries", "Too many wrong codes were tried. Ask for another one later."),
        _ => new Failure(FailureKind.Invalid, "wrong_code", "This is not the code."),
    };
}

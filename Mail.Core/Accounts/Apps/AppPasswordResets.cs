using System.Text.Json;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Accounts.Apps;

/// <summary>What came of a code and a new password.</summary>
public enum AppResetOutcome
{
    Done,

    /// <summary>The code is wrong, used, old or void; or the app knows nobody by that address.</summary>
    WrongCode,

    /// <summary>The same code is being confirmed just now.</summary>
    UnderWay,

    /// <summary>The app does not take this password; the code is still good.</summary>
    PasswordRefused,

    /// <summary>The app did not answer as it should; the code is still good.</summary>
    AppFailed,

    TooMany,
}

/// <param name="Reason">Of a refused password, in the app's words.</param>
public sealed record AppResetResult(AppResetOutcome Outcome, string? Reason = null);

/// <summary>What webhooks hear. `data` of `account.password_reset`.</summary>
internal sealed record AppPasswordResetFacts(Guid Id, string Email, string? Ip, string Browser, bool Test);

/// <summary>
/// Forgotten passwords of an app's users: we mail the code and check it, the app sets the password. We do not know who its users are: every address gets the same answer, by the
/// same work. Of the new password nothing is stored; the code is used up in the transaction that stores the mail "your password was changed", after the app has said that it is.
/// </summary>
public sealed partial class AppPasswordResets(
    CodeStore codes, MessageIntake intake, AppCodeMail codeMail, AppAccountLookup lookup, AppAccountMail mail, AppCallbacks callbacks, SignInThrottle throttle, WebhookPublisher webhooks, IOptions<AccountOptions> options, TimeProvider clock, ILogger<AppPasswordResets> logger)
{
    private const string Purpose = "password-reset";

    internal const string CallbackType = "password.reset";

    private const string ChangedEvent = "password_changed";

    /// <summary>Longer than a callback may take.</summary>
    private static readonly TimeSpan _hold = AppCallbacks.Limit + TimeSpan.FromSeconds(20), _hour = TimeSpan.FromHours(1);

    /// <summary>Whose code it is, by the address in its normal form.</summary>
    public static CodeSubject SubjectOf(ProjectId project, string email, bool isTest) => CodeSubject.OfOwn(project, Purpose, email, isTest);

    /// <summary>Mails a code; where the app is to be asked first, later and by a worker: neither the answer nor its time says whether it knows the address.</summary>
    /// <param name="isLimited">Whether it is known where the person is: the app's own server is one place for all of them, and has the rate of its key.</param>
    /// <param name="answer">The one answer there is.</param>
    /// <returns>A refusal, of the request or of the project's set-up; never one that says something of the address.</returns>
    public async Task<Result<string>> RequestAsync(MessageSender sender, AppAccountSettings settings, CodeSubject subject, string email, string? name, string? locale, AccountClient client, bool isLimited, IdempotencyRecord? key, string answer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(client);
        if (isLimited && !await IsAllowedAsync(sender, client, ct)) return TooMany;
        Failure? refusal = settings.LooksUp
            ? await lookup.PublishAsync(sender, settings, email, name, locale, key, answer, ct)
            : await codeMail.SendAsync(sender, settings, subject, email, name, locale, key, answer, ct);
        return refusal is null ? answer : refusal;
    }

    /// <summary>Has the app set a password that has been checked, for the right code: once.</summary>
    public async Task<AppResetResult> ConfirmAsync(MessageSender sender, AppAccountSettings settings, CodeSubject subject, string email, string code, string password, string? name, string? locale, AccountClient client, bool isLimited, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(client);
        if (isLimited && !await IsAllowedAsync(sender, client, ct)) return new AppResetResult(AppResetOutcome.TooMany);
        (CodeCheck check, Guid hold) = await codes.HoldAsync(subject, code, _hold, ct);
        if (check.Outcome is CodeOutcome.Held) return new AppResetResult(AppResetOutcome.UnderWay);
        if (!check.IsRight) return new AppResetResult(AppResetOutcome.WrongCode);

        // From here on the caller's going away ends nothing half-way.
        DateTimeOffset at = clock.GetUtcNow();
        AppAnswer answer = await callbacks.SendAsync(settings, CallbackType, hold, json =>
        {
            json.WriteString("id", check.Id!.Value);
            json.WriteString("email", email);
            json.WriteString("new_password", password);
            json.WriteString("at", at);
            json.WriteString("ip", client.Ip);
            json.WriteString("browser", client.Browser);
            json.WriteBoolean("test", sender.IsTest);
        }, CancellationToken.None);
        if (answer.Verdict is not AppVerdict.Done)
        {
            await codes.ReleaseAsync(subject, hold, CancellationToken.None);
            if (answer.Verdict is AppVerdict.Failed) LogFailed(sender.ProjectId.Value, answer.Problem!);
            string? reason = answer.Reason?.Contains(password, StringComparison.OrdinalIgnoreCase) == true ? null : answer.Reason; // nobody repeats it to us
            return new AppResetResult(answer.Verdict switch { AppVerdict.Unknown => AppResetOutcome.WrongCode, AppVerdict.Refused => AppResetOutcome.PasswordRefused, _ => AppResetOutcome.AppFailed }, reason);
        }

        await CompleteAsync(sender, settings, subject, hold, check.Id!.Value, new AppAccountEvent(ChangedEvent, email, name, locale, client, at, null, []));
        return new AppResetResult(AppResetOutcome.Done);
    }

    /// <summary>The password is changed, whatever comes now: a mail that cannot be made does not make the code good again.</summary>
    private async Task CompleteAsync(MessageSender sender, AppAccountSettings settings, CodeSubject subject, Guid hold, Guid id, AppAccountEvent changed)
    {
        async Task<Failure?> StoreAsync(NpgsqlConnection? connection, CancellationToken ct)
        {
            await codes.UseHeldAsync(subject, hold, connection, ct);
            AppPasswordResetFacts facts = new(id, changed.Email, changed.Client.Ip, changed.Client.Browser, sender.IsTest);
            if (!sender.IsTest) await webhooks.PublishAsync(sender.ProjectId, hold, WebhookEvents.PasswordReset, JsonSerializer.SerializeToElement(facts, AppAccountJson.Default.AppPasswordResetFacts), changed.At, connection, ct);
            return null;
        }

        Result<EmailRequest> request = await mail.PrepareAsync(sender, settings, changed, CancellationToken.None);
        Failure? problem = request.Failure;
        if (request.IsSuccess) problem = (await intake.AcceptWithAsync(sender, request.Value, null, new IntakeCompanion(StoreAsync, _ => ""), CancellationToken.None)).Failure;
        if (problem is null) return;
        LogNotTold(sender.ProjectId.Value, problem.Code);
        await StoreAsync(null, CancellationToken.None);
    }

    private static Failure TooMany => new(FailureKind.TooMany, "too_many_attempts", "Too many requests from this client (`client.ip`) in the last hour. Try again later.");

    /// <summary>By where the person is.</summary>
    private Task<bool> IsAllowedAsync(MessageSender sender, AccountClient client, CancellationToken ct) =>
        throttle.TryAsync($"app reset {sender.ProjectId} {client.Network}", options.Value.ResetsPerClient, _hour, ct);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account callback of project {ProjectId} did not set a new password: {Problem}")]
    private partial void LogFailed(Guid projectId, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "A user of project {ProjectId} has a new password and could not be told by mail: {Problem}")]
    private partial void LogNotTold(Guid projectId, string problem);
}

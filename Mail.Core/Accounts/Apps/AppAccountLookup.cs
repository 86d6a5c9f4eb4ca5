using System.Collections.Concurrent;
using System.Text.Json;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Accounts.Apps;

/// <summary>Somebody asks for a code, and the app is to say first whether it knows the address.</summary>
/// <param name="FromDomains">What the key may send from.</param>
/// <param name="Key">The caller's Idempotency-Key.</param>
/// <param name="Answer">What stands under that key: what the caller heard.</param>
[BusMessage("accounts.app-reset-asked"), Sensitive]
internal sealed record AppResetAsked(
    ProjectId ProjectId, bool IsTest, string ProjectLocale, string[] FromDomains, string Email, string? Name, string? Locale, string? Key, byte[]? RequestHash, string Answer, DateTimeOffset At) : IProjectMessage;

/// <summary>
/// Asks an app whether an address is one of its users', before a code is mailed there: on the bus, so that who asks for a code hears the same, and as soon, whatever the app will say.
/// An app that fails is asked again for as long as somebody may still wait for the code. Without its answer there is no mail.
/// </summary>
public sealed partial class AppAccountLookup(BusOutbox outbox, AppAccountSettingsStore store, AppCallbacks callbacks, AppCodeMail mail, SignInThrottle throttle, TimeProvider clock, ILogger<AppAccountLookup> logger)
{
    public const string CallbackType = "account.lookup";

    private const int LongestName = 200, LongestLocale = 35;

    /// <summary>A slow app has no more of a worker than this: the next ones step back, and other projects' messages go on.</summary>
    private const int MostAtOnce = 4;

    /// <summary>As many as there are codes for an address.</summary>
    private const int PerAddress = 5;

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(15), _stepBack = TimeSpan.FromSeconds(2), _waits = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<(ProjectId, bool), int> _underWay = new();

    /// <returns>A refusal of the project's set-up; none is about the address.</returns>
    public async Task<Failure?> PublishAsync(MessageSender sender, AppAccountSettings settings, string email, string? name, string? locale, IdempotencyRecord? key, string answer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sender);
        if (await mail.ObjectionAsync(sender, settings, email, name, locale, ct) is { } objection) return objection;
        AppResetAsked asked = new(sender.ProjectId, sender.IsTest, sender.Locale, [.. sender.FromDomains], email, name, locale, key?.Key, key?.RequestHash, answer, clock.GetUtcNow());
        await outbox.AloneAsync(connection => outbox.PublishAsync(asked, connection, ct), ct);
        return null;
    }

    /// <summary>In the worker.</summary>
    internal async Task HandleAsync(AppResetAsked asked, Database.MailDbContext db, BusContext context, CancellationToken ct)
    {
        if (await store.FindAsync(asked.ProjectId, asked.IsTest, ct) is not { } settings) return; // taken away meanwhile
        if (clock.GetUtcNow() - asked.At > _waits) throw new BusFatalException("The app did not say in time whether it knows the address; whoever asked for a code must ask again.");
        (ProjectId, bool) app = (asked.ProjectId, asked.IsTest);
        try
        {
            if (_underWay.AddOrUpdate(app, 1, (_, count) => count + 1) > MostAtOnce)
            {
                await context.CompleteAsync(ct => outbox.ScheduleAsync(asked, clock.GetUtcNow() + _stepBack, (NpgsqlConnection)db.Database.GetDbConnection(), ct), ct);
                return;
            }

            // Counted by what is asked, not by attempts.
            if (context.Attempt == 1 && !await throttle.TryAsync($"app lookup {asked.ProjectId} {asked.IsTest} {asked.Email}", PerAddress, _window, ct)) return;
            await AskAsync(asked, settings, context, ct);
        }
        finally
        {
            _underWay.AddOrUpdate(app, 0, (_, count) => count - 1);
        }
    }

    private async Task AskAsync(AppResetAsked asked, AppAccountSettings settings, BusContext context, CancellationToken ct)
    {
        AppAnswer answer = await callbacks.SendAsync(settings, CallbackType, context.Id, json =>
        {
            json.WriteString("id", context.Id);
            json.WriteString("email", asked.Email);
            json.WriteString("at", asked.At);
            json.WriteBoolean("test", asked.IsTest);
        }, ct, asks: true);
        if (answer.Verdict is AppVerdict.Failed or AppVerdict.Refused)
        {
            LogFailed(asked.ProjectId.Value, answer.Problem ?? "it answered 422");
            throw new InvalidOperationException($"The app's callback did not answer `{CallbackType}`: {answer.Problem ?? "it answered 422"}.");
        }

        if (answer.Verdict is AppVerdict.Unknown || answer.Facts is { } said && said.TryGetProperty("known", out JsonElement known) && known.ValueKind is JsonValueKind.False) return;

        // What it says of the person counts where it can be used; the address is the one that was asked for, whatever it says.
        string? name = (answer.Facts is { } facts ? AppCallbacks.TextIn(facts, "name", LongestName) : null) ?? asked.Name;
        string? locale = answer.Facts is { } more && AppCallbacks.TextIn(more, "locale", LongestLocale) is { } tag && Templates.Locale.IsWellFormed(tag) ? tag : asked.Locale;
        MessageSender sender = new(asked.ProjectId, asked.IsTest, asked.ProjectLocale) { FromDomains = asked.FromDomains };
        CodeSubject subject = AppPasswordResets.SubjectOf(asked.ProjectId, asked.Email, asked.IsTest);
        // Once, also when this worker dies before it can say that it is done: by the caller's key, else by the message's id.
        IdempotencyRecord key = asked is { Key: { } given, RequestHash: { } hash } ? new(given, hash) : new($"{CallbackType}/{context.Id:N}", context.Id.ToByteArray());
        if (await mail.SendAsync(sender, settings, subject, asked.Email, name, locale, key, asked.Answer, ct) is not { } refusal) return;
        LogNotMailed(asked.ProjectId.Value, refusal.Code);
        if (refusal.Kind is FailureKind.Unavailable) throw new InvalidOperationException($"The mail with the code was not taken: {refusal.Code}.");
        throw new BusFatalException($"The mail with the code cannot be made: {refusal.Code}."); // the settings or the template were changed since
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account callback of project {ProjectId} did not say whether it knows an address: {Problem}. It is asked again while the code is waited for")]
    private partial void LogFailed(Guid projectId, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A code of project {ProjectId} was not mailed: {Problem}")]
    private partial void LogNotMailed(Guid projectId, string problem);
}

/// <summary>In the worker.</summary>
internal static class AppResetAskedHandler
{
    [BusHandler(HoldsTransaction = false)]
    public static Task Handle(AppResetAsked asked, AppAccountLookup lookup, Database.MailDbContext db, BusContext context, CancellationToken ct) => lookup.HandleAsync(asked, db, context, ct);
}

using Mail.Core.Appointments;
using Mail.Core.Database;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Mailboxes;

/// <param name="Removed">Mails that are gone from the mailbox.</param>
/// <param name="HasMore">Whether the limit ended the look and not the mailbox, and another one would get on.</param>
internal sealed record LookResult(int Removed, bool HasMore);

/// <summary>What a look has done, also one that breaks off.</summary>
internal sealed class LookProgress
{
    /// <summary>Reports about mail of ours.</summary>
    public int Recorded { get; set; }
}

/// <summary>
/// One look: hands what is new to <see cref="ReportIntake"/>. What is recorded is removed, and only then: a look that breaks off leaves it, and the same report twice changes nothing. What is not
/// about mail of ours stays and is not fetched again. What cannot be read is tried a few times, then set apart.
/// </summary>
internal sealed partial class MailboxLook(ReportIntake intake, AppointmentReplies replies, ReturnPaths returnPaths, MailboxStore store, IOptions<BounceMailboxOptions> options, TimeProvider clock, ILogger<MailboxLook> logger)
{
    private const int MostTries = 5;
    private static readonly TimeSpan _forgetEvery = TimeSpan.FromHours(1);

    private DateTimeOffset _forgottenAt;

    /// <exception cref="MailboxException">The mailbox could not be read, or not to the end.</exception>
    public async Task<LookResult> RunAsync(IMailbox mailbox, LookProgress progress, CancellationToken ct)
    {
        await returnPaths.ReadAsync("", ct); // its keys are needed for every mail: were they not to be had, no mail would be to blame
        await using IMailboxSession session = await mailbox.OpenAsync(ct);
        (List<MailboxMail> found, bool hasMore) = await NewAsync(mailbox, session, ct);
        int removed = 0;
        foreach (MailboxMail mail in found)
            if (await TakeAsync(mailbox, session, mail, progress, ct)) removed++;
        await session.CloseAsync(ct);
        return new LookResult(removed, hasMore && removed > 0);
    }

    /// <summary>Those that no look has settled, up to the limit.</summary>
    private async Task<(List<MailboxMail> Mails, bool HasMore)> NewAsync(IMailbox mailbox, IMailboxSession session, CancellationToken ct)
    {
        List<MailboxMail> found = [];
        List<string> there = [];
        int most = options.Value.MostAtOnce;
        await foreach (IReadOnlyList<MailboxMail> page in session.ListAsync(ct))
        {
            string[] ids = [.. page.Select(mail => mail.Id).OfType<string>()];
            there.AddRange(ids);
            HashSet<string> settled = await store.SettledAsync(mailbox.Name, ids, ct);
            found.AddRange(page.Where(mail => mail.Id is null || !settled.Contains(mail.Id)));
            if (found.Count > most) break;
        }

        if (clock.GetUtcNow() - _forgottenAt >= _forgetEvery)
        {
            await store.ForgetAsync(mailbox.Name, session.ListsAll ? there : null, options.Value.LookBack, ct);
            _forgottenAt = clock.GetUtcNow();
        }

        return found.Count > most ? (found[..most], true) : (found, false);
    }

    /// <returns>Whether it is gone from the mailbox.</returns>
    private async Task<bool> TakeAsync(IMailbox mailbox, IMailboxSession session, MailboxMail mail, LookProgress progress, CancellationToken ct)
    {
        FetchedMail fetched;
        try
        {
            fetched = await session.FetchAsync(mail, ct);
        }
        catch (MailboxException e) when (e.BlamesMail)
        {
            await NotReadAsync(mailbox, null, mail, e.Message, isFinal: false, ct); // its session is of no more use
            throw;
        }

        if (fetched.IsGone) return false;
        if (fetched.Problem is { } problem)
        {
            await NotReadAsync(mailbox, session, mail, problem, fetched.IsFinal, ct);
            return false;
        }

        ReportResult? result = null;
        bool isAnswer = false;
        try
        {
            isAnswer = await replies.FindAsync(fetched.Content, ct) is { Effect: not (ReplyEffect.NoReply or ReplyEffect.Unmatched) }; // of a calendar, to an appointment
            if (!isAnswer) result = await intake.RecordAsync(new InboundReport(fetched.Content, ReportSource.Mailbox), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && !DatabaseAway.IsCauseOf(e))
        {
            LogFault(e, mailbox.Name);
            await NotReadAsync(mailbox, session, mail, $"A fault in the mail system ({e.GetType().Name}).", isFinal: false, ct);
            return false;
        }

        if (result is { IsTooEarly: true }) return false; // the next look finds it again
        bool isOurs = result is null || result.Fates.Any(fate => fate.Effect != ReportEffect.Unmatched);
        if (isOurs) progress.Recorded++;
        if (isOurs || options.Value.DeleteOthers)
        {
            await session.RemoveAsync(mail, ct);
            return true;
        }

        if (mail.Id is { } id) await store.SettleAsync(mailbox.Name, id, null, ct);
        return false;
    }

    /// <param name="session">Null when it is broken.</param>
    private async Task NotReadAsync(IMailbox mailbox, IMailboxSession? session, MailboxMail mail, string problem, bool isFinal, CancellationToken ct)
    {
        int tries = mail.Id is { } id ? await store.SettleAsync(mailbox.Name, id, problem, ct) : 1;
        if (!isFinal && tries < MostTries)
        {
            LogNotRead(mailbox.Name, tries, problem);
            return;
        }

        LogSetApart(mailbox.Name, problem);
        if (session is not null) await session.SetApartAsync(mail, ct);
        if (mail.Id is { } settled) await store.SetApartAsync(mailbox.Name, settled, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail in the bounce mailbox {Mailbox} could not be read at try {Try}: {Problem}")]
    private partial void LogNotRead(string mailbox, int @try, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail in the bounce mailbox {Mailbox} was set apart, because it cannot be read: {Problem}")]
    private partial void LogSetApart(string mailbox, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail in the bounce mailbox {Mailbox} met a fault in the mail system")]
    private partial void LogFault(Exception e, string mailbox);
}

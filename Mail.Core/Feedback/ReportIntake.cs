using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Protocol.Mime.Parsing;
using Mail.Protocol.Reports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback;

/// <summary>
/// The one way in for reports that come as mail, wherever they came from: reads them, finds the deliveries and records what became of those. The same report twice
/// changes nothing the second time. What fits nothing is logged and counted (`mail.feedback.reports`), never answered.
/// </summary>
public sealed partial class ReportIntake(
    ReturnPaths returnPaths, DeliveryFinder finder, DeliveryReports reports, DelayNotes delays, IOptions<FeedbackOptions> options, TimeProvider clock, ILogger<ReportIntake> logger)
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Where mail systems write the address that a mail was delivered to.</summary>
    private static readonly string[] _recipientHeaders = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "To"];

    /// <returns>What it was and what it changed, committed. <see cref="ReportResult.IsTooEarly"/>: hand it in again.</returns>
    public async Task<ReportResult> RecordAsync(InboundReport inbound, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(inbound);
        ParsedMessage? mail = ParsedMessage.TryParse(inbound.Raw, out ParsedMessage? parsed, out _) ? parsed : null;
        MailReport report = mail is null ? ReportReader.Read(inbound.Raw) : ReportReader.Read(mail);
        List<FoundDelivery> named = await NamedAsync(inbound, mail, ct);
        // A notice in prose may name nobody; the return path knows whom it is about.
        if (report is { Kind: ReportKind.Delivery, Recipients.Count: 0 } && mail is not null && named is [FoundDelivery only]) report = ReportReader.Read(mail, only.Recipient);

        List<(ReportedWords Words, FoundDelivery? Delivery)> said = await MatchAsync(ReportedWords.Of(report), named, inbound, ct);
        List<ReportedFate> fates = new(said.Count);
        foreach ((ReportedWords words, FoundDelivery? delivery) in said) fates.Add(await RecordAsync(words, delivery, ct));
        ReportResult result = new(report, fates);
        Tell(inbound, result, named.Count > 0);
        return result;
    }

    /// <summary>The deliveries whose return paths it was sent to.</summary>
    private async Task<List<FoundDelivery>> NamedAsync(InboundReport inbound, ParsedMessage? mail, CancellationToken ct)
    {
        HashSet<VerpAddress> paths = [.. inbound.ReturnPaths];
        if (paths.Count == 0 && mail is not null)
        {
            foreach (string name in _recipientHeaders)
                foreach (ParsedHeader header in mail.Headers.GetAll(name).Take(20))
                    foreach (ParsedMailbox address in AddressListParser.TryParse(header.UnfoldedValue, out IReadOnlyList<ParsedMailbox> listed, out _) ? listed.Take(20) : [])
                        if (await returnPaths.ReadAsync(address.Address, ct) is { } path) paths.Add(path);
        }

        List<FoundDelivery> named = [];
        foreach (VerpAddress path in paths)
            if ((inbound.Project is null || inbound.Project.Value.Value == path.ProjectId) && await finder.FindAsync(path, ct) is { } found) named.Add(found);
        return named;
    }

    /// <summary>The delivery that a return path names is the authority; where there is none, Message-ID and recipient together tell.</summary>
    private async Task<List<(ReportedWords, FoundDelivery?)>> MatchAsync(List<ReportedWords> said, List<FoundDelivery> named, InboundReport inbound, CancellationToken ct)
    {
        ProjectId? project = inbound.Project;
        if (said.Count == 0) return [];
        if (named.Count > 0)
        {
            List<(ReportedWords, FoundDelivery?)> about = [];
            foreach (FoundDelivery delivery in named)
                if (Pick(said, delivery, isOnly: named.Count == 1) is { } words) about.Add((words, delivery));
            return about.Count > 0 ? about : [.. said.Select(words => (words, (FoundDelivery?)null))];
        }

        List<(ReportedWords, FoundDelivery?)> matched = new(said.Count);
        Dictionary<string, IReadOnlyList<FoundDelivery>> messages = [];
        foreach (ReportedWords words in said)
        {
            FoundDelivery? found = words.MailFrom is { } from && await returnPaths.ReadAsync(from, ct) is { } path && (project is null || project.Value.Value == path.ProjectId)
                ? await finder.FindAsync(path, ct) : null;
            if (found is null && words.MessageId is { } id)
            {
                if (!messages.TryGetValue(id, out IReadOnlyList<FoundDelivery>? recipients)) messages.Add(id, recipients = await finder.FindAsync(id, project, ct));
                if (!IsProofEnough(inbound, words, recipients)) found = null;
                else found = words.Recipients.Count == 0 ? (recipients.Count == 1 ? recipients[0] : null) : recipients.FirstOrDefault(one => words.IsAbout(one.Recipient));
            }

            matched.Add((words, found));
        }

        return matched;
    }

    /// <summary>
    /// Anybody may write to our mail exchanger, and whoever got a message knows its Message-ID: of one that went to several, each could report the others dead. A bounce comes to
    /// the return path or not at all; a complaint without one is believed where the message had one recipient.
    /// </summary>
    private static bool IsProofEnough(InboundReport inbound, ReportedWords words, IReadOnlyList<FoundDelivery> recipients) =>
        inbound.Source != ReportSource.Smtp || (words.State == DeliveryState.Complained && recipients.Count == 1);

    /// <summary>Of several recipients in one report, the one that the mail went to. Behind it may stand a list or a forward, whose failures are its own while another of its addresses was reached.</summary>
    private static ReportedWords? Pick(List<ReportedWords> said, FoundDelivery delivery, bool isOnly) =>
        said.FirstOrDefault(words => words.IsAbout(delivery.Recipient))
        ?? (!isOnly ? null : said.Count == 1 || said.All(words => words.State == said[0].State) ? said[0] : said.FirstOrDefault(words => words.State is null));

    private async Task<ReportedFate> RecordAsync(ReportedWords words, FoundDelivery? found, CancellationToken ct)
    {
        ReportedFate fate = new(found, found?.Recipient ?? (words.Recipients is [string first, ..] ? first : null), words.State, ReportEffect.Unmatched, words.Reason, words.IsHard);
        if (found is null) return fate;
        if (await OutcomeAsync(found, ct) is { } waits) return fate with { Effect = waits };
        if (words.State is not { } state)
            return fate with { Effect = await delays.TellAsync(found, words, ct) ? ReportEffect.Told : ReportEffect.NothingNew };
        HashSet<DeliveryId> changed = await reports.RecordAsync(
            [
                new DeliveryReport(found.ProjectId, found.MessageId, found.Id, state)
                {
                    Reason = words.Reason, Code = words.Code, EnhancedCode = words.EnhancedCode, Text = words.Text, Cause = words.Cause, IsHardBounce = state == DeliveryState.Bounced ? words.IsHard : null,
                    Detail = words.Detail.Count == 0 ? null : words.Detail.ToJsonString(),
                },
            ], ct);
        return fate with { Effect = changed.Contains(found.Id) ? ReportEffect.Changed : ReportEffect.NothingNew };
    }

    /// <summary>A server may answer with a bounce before the worker has noted that it took the message; a report can only change what is final.</summary>
    /// <returns>Null once the delivery is final.</returns>
    private async Task<ReportEffect?> OutcomeAsync(FoundDelivery found, CancellationToken ct)
    {
        long since = clock.GetTimestamp();
        for (DeliveryState state = found.State; state.IsWaiting();)
        {
            if (state != DeliveryState.Sending) return ReportEffect.StillWaiting;
            if (clock.GetElapsedTime(since) >= options.Value.WaitForOutcome) return ReportEffect.TooEarly;
            await Task.Delay(_lookEvery, clock, ct);
            state = await finder.FindAsync(new VerpAddress(found.ProjectId.Value, found.Id.Value), ct) is { } now ? now.State : DeliveryState.Canceled;
        }

        return null;
    }

    private void Tell(InboundReport inbound, ReportResult result, bool isNamed)
    {
        MailReport report = result.Report;
        if (result.Fates.Count == 0)
        {
            FeedbackMetrics.Read(inbound.Source, report.Kind, report.Kind is ReportKind.Delivery ? "unmatched" : "no_fate");
            if (report.Kind is ReportKind.AutoReply or ReportKind.Disposition) LogNoFate(inbound.Source, report.Kind, report.AutoReply);
            else LogUnread(inbound.Source, report.Kind, inbound.Raw.Length, isNamed);
        }

        foreach (ReportedFate fate in result.Fates)
        {
            FeedbackMetrics.Read(inbound.Source, report.Kind, fate.Effect.Name());
            string recipient = fate.Recipient is null ? "an address that it hides" : MaskedAddress.Of(fate.Recipient), state = fate.State?.Name() ?? "delayed";
            if (fate.Delivery is { } delivery) LogFate(inbound.Source, state, recipient, delivery.MessageId, fate.Effect);
            else LogUnmatched(inbound.Source, state, recipient, report.OriginalMessageId);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A report by {Source}: {State} for {Recipient} of message {MessageId}: {Effect}")]
    private partial void LogFate(ReportSource source, string state, string recipient, MessageId messageId, ReportEffect effect);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A report by {Source} says {State} for {Recipient}, but fits no message of ours (Message-ID {OriginalId}); nothing was recorded")]
    private partial void LogUnmatched(ReportSource source, string state, string recipient, string? originalId);

    [LoggerMessage(Level = LogLevel.Information, Message = "A mail by {Source} was a {Kind} ({AutoReply}), which is no bounce; nothing was recorded")]
    private partial void LogNoFate(ReportSource source, ReportKind kind, AutoReplyKind autoReply);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail by {Source} of {Bytes} bytes (kind {Kind}, to a return path of ours: {IsNamed}) says nothing about a delivery; nothing was recorded")]
    private partial void LogUnread(ReportSource source, ReportKind kind, int bytes, bool isNamed);
}

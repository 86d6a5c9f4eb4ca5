using System.Buffers;
using Mail.Core.Appointments;
using Mail.Core.Database;
using Mail.Core.Feedback;
using Mail.Protocol.Reports;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;
using Microsoft.Extensions.Options;

namespace Mail.Api.Smtp;

/// <summary>
/// Our mail exchanger: takes what comes back to return paths of ours, answers of calendars, complaints to postmaster and abuse, and letters to mailboxes of this installation. Everything else is refused
/// before it is sent. What is taken is never answered by mail.
/// </summary>
internal sealed partial class ReportReception(ReportIntake intake, ReturnPaths returnPaths, AppointmentReplies replies, ReplyAddresses replyAddresses, MailboxReception mailboxes, IOptions<ReceptionOptions> options, ILogger<ReportReception> logger) : ISmtpServerHandler
{
    private static readonly SmtpReply _recorded = new(250, "2.0.0 Ok, read");
    private static readonly SmtpReply _tooEarly = new(451, "4.3.0 The message it is about is being sent just now, try again later");
    private static readonly SmtpReply _noAnswer = new(550, "5.7.1 This address takes the answers of calendars to its appointment; nobody reads letters here");
    private static readonly SmtpReply _noReport = new(550, "5.7.1 This address takes reports about mail (RFC 3464, RFC 5965); nobody reads letters here");

    /// <summary>Nobody signs in here; the server does not offer it.</summary>
    public ValueTask<SmtpReply> AuthenticateAsync(SmtpServerSession session, SmtpCredentials credentials, CancellationToken ct) => ValueTask.FromResult(SmtpServerReplies.WrongCredentials);

    public ValueTask<SmtpReply> MailAsync(SmtpServerSession session, SmtpSender sender, CancellationToken ct) => ValueTask.FromResult(SmtpServerReplies.SenderAccepted);

    public async ValueTask<SmtpReply> RcptAsync(SmtpServerSession session, SmtpRecipient recipient, CancellationToken ct)
    {
        try
        {
            if (await IsRoleAsync(recipient, ct)) return SmtpServerReplies.RecipientAccepted;
            if (await mailboxes.AskAsync(recipient, ct) is { } reply) return reply;
            bool isOurs = await returnPaths.ReadAsync(recipient.Address.Address, ct) is not null || await replyAddresses.ReadAsync(recipient.Address.Address, ct) is not null;
            return isOurs ? SmtpServerReplies.RecipientAccepted : SmtpServerReplies.UnknownRecipient;
        }
        catch (Exception e) when (DatabaseAway.IsCauseOf(e))
        {
            LogDatabaseAway(e.Message);
            return SmtpServerReplies.TryLater;
        }
    }

    /// <summary>Answers with success only after what the report says is committed.</summary>
    public async ValueTask<SmtpReply> MessageAsync(SmtpServerSession session, SmtpServerMessage message, CancellationToken ct)
    {
        try
        {
            (SmtpReply? letter, bool isAll) = await mailboxes.StoreAsync(session, message, ct);
            if (isAll || letter is { Code: >= 400 }) return letter!;
            byte[] content = message.Content.ToArray();
            List<VerpAddress> paths = [];
            List<ReplyEffect> answers = [];
            foreach (SmtpRecipient recipient in message.Recipients)
            {
                if (await replyAddresses.ReadAsync(recipient.Address.Address, ct) is { } attendee) answers.Add((await replies.TakeAsync(content, attendee.Project, attendee.Attendee, ct)).Effect);
                else if (await returnPaths.ReadAsync(recipient.Address.Address, ct) is { } path) paths.Add(path);
            }

            // An answer that is no answer is refused, so that its writer learns of it; unless it came to others of ours too.
            if (answers.Count == message.Recipients.Count) return answers.Any(effect => effect is not (ReplyEffect.NoReply or ReplyEffect.Unmatched)) ? _recorded : _noAnswer;
            ReportResult result = await intake.RecordAsync(new InboundReport(content, ReportSource.Smtp) { ReturnPaths = paths }, ct);
            if (result.IsTooEarly) return _tooEarly;
            return paths.Count == 0 && result.Report.Kind == ReportKind.None ? letter ?? _noReport : _recorded;
        }
        catch (Exception e) when (DatabaseAway.IsCauseOf(e))
        {
            LogDatabaseAway(e.Message);
            return SmtpServerReplies.TryLater;
        }
    }

    /// <summary>RFC 5321 §4.5.1 and RFC 2142: a mail exchanger has these.</summary>
    private async ValueTask<bool> IsRoleAsync(SmtpRecipient recipient, CancellationToken ct)
    {
        string local = recipient.Address.LocalPart, domain = recipient.Address.Domain;
        return (local.Equals("postmaster", StringComparison.OrdinalIgnoreCase) || local.Equals("abuse", StringComparison.OrdinalIgnoreCase))
            && (domain.Equals(options.Value.HostName, StringComparison.OrdinalIgnoreCase) || await returnPaths.IsOursAsync(recipient.Address.AsciiDomain, ct));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A report could not be recorded, its sender was asked to come again: {Problem}")]
    private partial void LogDatabaseAway(string problem);
}

using System.Buffers;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Providers.Local;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;

namespace Mail.Api.Smtp;

/// <summary>What our mail exchanger does with letters to mailboxes of this installation.</summary>
internal sealed class MailboxReception(LocalMailboxes mailboxes, LocalInbox inbox, TimeProvider clock)
{
    private static readonly SmtpReply _full = new(452, "4.2.2 The mailbox is full, try again later");
    private static readonly SmtpReply _closed = new(450, "4.2.1 The mailbox is suspended, try again later");
    private static readonly SmtpReply _stored = new(250, "2.0.0 Ok, in the mailbox");

    /// <returns>Null when it is no mailbox of ours.</returns>
    public async ValueTask<SmtpReply?> AskAsync(SmtpRecipient recipient, CancellationToken ct)
    {
        if (await mailboxes.FindAsync(AddressOf(recipient), ct) is not { } mailbox) return null;
        return !mailbox.IsOpen ? _closed : mailbox.Bytes >= LocalInbox.Room ? _full : SmtpServerReplies.RecipientAccepted;
    }

    /// <summary>
    /// Into each mailbox that it is for. SMTP has one answer for all of them: when one cannot take it now the sender comes again, and those who have it get it twice, which is better than not at all.
    /// </summary>
    /// <returns>The answer, null when none of the recipients is a mailbox of ours; and whether all of them are.</returns>
    public async ValueTask<(SmtpReply? Reply, bool IsAll)> StoreAsync(SmtpServerSession session, SmtpServerMessage message, CancellationToken ct)
    {
        int found = 0;
        SmtpReply? reply = null;
        foreach (SmtpRecipient recipient in message.Recipients)
        {
            if (await mailboxes.FindAsync(AddressOf(recipient), ct) is not { } mailbox) continue;
            found++;
            LocalArrival arrival = await inbox.AddAsync(mailbox, WithTrace(session, message), ct);
            SmtpReply own = arrival switch { LocalArrival.Stored => _stored, LocalArrival.Full => _full, _ => _closed };
            if (reply is null || arrival is not LocalArrival.Stored) reply = own;
        }

        return (reply, found == message.Recipients.Count);
    }

    /// <summary>RFC 5321 §4.4: the last server writes where it came from and where its failures go.</summary>
    private byte[] WithTrace(SmtpServerSession session, SmtpServerMessage message)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ArrayBufferWriter<byte> output = new((int)message.Content.Length + 512);
        Encoding.UTF8.GetBytes($"Return-Path: <{message.Sender.Address?.Address}>\r\n", output);
        ReceivedHeader.Write(output, session, message, UuidV7.New(now).ToString("N"), now);
        foreach (ReadOnlyMemory<byte> part in message.Content) output.Write(part.Span);
        return output.WrittenSpan.ToArray();
    }

    private static string AddressOf(SmtpRecipient recipient) => $"{recipient.Address.LocalPart}@{recipient.Address.AsciiDomain}".ToLowerInvariant();
}

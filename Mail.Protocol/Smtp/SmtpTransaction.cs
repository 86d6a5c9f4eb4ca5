using System.Buffers;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp;

/// <summary>One transaction: MAIL, RCPT, DATA, the message, the final dot. Decides every recipient's reply; throws when it cannot.</summary>
internal sealed class SmtpTransaction(
    SmtpChannel channel, SmtpCommands commands, SmtpCapabilities capabilities, SmtpTimeouts timeouts, SmtpEnvelope envelope)
{
    // Commands in flight are limited, so that neither side waits with full buffers for the other to read (RFC 2920 §3.1).
    private const int MaxPipelinedRecipients = 100;
    private const int ContentBlock = 32 * 1024;

    private readonly SmtpRecipientResult[] _results = new SmtpRecipientResult[envelope.Recipients.Count];
    private int _undecided = envelope.Recipients.Count;

    /// <summary>Whether the server said that it closes the connection (421).</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Whether the server may have a transaction open that RSET must end.</summary>
    public bool NeedsReset { get; private set; }

    /// <summary>Whether every recipient's reply is known, so that a failure afterwards changes nothing.</summary>
    public bool IsDecided => _undecided == 0;

    /// <summary>Whether the final dot may have been sent with recipients that the server had accepted.</summary>
    public bool MayBeTaken { get; private set; }

    public SmtpTransactionResult Result => new(_results);

    public IReadOnlyList<SmtpRecipientResult> Decided => [.. _results.Where(r => r.Reply is not null)];

    public async Task RunAsync(ReadOnlyMemory<byte> message, MessageShape shape, Func<CancellationToken, ValueTask>? beforeContent, CancellationToken ct)
    {
        bool isInvited = capabilities.Pipelining
            ? await OfferPipelinedAsync(message.Length, shape, ct).ConfigureAwait(false)
            : await OfferStepByStepAsync(message.Length, shape, ct).ConfigureAwait(false);
        if (!isInvited || IsClosing)
        {
            NeedsReset = !IsClosing;
            return;
        }
        if (IsDecided)
        {
            // The server wants content although it refused everybody: an empty one, whose reply says nothing new (RFC 2920 §3.1).
            await channel.WriteAsync(commands.Clear().Line(".").Block, SmtpStage.Content, timeouts.DataBlock, ct).ConfigureAwait(false);
            await ReadAsync(SmtpStage.Content, timeouts.DataTermination, ct).ConfigureAwait(false);
            NeedsReset = !IsClosing;
            return;
        }

        if (beforeContent is not null) await beforeContent(ct).ConfigureAwait(false);
        await SendContentAsync(message, ct).ConfigureAwait(false);
        SmtpReply final = await ReadAsync(SmtpStage.FinalDot, timeouts.DataTermination, ct).ConfigureAwait(false);
        if (final.Class == ReplyClass.Intermediate) throw Unexpected(SmtpStage.FinalDot, final);
        DecideRest(final, SmtpStage.FinalDot);
        NeedsReset = final.Class != ReplyClass.Success && !IsClosing;
    }

    /// <summary>MAIL, RCPT and DATA in one block; more blocks when there are many recipients.</summary>
    /// <returns>Whether the server waits for the content.</returns>
    private async Task<bool> OfferPipelinedAsync(long size, MessageShape shape, CancellationToken ct)
    {
        IReadOnlyList<EmailAddress> recipients = envelope.Recipients;
        for (int start = 0; start < recipients.Count; start += MaxPipelinedRecipients)
        {
            int end = Math.Min(start + MaxPipelinedRecipients, recipients.Count);
            bool isLast = end == recipients.Count;
            commands.Clear();
            if (start == 0) WriteMail(size, shape);
            for (int i = start; i < end; i++) commands.Rcpt(recipients[i]);
            if (isLast) commands.Line("DATA");
            await channel.WriteAsync(commands.Block, SmtpStage.Mail, timeouts.Mail, ct).ConfigureAwait(false);

            if (start == 0) await ReadMailAsync(ct).ConfigureAwait(false);
            for (int i = start; i < end && !IsClosing; i++) await ReadRcptAsync(i, ct).ConfigureAwait(false);
            if (IsClosing) return false;
            if (isLast) return await ReadDataAsync(ct).ConfigureAwait(false);
            if (start == 0 && IsDecided) return false; // MAIL was refused
        }
        return false;
    }

    private async Task<bool> OfferStepByStepAsync(long size, MessageShape shape, CancellationToken ct)
    {
        commands.Clear();
        WriteMail(size, shape);
        await channel.WriteAsync(commands.Block, SmtpStage.Mail, timeouts.Mail, ct).ConfigureAwait(false);
        await ReadMailAsync(ct).ConfigureAwait(false);
        for (int i = 0; i < envelope.Recipients.Count && !IsDecided; i++)
        {
            await channel.WriteAsync(commands.Clear().Rcpt(envelope.Recipients[i]).Block, SmtpStage.Rcpt, timeouts.Rcpt, ct).ConfigureAwait(false);
            await ReadRcptAsync(i, ct).ConfigureAwait(false);
        }
        if (IsDecided) return false;
        await channel.WriteAsync(commands.Clear().Line("DATA").Block, SmtpStage.Data, timeouts.DataInitiation, ct).ConfigureAwait(false);
        return await ReadDataAsync(ct).ConfigureAwait(false);
    }

    private void WriteMail(long size, MessageShape shape) => commands.Mail(
        envelope.MailFrom, capabilities.Size ? size : null, shape.Is8Bit && capabilities.EightBitMime,
        (shape.HasUtf8Headers || envelope.RequiresSmtpUtf8) && capabilities.SmtpUtf8);

    private async ValueTask ReadMailAsync(CancellationToken ct)
    {
        SmtpReply reply = await ReadAsync(SmtpStage.Mail, timeouts.Mail, ct).ConfigureAwait(false);
        if (reply.Class == ReplyClass.Intermediate) throw Unexpected(SmtpStage.Mail, reply);
        if (reply.Class != ReplyClass.Success) DecideRest(reply, SmtpStage.Mail);
    }

    private async ValueTask ReadRcptAsync(int index, CancellationToken ct)
    {
        SmtpReply reply = await ReadAsync(SmtpStage.Rcpt, timeouts.Rcpt, ct).ConfigureAwait(false);
        if (_results[index].Reply is not null) return; // decided by MAIL, or by a 421
        if (reply.Class == ReplyClass.Intermediate) throw Unexpected(SmtpStage.Rcpt, reply);
        if (reply.Class != ReplyClass.Success) Decide(index, reply, SmtpStage.Rcpt);
    }

    private async ValueTask<bool> ReadDataAsync(CancellationToken ct)
    {
        SmtpReply reply = await ReadAsync(SmtpStage.Data, timeouts.DataInitiation, ct).ConfigureAwait(false);
        if (reply.Class == ReplyClass.Success) throw Unexpected(SmtpStage.Data, reply);
        if (reply.Class == ReplyClass.Intermediate) return true;
        DecideRest(reply, SmtpStage.Data);
        return false;
    }

    private async Task SendContentAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        channel.Transcript?.AddContent(message.Length);
        // A message that fits goes out with its final dot in one write.
        byte[] block = ArrayPool<byte>.Shared.Rent(Math.Min(message.Length + (message.Length / 64) + DotStuffer.MinDestination, ContentBlock));
        try
        {
            DotStuffer stuffer = new();
            bool isComplete = false;
            while (!isComplete)
            {
                ReadOnlySpan<byte> rest = message.Span;
                int count = stuffer.Write(ref rest, block, out isComplete);
                message = message[^rest.Length..];
                MayBeTaken = isComplete;
                await channel.WriteAsync(block.AsMemory(0, count), isComplete ? SmtpStage.FinalDot : SmtpStage.Content, timeouts.DataBlock, ct).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private async ValueTask<SmtpReply> ReadAsync(SmtpStage stage, TimeSpan timeout, CancellationToken ct)
    {
        SmtpReply reply = await channel.ReadAsync(stage, timeout, ct).ConfigureAwait(false);
        if (reply.Code != 421) return reply;
        IsClosing = true;
        DecideRest(reply, stage); // it may come instead of any reply and ends the connection, RFC 5321 §3.8
        return reply;
    }

    private void DecideRest(SmtpReply reply, SmtpStage stage)
    {
        for (int i = 0; i < _results.Length; i++)
            if (_results[i].Reply is null) Decide(i, reply, stage);
    }

    private void Decide(int index, SmtpReply reply, SmtpStage stage)
    {
        _results[index] = new SmtpRecipientResult(envelope.Recipients[index], reply, stage);
        _undecided--;
    }

    private static SmtpProtocolException Unexpected(SmtpStage stage, SmtpReply reply) => new(stage, $"The server answered {stage} with \"{reply}\".");
}

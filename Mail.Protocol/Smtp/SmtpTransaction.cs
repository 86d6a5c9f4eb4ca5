using System.Runtime.CompilerServices;

namespace Mail.Protocol.Smtp;

/// <summary>One transaction: MAIL, RCPT, then the message by DATA or BDAT. Decides every recipient's reply; throws when it cannot.</summary>
internal sealed partial class SmtpTransaction(
    SmtpChannel channel, SmtpCommands commands, SmtpCapabilities capabilities, SmtpTimeouts timeouts, SmtpEnvelope envelope, SmtpOffer offer)
{
    // Commands in flight are limited, so that neither side waits with full buffers for the other to read (RFC 2920 §3.1).
    private const int MaxPipelinedRecipients = 100;

    private readonly SmtpRecipientResult[] _results = new SmtpRecipientResult[envelope.Recipients.Count];
    private int _undecided = envelope.Recipients.Count;

    /// <summary>Whether the server said that it closes the connection (421), or closed it.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Whether the server may have a transaction open that RSET must end.</summary>
    public bool NeedsReset { get; private set; }

    /// <summary>Whether every recipient's reply is known, so that a failure afterwards changes nothing.</summary>
    public bool IsDecided => _undecided == 0;

    /// <summary>Whether the last octet of the message may have been sent with recipients that the server had accepted.</summary>
    public bool MayBeTaken { get; private set; }

    public SmtpTransactionResult Result => new(_results);

    public IReadOnlyList<SmtpRecipientResult> Decided => [.. _results.Where(r => r.Reply is not null)];

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(ReadOnlyMemory<byte> message, Func<CancellationToken, ValueTask>? beforeContent, CancellationToken ct)
    {
        RefuseHere();
        if (IsDecided) return;
        bool isInvited = capabilities.Pipelining
            ? await OfferPipelinedAsync(message.Length, ct).ConfigureAwait(false)
            : await OfferStepByStepAsync(message.Length, ct).ConfigureAwait(false);
        if (!isInvited || IsClosing || (IsDecided && offer.UsesChunks))
        {
            NeedsReset = !IsClosing;
            return;
        }
        if (IsDecided)
        {
            // The server wants content although it refused everybody: an empty one, whose reply says nothing new (RFC 2920 §3.1).
            channel.TellContent(0);
            await channel.WriteAsync(commands.Clear().Line(".").Block, SmtpStage.Content, timeouts.DataBlock, ct).ConfigureAwait(false);
            await ReadAsync(SmtpStage.Content, timeouts.DataTermination, ct).ConfigureAwait(false);
            NeedsReset = !IsClosing;
            return;
        }

        if (beforeContent is not null) await beforeContent(ct).ConfigureAwait(false);
        // A reply that is here already must not be taken for the one to the message.
        if (channel.HasUnread) await ReadUnaskedAsync(ct).ConfigureAwait(false);
        else await SendAsync(message, ct).ConfigureAwait(false);
    }

    /// <summary>A server may change its mind before it has seen the message; anything but a refusal is nonsense.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadUnaskedAsync(CancellationToken ct)
    {
        SmtpReply reply = await ReadAsync(SmtpStage.Content, timeouts.DataInitiation, ct).ConfigureAwait(false);
        if (reply.Class is not (ReplyClass.Transient or ReplyClass.Permanent)) throw new SmtpProtocolException(SmtpStage.Content, "The server sent more replies than it had commands.");
        DecideRest(reply, SmtpStage.Content);
        IsClosing = true; // it may still wait for the message
    }

    /// <summary>Those whom the server, by its own words, cannot take; the others get the message.</summary>
    private void RefuseHere()
    {
        for (int i = 0; i < _results.Length; i++)
            if (SmtpOffer.RefusalFor(envelope.Recipients[i].Address, capabilities) is { } refusal) Decide(i, refusal, SmtpStage.Rcpt, isLocal: true);
    }

    /// <summary>MAIL, RCPT and DATA in one block; more blocks when there are many recipients.</summary>
    /// <returns>Whether the server waits for the content.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> OfferPipelinedAsync(long size, CancellationToken ct)
    {
        IReadOnlyList<SmtpRecipient> recipients = envelope.Recipients;
        for (int start = 0; start < recipients.Count; start += MaxPipelinedRecipients)
        {
            int end = Math.Min(start + MaxPipelinedRecipients, recipients.Count);
            bool isLast = end == recipients.Count;
            commands.Clear();
            if (start == 0) commands.Mail(envelope, size, offer, capabilities);
            for (int i = start; i < end; i++)
                if (!_results[i].IsLocal) commands.Rcpt(recipients[i], capabilities);
            if (isLast && !offer.UsesChunks) commands.Line("DATA");
            await channel.WriteAsync(commands.Block, SmtpStage.Mail, timeouts.Mail, ct).ConfigureAwait(false);

            if (start == 0) await ReadMailAsync(ct).ConfigureAwait(false);
            for (int i = start; i < end && !IsClosing; i++)
                if (!_results[i].IsLocal) await ReadRcptAsync(i, ct).ConfigureAwait(false);
            if (IsClosing) return false;
            if (isLast) return offer.UsesChunks || await ReadDataAsync(ct).ConfigureAwait(false);
            if (start == 0 && IsDecided) return false; // MAIL was refused
        }
        return false;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> OfferStepByStepAsync(long size, CancellationToken ct)
    {
        commands.Clear().Mail(envelope, size, offer, capabilities);
        await channel.WriteAsync(commands.Block, SmtpStage.Mail, timeouts.Mail, ct).ConfigureAwait(false);
        await ReadMailAsync(ct).ConfigureAwait(false);
        for (int i = 0; i < envelope.Recipients.Count && !IsDecided; i++)
        {
            if (_results[i].IsLocal) continue;
            await channel.WriteAsync(commands.Clear().Rcpt(envelope.Recipients[i], capabilities).Block, SmtpStage.Rcpt, timeouts.Rcpt, ct).ConfigureAwait(false);
            await ReadRcptAsync(i, ct).ConfigureAwait(false);
        }
        if (IsDecided) return false;
        if (offer.UsesChunks) return true;
        await channel.WriteAsync(commands.Clear().Line("DATA").Block, SmtpStage.Data, timeouts.DataInitiation, ct).ConfigureAwait(false);
        return await ReadDataAsync(ct).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadMailAsync(CancellationToken ct)
    {
        SmtpReply reply = await ReadAsync(SmtpStage.Mail, timeouts.Mail, ct).ConfigureAwait(false);
        if (reply.Class == ReplyClass.Intermediate) throw Unexpected(SmtpStage.Mail, reply);
        if (reply.Class != ReplyClass.Success) DecideRest(reply, SmtpStage.Mail);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadRcptAsync(int index, CancellationToken ct)
    {
        SmtpReply reply = await ReadAsync(SmtpStage.Rcpt, timeouts.Rcpt, ct).ConfigureAwait(false);
        if (_results[index].Reply is not null) return; // decided by MAIL, or by a 421
        if (reply.Class == ReplyClass.Intermediate) throw Unexpected(SmtpStage.Rcpt, reply);
        if (reply.Class != ReplyClass.Success) Decide(index, reply, SmtpStage.Rcpt);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadDataAsync(CancellationToken ct)
    {
        SmtpReply reply = await ReadAsync(SmtpStage.Data, timeouts.DataInitiation, ct).ConfigureAwait(false);
        if (reply.Class == ReplyClass.Success) throw Unexpected(SmtpStage.Data, reply);
        if (reply.Class == ReplyClass.Intermediate) return true;
        DecideRest(reply, SmtpStage.Data);
        return false;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply> ReadAsync(SmtpStage stage, TimeSpan timeout, CancellationToken ct)
    {
        SmtpReply reply = await channel.ReadAsync(stage, timeout, ct).ConfigureAwait(false);
        channel.Journal?.Heard(reply);
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

    private void Decide(int index, SmtpReply reply, SmtpStage stage, bool isLocal = false)
    {
        _results[index] = new SmtpRecipientResult(envelope.Recipients[index].Address, reply, stage, isLocal);
        _undecided--;
    }

    private static SmtpProtocolException Unexpected(SmtpStage stage, SmtpReply reply) => new(stage, $"The server answered {stage} with \"{reply}\".");
}

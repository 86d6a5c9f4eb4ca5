using System.Globalization;
using System.Runtime.CompilerServices;

namespace Mail.Protocol.Smtp.Server;

/// <summary>The commands that bring a message: MAIL, RCPT, DATA (RFC 5321 §4.1.1) and BDAT (RFC 3030).</summary>
internal sealed class MessageTransfer(SmtpServerChannel channel, SmtpServerSession session, HandlerCalls application, SmtpServerLoad.AddressLoad load, SmtpServerLog log) : IDisposable
{
    private readonly SmtpServerOptions _options = session.Options;
    private MessageContent? _chunks;

    public bool IsUnderWay => session.Sender is not null;

    /// <summary>Gives the message under way up.</summary>
    public void Reset()
    {
        _chunks?.Dispose();
        _chunks = null;
        session.EndMessage();
    }

    public void Dispose() => _chunks?.Dispose();

    public async ValueTask<Answer> MailAsync(string argument)
    {
        if (session.ClientName is null) return Answer.Fault(Replies.HelloFirst);
        if (AccessRefusal() is { } access) return Answer.Fault(access);
        if (IsUnderWay) return Answer.Fault(Replies.NestedMail);
        if (!MailArgument.TryRead(argument, _options, session.IsExtended, out SmtpSender? sender, out SmtpReply? refusal)) return Answer.Fault(refusal);
        SmtpReply reply = await application.MailAsync(sender).ConfigureAwait(false);
        if (reply.Class != ReplyClass.Success) return new Answer(AnswerKind.Refusal, reply);
        session.Sender = sender;
        return Answer.Step(reply);
    }

    public async ValueTask<Answer> RcptAsync(string argument)
    {
        if (session.Sender is not { } sender) return Answer.Fault(Replies.MailFirst);
        if (_chunks is not null) return Answer.Fault(Replies.NotAfterBdat);
        if (!RcptArgument.TryRead(argument, _options, session.IsExtended, sender.IsSmtpUtf8, out SmtpRecipient recipient, out SmtpReply? refusal)) return new Answer(AnswerKind.Refusal, refusal);
        if (session.RecipientList.Count >= _options.MaxRecipients) return Answer.Step(Replies.TooManyRecipients);
        SmtpReply reply = await application.RcptAsync(recipient).ConfigureAwait(false);
        if (reply.Class != ReplyClass.Success) return new Answer(AnswerKind.Refusal, reply);
        session.RecipientList.Add(recipient);
        return Answer.Step(reply);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Answer> DataAsync(string argument)
    {
        if (argument.Length > 0) return Answer.Fault(Replies.NoParameter);
        if (!IsUnderWay) return Answer.Fault(Replies.MailFirst);
        if (_chunks is not null) return Answer.Fault(Replies.NotAfterBdat);
        if (session.RecipientList.Count == 0) return Answer.Fault(Replies.NoRecipients);
        channel.Write(Replies.SendMessage);
        using MessageContent content = new(_options, load);
        SmtpInput input = await channel.ReadDottedAsync(content).ConfigureAwait(false);
        if (input != SmtpInput.Complete) return Answer.Unfinished(input);
        return await FinishAsync(content).ConfigureAwait(false);
    }

    /// <summary>Whatever is wrong with it, its octets are read: they are no commands.</summary>
    public async ValueTask<Answer> BdatAsync(string argument)
    {
        if (!TryReadChunk(argument, out long length, out bool isLast)) return Answer.Close(Replies.BdatSyntax); // nobody knows where the next command begins
        SmtpReply? misplaced = !IsUnderWay ? Replies.MailFirst : session.RecipientList.Count == 0 ? Replies.NoRecipients : null;
        if (misplaced is null) _chunks ??= new MessageContent(_options, load);
        SmtpInput input = await channel.ReadChunkAsync(_chunks, length).ConfigureAwait(false);
        if (input != SmtpInput.Complete) return Answer.Unfinished(input);
        if (misplaced is not null) return Answer.Fault(misplaced);
        if (isLast) return await FinishAsync(_chunks!).ConfigureAwait(false);
        if (_chunks!.Refusal is { } refusal) return Refuse(_chunks, refusal);
        return Answer.Step(Replies.Chunk(length));
    }

    private async ValueTask<Answer> FinishAsync(MessageContent content)
    {
        content.Complete();
        if (content.Refusal is { } refusal) return Refuse(content, refusal);
        SmtpServerMessage message = new()
        {
            Sender = session.Sender!, Recipients = [.. session.RecipientList], Content = content.Octets, Is8Bit = content.Is8Bit, LongestLine = content.LongestLine,
        };
        SmtpReply reply = await application.MessageAsync(message).ConfigureAwait(false);
        if (reply.Class != ReplyClass.Success) return Refuse(content, reply);
        session.MessageCount++;
        log.Taken(session, content.Octets.Length);
        Reset();
        return new Answer(AnswerKind.Taken, reply);
    }

    private Answer Refuse(MessageContent content, SmtpReply reply)
    {
        if (reply == Replies.NoRoom) log.NoRoom(session.ConnectionId, load.Buffered);
        log.Refused(session, content.Octets.Length, reply);
        Reset();
        return new Answer(AnswerKind.Refusal, reply);
    }

    /// <summary>Why this client may not send yet, or null.</summary>
    private SmtpReply? AccessRefusal()
    {
        if (_options.Role == SmtpServerRole.Reception || _options.AllowUnauthenticated || session.UserName is not null) return null;
        bool mayBeClear = _options.AllowClearTextFromLoopback && session.IsLoopback;
        return session.Tls is null && !mayBeClear ? Replies.TlsFirst : Replies.AuthFirst;
    }

    /// <summary><c>1000</c>, <c>1000 LAST</c>.</summary>
    private static bool TryReadChunk(string argument, out long length, out bool isLast)
    {
        int space = argument.IndexOf(' ', StringComparison.Ordinal);
        ReadOnlySpan<char> number = space < 0 ? argument : argument.AsSpan(0, space);
        isLast = space >= 0 && argument.AsSpan(space).Trim(' ').Equals("LAST", StringComparison.OrdinalIgnoreCase);
        bool isNumber = long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out length);
        return isNumber && (space < 0 || isLast);
    }
}

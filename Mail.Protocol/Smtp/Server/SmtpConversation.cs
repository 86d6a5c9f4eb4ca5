using System.Runtime.CompilerServices;

namespace Mail.Protocol.Smtp.Server;

/// <summary>One connection from the greeting to the end: reads a command, answers it once, watches the limits.</summary>
internal sealed class SmtpConversation(
    SmtpServerChannel channel, SmtpServerSession session, HandlerCalls application, SmtpServerLoad.AddressLoad load, SmtpServerLog log, TimeProvider clock, Func<Task<bool>> secure) : IDisposable
{
    private readonly SmtpServerOptions _options = session.Options;
    private readonly MessageTransfer _transfer = new(channel, session, application, load, log);
    private readonly long _started = clock.GetTimestamp();
    private int _errors;
    private int _authFailures;
    private int _refusals;
    private int _idleCommands;

    private bool IsSubmission => _options.Role == SmtpServerRole.Submission;

    private bool MayAuthenticate => IsSubmission && (session.Tls is not null || (_options.AllowClearTextFromLoopback && session.IsLoopback));

    public async Task RunAsync()
    {
        channel.Write(new SmtpReply(220, $"{_options.Hostname} ESMTP"), isPlain: true);
        bool goesOn = true;
        while (goesOn)
        {
            TimeSpan wait = WaitForCommand();
            SmtpInput input = await channel.ReadLineAsync(Math.Max(_options.MaxCommandLine, _options.MaxAuthLine), wait).ConfigureAwait(false);
            Answer answer = input switch
            {
                SmtpInput.Complete or SmtpInput.TooLong when LimitReached() is { } reason => Answer.Close(reason),
                SmtpInput.Complete => await ObeyAsync().ConfigureAwait(false),
                SmtpInput.TooLong => Answer.Fault(Replies.LineTooLong),
                SmtpInput.TimedOut when wait < _options.CommandTimeout => Answer.Close(Replies.SessionOver),
                _ => Answer.Unfinished(input),
            };
            goesOn = await ReplyAsync(answer).ConfigureAwait(false);
        }
    }

    public void Dispose() => _transfer.Dispose();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Answer> ObeyAsync()
    {
        SmtpCommand command = SmtpCommand.Parse(channel.Line);
        if (channel.Line.Length + 2 > _options.MaxCommandLine && command.Verb != SmtpVerb.Auth) return Answer.Fault(Replies.LineTooLong);
        if (command.Refusal is not null) return Answer.Fault(command.Refusal);
        switch (command.Verb)
        {
            case SmtpVerb.Mail: return await _transfer.MailAsync(command.Argument).ConfigureAwait(false);
            case SmtpVerb.Rcpt: return await _transfer.RcptAsync(command.Argument).ConfigureAwait(false);
            case SmtpVerb.Data: return await _transfer.DataAsync(command.Argument).ConfigureAwait(false);
            case SmtpVerb.Bdat when _options.OfferChunking: return await _transfer.BdatAsync(command.Argument).ConfigureAwait(false);
            case SmtpVerb.Ehlo: return Hello(command.Argument, isExtended: true);
            case SmtpVerb.Helo: return Hello(command.Argument, isExtended: false);
            case SmtpVerb.StartTls: return await StartTlsAsync(command.Argument).ConfigureAwait(false);
            case SmtpVerb.Auth: return await AuthenticateAsync(command.Argument).ConfigureAwait(false);
            case SmtpVerb.Rset when command.Argument.Length > 0: return Answer.Fault(Replies.NoParameter);
            case SmtpVerb.Rset:
                _transfer.Reset();
                return Answer.Idle(Replies.Reset);
            case SmtpVerb.Noop: return Answer.Idle(Replies.Noop);
            case SmtpVerb.Quit when command.Argument.Length > 0: return Answer.Fault(Replies.NoParameter);
            case SmtpVerb.Quit: return Answer.Close(Replies.Bye);
            case SmtpVerb.Vrfy: return Answer.Idle(Replies.CannotVerify);
            case SmtpVerb.Expn: return Answer.Idle(Replies.NoExpansion);
            case SmtpVerb.Help: return Answer.Idle(Replies.Help);
            case SmtpVerb.Http: return Answer.Close(Replies.Http);
            default: return Answer.Fault(Replies.Unknown);
        }
    }

    // RFC 5321 §4.1.4: a name that proves wrong is no reason to refuse mail, so only its form is looked at; and EHLO gives a message under way up.
    private Answer Hello(string name, bool isExtended)
    {
        if (name.Length is 0 or > 255 || name.AsSpan().ContainsAnyExceptInRange('!', '~')) return Answer.Fault(Replies.NeedsName);
        _transfer.Reset();
        (session.ClientName, session.IsExtended) = (name, isExtended);
        return new Answer(AnswerKind.Hello, new SmtpReply(250, isExtended ? Capabilities() : _options.Hostname));
    }

    private string Capabilities()
    {
        List<string> lines = [_options.Hostname, "PIPELINING", $"SIZE {_options.MaxMessageSize}"];
        if (_options.Tls is not null && session.Tls is null) lines.Add("STARTTLS");
        if (MayAuthenticate) lines.Add("AUTH PLAIN LOGIN");
        lines.Add("ENHANCEDSTATUSCODES");
        lines.Add("8BITMIME");
        if (_options.OfferDsn) lines.Add("DSN");
        if (_options.OfferSmtpUtf8) lines.Add("SMTPUTF8");
        if (_options.OfferChunking) lines.Add("CHUNKING");
        lines.Add("HELP");
        return string.Join('\n', lines);
    }

    // RFC 3207 §4.2. What came with STARTTLS came in clear, from anyone on the way: it must not be obeyed within TLS, and nobody who means well sends it.
    private async ValueTask<Answer> StartTlsAsync(string argument)
    {
        if (_options.Tls is null) return Answer.Fault(Replies.NoTls);
        if (session.Tls is not null) return Answer.Fault(Replies.HasTls);
        if (argument.Length > 0) return Answer.Fault(Replies.NoParameter);
        if (session.ClientName is null) return Answer.Fault(Replies.HelloFirst);
        if (session.UserName is not null) return Answer.Fault(Replies.NotAfterAuth);
        if (_transfer.IsUnderWay) return Answer.Fault(Replies.NotDuringMessage);
        if (channel.HasUnread)
        {
            log.InjectedBeforeTls(session.ConnectionId, session.RemoteEndPoint);
            return Answer.Close(Replies.NothingAfterStartTls);
        }
        channel.Write(Replies.ReadyForTls);
        await channel.FlushAsync().ConfigureAwait(false);
        session.StartOver();
        return await secure().ConfigureAwait(false) ? Answer.Silent : Answer.Unfinished(SmtpInput.Closed);
    }

    private async ValueTask<Answer> AuthenticateAsync(string argument)
    {
        if (!IsSubmission) return Answer.Fault(Replies.NoAuth);
        if (session.ClientName is null) return Answer.Fault(Replies.HelloFirst);
        if (session.UserName is not null) return Answer.Fault(Replies.HasAuth);
        if (_transfer.IsUnderWay) return Answer.Fault(Replies.NotDuringMessage);
        if (!MayAuthenticate) return Answer.Fault(_options.Tls is null ? Replies.NoAuth : Replies.AuthNeedsTls);
        SaslExchange exchange = new(channel, _options);
        SmtpCredentials? credentials = await exchange.RunAsync(argument).ConfigureAwait(false);
        if (credentials is null) return exchange.Refusal is { } refusal ? Answer.Fault(refusal) : Answer.Unfinished(exchange.Input);

        SmtpReply reply = await application.AuthenticateAsync(credentials).ConfigureAwait(false);
        string user = SmtpServerLog.Mask(credentials.UserName);
        if (reply.Class != ReplyClass.Success)
        {
            log.NotSignedIn(session.ConnectionId, user, session.RemoteEndPoint, reply.Code);
            return new Answer(AnswerKind.AuthFailure, reply);
        }
        session.UserName = credentials.UserName;
        log.SignedIn(session.ConnectionId, user, credentials.Mechanism, session.RemoteEndPoint);
        return Answer.Step(reply.Code == 235 ? reply : SmtpServerReplies.Authenticated);
    }

    /// <summary>Says the answer; the result is whether the connection goes on.</summary>
    private async ValueTask<bool> ReplyAsync(Answer answer)
    {
        switch (answer.Kind)
        {
            case AnswerKind.Silent:
                return true;
            case AnswerKind.Unfinished:
                await EndAsync(answer.Input).ConfigureAwait(false);
                return false;
            case AnswerKind.Taken:
                (_errors, _refusals, _idleCommands) = (0, 0, 0);
                break;
            case AnswerKind.Idle or AnswerKind.Hello:
                _idleCommands++;
                break;
            case AnswerKind.Refusal when session.UserName is null:
                _refusals++;
                break;
            case AnswerKind.AuthFailure:
                _authFailures++;
                await PauseAsync(_options.AuthFailureDelay).ConfigureAwait(false);
                break;
            case AnswerKind.Fault:
                log.Fault(session.ConnectionId, answer.Reply!);
                if (++_errors > _options.MaxPromptErrors) await PauseAsync(_options.ErrorDelay).ConfigureAwait(false);
                break;
        }

        SmtpReply reply = answer.Reply!;
        channel.Write(reply, isPlain: answer.Kind == AnswerKind.Hello);
        if (answer.Kind != AnswerKind.Close && reply.Code != 421) return true;
        await CloseAsync(reply, isUnasked: reply != Replies.Bye).ConfigureAwait(false);
        return false;
    }

    /// <summary>The client has not finished a command: it has gone, or it hears why it has to.</summary>
    private async ValueTask EndAsync(SmtpInput input)
    {
        SmtpReply? reply = input switch
        {
            SmtpInput.TimedOut => Replies.TimedOut,
            SmtpInput.ShuttingDown => Replies.ShuttingDown,
            SmtpInput.BareLineFeed => Replies.BareLineFeed,
            SmtpInput.TlsHandshake => Replies.TlsInClear,
            _ => null,
        };
        if (reply is not null) channel.Write(reply);
        await CloseAsync(reply, isUnasked: true).ConfigureAwait(false);
    }

    private async ValueTask CloseAsync(SmtpReply? reply, bool isUnasked)
    {
        if (reply is not null && isUnasked) log.SentAway(session.ConnectionId, session.RemoteEndPoint, reply);
        log.Closed(session.ConnectionId, session.MessageCount, reply is null ? "by the client" : reply.ToString());
        await channel.CloseAsync(isUnasked).ConfigureAwait(false);
    }

    private SmtpReply? LimitReached() =>
        _errors >= _options.MaxErrors ? Replies.TooManyErrors
        : _authFailures >= _options.MaxAuthFailures ? Replies.TooManyAuthFailures
        : _refusals >= _options.MaxRefusals ? Replies.TooManyRefusals
        : _idleCommands >= _options.MaxIdleCommands ? Replies.TooManyCommands
        : clock.GetElapsedTime(_started) >= _options.SessionTimeout ? Replies.SessionOver
        : null;

    private TimeSpan WaitForCommand()
    {
        TimeSpan rest = _options.SessionTimeout - clock.GetElapsedTime(_started);
        if (rest >= _options.CommandTimeout) return _options.CommandTimeout;
        return rest > TimeSpan.FromMilliseconds(1) ? rest : TimeSpan.FromMilliseconds(1);
    }

    // What was answered before is sent before: only this answer waits.
    private async ValueTask PauseAsync(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero) return;
        await channel.FlushAsync().ConfigureAwait(false);
        await channel.PauseAsync(delay).ConfigureAwait(false);
    }
}

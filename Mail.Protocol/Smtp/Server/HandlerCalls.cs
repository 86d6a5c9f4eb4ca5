namespace Mail.Protocol.Smtp.Server;

/// <summary>Asks the application, and makes sure that the client gets an answer whatever the application does.</summary>
internal sealed class HandlerCalls(ISmtpServerHandler handler, SmtpServerSession session, SmtpServerLog log, TimeProvider clock, CancellationToken aborted) : IDisposable
{
    private readonly Deadline _limit = new(clock);

    public ValueTask<SmtpReply> AuthenticateAsync(SmtpCredentials credentials) =>
        AskAsync(static (h, s, c, ct) => h.AuthenticateAsync(s, c, ct), credentials, "AUTH", SmtpServerReplies.AuthenticationUnavailable);

    public ValueTask<SmtpReply> MailAsync(SmtpSender sender) =>
        AskAsync(static (h, s, from, ct) => h.MailAsync(s, from, ct), sender, "MAIL", SmtpServerReplies.TryLater);

    public ValueTask<SmtpReply> RcptAsync(SmtpRecipient recipient) =>
        AskAsync(static (h, s, to, ct) => h.RcptAsync(s, to, ct), recipient, "RCPT", SmtpServerReplies.TryLater);

    public ValueTask<SmtpReply> MessageAsync(SmtpServerMessage message) =>
        AskAsync(static (h, s, m, ct) => h.MessageAsync(s, m, ct), message, "the message", SmtpServerReplies.TryLater);

    public void Dispose() => _limit.Dispose();

    private async ValueTask<SmtpReply> AskAsync<T>(Func<ISmtpServerHandler, SmtpServerSession, T, CancellationToken, ValueTask<SmtpReply>> question, T about, string step, SmtpReply onFailure)
    {
        CancellationToken ct = _limit.Start(session.Options.HandlerTimeout, aborted);
        try
        {
            SmtpReply? reply = await question(handler, session, about, ct).ConfigureAwait(false);
            if (reply is { Code: >= 200 and <= 299 or >= 400 and <= 599 }) return reply;
            log.HandlerAnsweredNonsense(session.ConnectionId, step, reply?.ToString() ?? "nothing", onFailure.Code);
            return onFailure;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            log.HandlerTimedOut(session.ConnectionId, step, session.Options.HandlerTimeout, onFailure.Code);
            return onFailure;
        }
        // Whatever it is, it must not take the connection down without an answer: the client would not know what became of its message.
        catch (Exception e)
        {
            log.HandlerFailed(e, session.ConnectionId, step, onFailure.Code);
            return onFailure;
        }
        finally
        {
            _limit.Stop();
        }
    }
}

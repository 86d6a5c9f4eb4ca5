using System.Text.Json;
using Mail.Api.Access;
using Mail.Core.Access;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Logs;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;

namespace Mail.Api.Smtp;

/// <summary>Takes mail from apps that speak SMTP: any user name, an API key as password. What it takes goes the way of POST /emails.</summary>
internal sealed partial class SubmissionHandler(ApiKeyLookup keys, RateLimiter limiter, MessageIntake intake, RequestLog log, TimeProvider clock, ILogger<SubmissionHandler> logger) : ISmtpServerHandler
{
    private static readonly SmtpReply _noScope = new(535, $"5.7.8 This API key lacks the scope {Scopes.SendMessages}");
    private static readonly SmtpReply _elsewhere = new(535, "5.7.8 This API key may not be used from this address");
    private static readonly SmtpReply _revoked = new(530, "5.7.0 The API key is not valid any more, sign in with another one");
    private static readonly SmtpReply _literal = new(550, "5.1.3 An address with an IP address in place of its domain cannot be sent to");

    public async ValueTask<SmtpReply> AuthenticateAsync(SmtpServerSession session, SmtpCredentials credentials, CancellationToken ct)
    {
        long began = clock.GetTimestamp();
        try
        {
            if (await keys.FindAsync(credentials.Password, ct) is not { } identity)
            {
                LogWrongKey(session.RemoteAddress?.ToString());
                return SmtpServerReplies.WrongCredentials;
            }

            SmtpReply reply = !identity.Scopes.Contains(Scopes.SendMessages) ? _noScope : !identity.MayBeUsedFrom(session.RemoteAddress) ? _elsewhere : SmtpServerReplies.Authenticated;
            if (reply == SmtpServerReplies.Authenticated) session.State = credentials.Password;
            Log(identity, session, LoggedRequest.SmtpSignIn, reply, reply == SmtpServerReplies.Authenticated ? null : "restricted_api_key", began, []);
            return reply;
        }
        catch (Exception e) when (DatabaseAway.IsCauseOf(e))
        {
            LogDatabaseAway(e.Message);
            return SmtpServerReplies.AuthenticationUnavailable;
        }
    }

    /// <summary>The sender of the envelope is of no use to us: bounces come back to us, and the message is from who its From says.</summary>
    public async ValueTask<SmtpReply> MailAsync(SmtpServerSession session, SmtpSender sender, CancellationToken ct)
    {
        try
        {
            return await IdentityAsync(session, ct) is null ? _revoked : SmtpServerReplies.SenderAccepted; // a connection may be older than the key's end
        }
        catch (Exception e) when (DatabaseAway.IsCauseOf(e))
        {
            LogDatabaseAway(e.Message);
            return SmtpServerReplies.TryLater;
        }
    }

    public ValueTask<SmtpReply> RcptAsync(SmtpServerSession session, SmtpRecipient recipient, CancellationToken ct) =>
        ValueTask.FromResult(recipient.Address.IsAddressLiteral ? _literal : SmtpServerReplies.RecipientAccepted);

    /// <summary>Answers with success only after the message is committed, and with its id.</summary>
    public async ValueTask<SmtpReply> MessageAsync(SmtpServerSession session, SmtpServerMessage message, CancellationToken ct)
    {
        long began = clock.GetTimestamp();
        try
        {
            if (await IdentityAsync(session, ct) is not { } identity) return _revoked;
            Result<string> accepted = await AcceptAsync(identity, message, ct);
            SmtpReply reply = accepted.IsSuccess ? SubmissionReplies.Accepted(accepted.Value) : SubmissionReplies.Of(accepted.Failure);
            Log(identity, session, LoggedRequest.SmtpMail, reply, accepted.IsSuccess ? null : accepted.Failure.Code, began, accepted.IsSuccess ? [Guid.Parse(accepted.Value)] : []);
            return reply;
        }
        catch (Exception e) when (DatabaseAway.IsCauseOf(e))
        {
            LogDatabaseAway(e.Message);
            return SmtpServerReplies.TryLater;
        }
    }

    /// <returns>The message's id.</returns>
    private async Task<Result<string>> AcceptAsync(ApiKeyIdentity identity, SmtpServerMessage message, CancellationToken ct)
    {
        foreach ((RateLimit limit, string whose) in identity.Rates)
            if (await limiter.TakeAsync(limit, whose, ct) is { IsAllowed: false } full) return RateLimiting.Refusal(full);
        Result<RawMailRequest> mail = RawMailRequest.Of(message.Content, [.. message.Recipients.Select(recipient => recipient.Address)]);
        if (!mail.IsSuccess) return mail.Failure;
        Result<string> accepted = await intake.AcceptAsync(new MessageSender(identity.ProjectId, identity.IsTest, identity.Locale) { FromDomains = identity.FromDomains, ApiKeyId = identity.KeyId }, mail.Value.Request, mail.Value.Key, ct);
        return accepted.IsSuccess ? IdIn(accepted.Value) : accepted.Failure;
    }

    private void Log(ApiKeyIdentity identity, SmtpServerSession session, string what, SmtpReply reply, string? error, long began, Guid[] messages)
    {
        DateTimeOffset now = clock.GetUtcNow();
        TimeSpan took = clock.GetElapsedTime(began);
        log.Add(new LoggedRequest(identity.ProjectId, UuidV7.New(now - took), now - took, identity.KeyId, identity.IsTest, LoggedRequest.Smtp, what, reply.Code, error, took, session.RemoteAddress, null, null, messages));
    }

    private async ValueTask<ApiKeyIdentity?> IdentityAsync(SmtpServerSession session, CancellationToken ct) =>
        session.State is string key && await keys.FindAsync(key, ct) is { } identity && identity.Scopes.Contains(Scopes.SendMessages) && identity.MayBeUsedFrom(session.RemoteAddress) ? identity : null;

    private static string IdIn(string response)
    {
        using JsonDocument document = JsonDocument.Parse(response);
        return document.RootElement.GetProperty("id").GetString()!;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A client at {Address} tried to submit mail with a wrong API key")]
    private partial void LogWrongKey(string? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A client was asked to come again: {Problem}")]
    private partial void LogDatabaseAway(string problem);
}

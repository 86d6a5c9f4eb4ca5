using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Core.Relays;

/// <summary>Hands messages to an SMTP server over a pool of connections, one transaction per message.</summary>
public sealed class SmtpRelay(string name, SmtpConnectionOptions server, RelayOptions options) : IRelay
{
    private readonly SmtpConnectionPool _pool = new(server, options);

    public string Name => name;

    public RelayKind Kind => RelayKind.Smtp;

    public async Task<RelayOutcome> SendAsync(RelayMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            return await TrySendAsync(message, newConnection: false, ct) ?? await TrySendAsync(message, newConnection: true, ct)
                ?? throw new InvalidOperationException("A new connection always has an outcome.");
        }
        catch (SmtpConnectException e)
        {
            return RelayOutcome.Unavailable(Fault(e));
        }
        catch (OperationCanceledException)
        {
            return RelayOutcome.Withdrawn;
        }
    }

    public async Task<RelayFault?> ProbeAsync(CancellationToken ct)
    {
        try
        {
            await _pool.ReturnAsync(await _pool.RentAsync(Messages.Lane.Critical, mustBeNew: true, ct), Messages.Lane.Critical);
            return null;
        }
        catch (SmtpConnectException e)
        {
            return Fault(e);
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    /// <returns>Null when a connection from the pool was found dead, or no longer logged in, before the message can have been taken: another one may be tried at once.</returns>
    private async Task<RelayOutcome?> TrySendAsync(RelayMessage message, bool newConnection, CancellationToken ct)
    {
        PooledConnection rented = await _pool.RentAsync(message.Lane, newConnection, ct);
        bool wasUsed = rented.Messages > 0;
        try
        {
            if (!await message.MayStart(ct)) return RelayOutcome.Withdrawn;
            rented.Messages++;
            SmtpEnvelope envelope = new(message.Sender, [.. message.Recipients.Select(recipient => recipient.Address)]);
            SmtpTransactionResult result = await rented.Connection.SendAsync(envelope, message.Mime, ct);
            if (!IsAboutAccess(result)) return RelayOutcome.Answered([.. result.Recipients.Select(Reply)]);
            await rented.Connection.QuitAsync(ct); // a later message would fare no better on it
            return wasUsed && !newConnection ? null : RelayOutcome.Unavailable(AccessFault(result.Recipients[0].Reply));
        }
        catch (SmtpUnknownOutcomeException e)
        {
            return RelayOutcome.Answered(Unknown(message, e));
        }
        catch (Exception e) when (e is SmtpException or TimeoutException)
        {
            if (wasUsed && !newConnection && e is SmtpConnectionLostException) return null;
            return RelayOutcome.Answered(new RelayReply(RelayVerdict.Transient, null, null, $"{server} broke off before it had taken the message: {e.Message}"), message.Recipients.Count);
        }
        finally
        {
            await _pool.ReturnAsync(rented, message.Lane);
        }
    }

    private static RelayReply Reply(SmtpRecipientResult result) => new(
        result.Reply.Class switch
        {
            ReplyClass.Success => RelayVerdict.Accepted,
            ReplyClass.Permanent => RelayVerdict.Permanent,
            _ => RelayVerdict.Transient, // also a 3yz out of place: the server took nothing
        },
        result.Reply.Code, result.Reply.Enhanced?.ToString(), result.Reply.Text);

    /// <summary>
    /// Whether MAIL was refused for how we connect or log in: no word about the message, and the same for each (RFC 4954 §6, RFC 3207 §4.3).
    /// Code 454 at MAIL has other uses; 4.7.0 is this one.
    /// </summary>
    private static bool IsAboutAccess(SmtpTransactionResult result) =>
        result.Recipients[0] is { Stage: SmtpStage.Mail, IsLocal: false } first
        && first.Reply.Code switch
        {
            530 or 534 or 535 or 538 => true,
            454 => first.Reply.Enhanced?.ToString() is null or "4.7.0",
            _ => false,
        };

    private RelayFault AccessFault(SmtpReply reply) =>
        new($"The mail server {server} asks for another login or protection before it takes any mail; check SMTP_USER, SMTP_PASSWORD and SMTP_TLS: {reply}", reply.Class == ReplyClass.Permanent);

    /// <summary>Those refused before the final dot have their fate, whatever came of the rest.</summary>
    private static RelayReply[] Unknown(RelayMessage message, SmtpUnknownOutcomeException e)
    {
        Dictionary<EmailAddress, SmtpRecipientResult> refused = new(e.Refused.Count);
        foreach (SmtpRecipientResult one in e.Refused) refused[one.Recipient] = one;
        return [.. message.Recipients.Select(recipient => refused.TryGetValue(recipient.Address, out SmtpRecipientResult result)
            ? Reply(result)
            : new RelayReply(RelayVerdict.Unknown, null, null, e.Message))];
    }

    private RelayFault Fault(SmtpConnectException e) => new($"The mail server {server} cannot be used: {e.Message}", e.IsPermanent);
}

using Mail.Core.Messages;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Core.Relays;

/// <summary>
/// Hands messages to an SMTP server over a pool of connections: one transaction per message, or one per recipient where each has a return path of its own.
/// </summary>
/// <param name="takesReturnPaths">Whether the server lets us choose return paths. Most providers want an address of theirs, or of the account, there.</param>
public sealed class SmtpRelay(string name, SmtpConnectionOptions server, RelayOptions options, bool takesReturnPaths = false) : IRelay
{
    private readonly SmtpConnectionPool _pool = new(new SmtpPoolOptions
    {
        MaxConnections = options.MaxConnections, ReservedForUrgent = options.ConnectionsForCritical, // a flood of others never makes a code wait for a connection
        MaxTransactions = options.MessagesPerConnection, IdleTimeout = options.IdleTimeout, KeepsConversations = true,
    });

    public string Name => name;

    public RelayKind Kind => RelayKind.Smtp;

    public async Task<RelayOutcome> SendAsync(RelayMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!takesReturnPaths || message.Recipients.All(recipient => recipient.ReturnPath is null)) return await SendAsync(message, message.Sender, ct);
        if (message.Recipients is [RelayRecipient only]) return await SendAsync(message, only.ReturnPath!, ct);
        return await SendOneByOneAsync(message, ct);
    }

    /// <summary>One transaction for each recipient, because one has one return path. What stops one transaction for a reason of the relay's stops those after it too: they are not offered.</summary>
    private async Task<RelayOutcome> SendOneByOneAsync(RelayMessage message, CancellationToken ct)
    {
        List<RelayReply> replies = new(message.Recipients.Count);
        RelayReply? stop = null;
        foreach (RelayRecipient recipient in message.Recipients)
        {
            if (stop is not null)
            {
                replies.Add(stop);
                continue;
            }

            RelayOutcome outcome = await SendAsync(message with { Recipients = [recipient] }, recipient.ReturnPath ?? message.Sender, ct);
            switch (outcome.Kind)
            {
                case RelayOutcomeKind.Answered:
                    replies.Add(outcome.Replies[0]);
                    if (outcome.Replies[0] is { Verdict: RelayVerdict.Transient or RelayVerdict.Unknown, Code: null }) // the connection broke
                        stop = new RelayReply(RelayVerdict.Transient, null, null, $"{server} broke off at a recipient before this one.") { Scope = ReplyScope.Relay };
                    break;
                case var _ when replies.Count == 0:
                    return outcome; // nobody was served: as for a whole message
                case RelayOutcomeKind.Unavailable:
                    stop = new RelayReply(RelayVerdict.Transient, null, null, outcome.Fault!.Reason) { Scope = ReplyScope.Relay, Cause = outcome.Fault.Cause };
                    replies.Add(stop with { Transcript = outcome.Fault.Transcript });
                    break;
                default: // some were served, so that it can no longer be taken back as a whole
                    stop = new RelayReply(RelayVerdict.Transient, null, null, "Its worker had to stop before it was this recipient's turn.");
                    replies.Add(stop);
                    break;
            }
        }

        return RelayOutcome.Answered(replies);
    }

    private async Task<RelayOutcome> SendAsync(RelayMessage message, EmailAddress sender, CancellationToken ct)
    {
        SmtpTranscript? said = null;
        try
        {
            SmtpEnvelope envelope = new(sender, [.. message.Recipients.Select(recipient => recipient.Address)]);
            SmtpPoolRequest request = new() { IsUrgent = message.Lane == Lane.Critical, MayStart = message.MayStart, OnTrouble = conversation => said = conversation };
            SmtpTransactionResult? result = await _pool.SendAsync(server, envelope, message.Mime, request, ct);
            if (result is null) return RelayOutcome.Withdrawn;
            return result.IsAccessRefused ? RelayOutcome.Unavailable(AccessFault(result) with { Transcript = Told(null) }) : RelayOutcome.Answered([.. result.Recipients.Select(ReplyTo)]);
        }
        catch (SmtpConnectException e)
        {
            return RelayOutcome.Unavailable(Fault(e) with { Transcript = Told(null) });
        }
        catch (SmtpUnknownOutcomeException e)
        {
            return RelayOutcome.Answered([.. Unknown(message, e).Select((reply, i) => reply with { Transcript = Told(message.Recipients[i].Address) })]);
        }
        catch (Exception e) when (e is SmtpException or TimeoutException)
        {
            RelayReply brokeOff = new(RelayVerdict.Transient, null, null, $"{server} broke off before it had taken the message: {e.Message}") { Scope = ReplyScope.Relay };
            return RelayOutcome.Answered([.. message.Recipients.Select(recipient => brokeOff with { Transcript = Told(recipient.Address) })]);
        }
        catch (OperationCanceledException)
        {
            return RelayOutcome.Withdrawn;
        }

        RelayReply ReplyTo(SmtpRecipientResult result) => result.IsAccepted ? Reply(result) : Reply(result) with { Transcript = Told(result.Recipient) };

        // A return path of ours is proof of where a report comes from, and nobody's who only reads.
        string? Told(EmailAddress? recipient) => said is null ? null : AttemptTranscript.Write(said.About(recipient)
            .Select(line => sender == message.Sender ? line : line with { Text = line.Text.Replace($"{sender.LocalPart}@", "***@", StringComparison.OrdinalIgnoreCase) }));
    }

    public async Task<RelayFault?> ProbeAsync(CancellationToken ct)
    {
        try
        {
            await using SmtpPooledConnection probe = await _pool.RentAsync(server, mustBeNew: true, new SmtpPoolRequest { IsUrgent = true }, ct);
            return null;
        }
        catch (SmtpConnectException e)
        {
            return Fault(e);
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private static RelayReply Reply(SmtpRecipientResult result) => new(
        result.Reply.Class switch
        {
            ReplyClass.Success => RelayVerdict.Accepted,
            ReplyClass.Permanent => RelayVerdict.Permanent,
            _ => RelayVerdict.Transient, // also a 3yz out of place: the server took nothing
        },
        result.Reply.Code, result.Reply.Enhanced?.ToString(), result.Reply.Text)
    {
        Scope = SmtpBlame.ScopeOf(result),
    };

    private RelayFault AccessFault(SmtpTransactionResult result)
    {
        SmtpReply reply = result.Recipients.First(recipient => !recipient.IsLocal).Reply;
        return new($"The mail server {server} asks for another login or protection before it takes any mail; check SMTP_USER, SMTP_PASSWORD and SMTP_TLS: {reply}", reply.Class == ReplyClass.Permanent);
    }

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

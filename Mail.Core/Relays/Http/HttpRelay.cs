using System.Diagnostics;

namespace Mail.Core.Relays.Http;

/// <summary>
/// Hands messages to a provider's HTTP API. What is common to all of them stands here: one reply for each recipient, whom one refused recipient
/// does not touch; what is not known to be untaken is unknown; a login that is not accepted is the relay's fault; no secret in any text.
/// </summary>
public sealed class HttpRelay : IRelay
{
    private readonly IMailProvider _provider;
    private readonly AuthorizedExchange _exchange;
    private readonly SecretMask _mask;
    private readonly LaneRoom _room;

    internal HttpRelay(string name, IMailProvider provider, AuthorizedExchange exchange, SecretMask mask, RelayOptions options)
    {
        Name = name;
        (_provider, _exchange, _mask) = (provider, exchange, mask);
        int places = Math.Min(options.MaxConnections, provider.Kind.Profile.MaxConcurrency ?? options.MaxConnections);
        _room = new LaneRoom(places, Math.Min(options.ConnectionsForCritical, places - 1));
    }

    public string Name { get; }

    /// <summary>An address of the provider's API.</summary>
    internal Uri Address => _provider.Probe.Uri;

    public RelayKind Kind => _provider.Kind.Kind;

    /// <summary>How the provider treats messages.</summary>
    public RelayProfile Profile => _provider.Kind.Profile;

    public async Task<RelayOutcome> SendAsync(RelayMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            await _room.EnterAsync(message.Lane, ct);
        }
        catch (OperationCanceledException)
        {
            return RelayOutcome.Withdrawn;
        }

        try
        {
            return Masked(await SendPartsAsync(message, _provider.Draft(message), ct));
        }
        catch (UnsendableMessageException e)
        {
            return RelayOutcome.Answered(new RelayReply(RelayVerdict.Permanent, null, null, e.Message) { Scope = ReplyScope.Message }, message.Recipients.Count);
        }
        finally
        {
            _room.Leave(message.Lane);
        }
    }

    public async Task<RelayFault?> ProbeAsync(CancellationToken ct)
    {
        RelayFault? found = null;
        Exchange exchange = await _exchange.SendAsync(_provider.Probe, null, answer => (found = _provider.ReadProbe(answer)) is not null && answer.Status == 401, ct);
        ct.ThrowIfCancellationRequested();
        if (exchange.End != ExchangeEnd.Answered) found = Unreachable(exchange);
        return found is null ? null : found with { Reason = _mask.Clean(found.Reason) };
    }

    public ValueTask DisposeAsync()
    {
        _exchange.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A refused recipient is taken out and the others are tried without him, so that no message fails for all because of one.</summary>
    private async Task<RelayOutcome> SendPartsAsync(RelayMessage message, MailDraft draft, CancellationToken ct)
    {
        Dictionary<RelayRecipient, RelayReply> replies = new(message.Recipients.Count);
        Queue<IReadOnlyList<RelayRecipient>> open = new(draft.Parts);
        while (open.TryDequeue(out IReadOnlyList<RelayRecipient>? part))
        {
            (Meaning? meaning, Exchange exchange) = await SendPartAsync(draft.Write(part), part, message.MayStart, ct);
            if (meaning is null || meaning.Fault is not null)
            {
                RelayOutcome outcome = meaning?.Fault is { } fault ? RelayOutcome.Unavailable(fault)
                    : exchange.End == ExchangeEnd.Withdrawn ? RelayOutcome.Withdrawn
                    : RelayOutcome.Unavailable(Unreachable(exchange));
                if (replies.Count == 0) return outcome;
                RelayReply later = new(RelayVerdict.Transient, null, null, outcome.Fault?.Reason ?? "The message was taken back before it was offered for this recipient.") { Scope = ReplyScope.Relay, Transcript = outcome.Fault?.Transcript };
                foreach (RelayRecipient recipient in part.Concat(open.SelectMany(rest => rest))) replies[recipient] = later;
                break;
            }

            foreach (IReadOnlyList<RelayRecipient> rest in Settle(part, meaning, replies)) open.Enqueue(rest);
        }

        return RelayOutcome.Answered([.. message.Recipients.Select(recipient => replies[recipient])]);
    }

    /// <returns>The recipients that are still open, by request.</returns>
    private static IEnumerable<IReadOnlyList<RelayRecipient>> Settle(IReadOnlyList<RelayRecipient> part, Meaning meaning, Dictionary<RelayRecipient, RelayReply> replies)
    {
        RelayReply reply = meaning.Reply!;
        bool nobodyKnowsWho = meaning is { About.Count: 0, Others: null } && reply is { Verdict: RelayVerdict.Permanent, Scope: ReplyScope.Recipient };
        if (nobodyKnowsWho && part.Count > 1) return part.Select(recipient => (IReadOnlyList<RelayRecipient>)[recipient]);

        IReadOnlyList<RelayRecipient> about = meaning.About.Count > 0 ? meaning.About : meaning.Others is null ? part : [];
        foreach (RelayRecipient recipient in about) replies[recipient] = reply;
        RelayRecipient[] others = [.. part.Except(about)];
        if (others.Length == 0) return [];
        if (meaning.Others is null) return [others];
        foreach (RelayRecipient recipient in others) replies[recipient] = meaning.Others;
        return [];
    }

    private async Task<(Meaning? Meaning, Exchange Exchange)> SendPartAsync(RelayRequest request, IReadOnlyList<RelayRecipient> part, Func<CancellationToken, ValueTask<bool>> mayStart, CancellationToken ct)
    {
        Meaning? meaning = null;
        long started = Stopwatch.GetTimestamp();
        Exchange exchange = await _exchange.SendAsync(request, mayStart, answer => (meaning = Read(answer, part)).IsLoginRefused, ct);
        if (meaning is { IsAccepted: true }) return (meaning, exchange);
        string transcript = HttpTranscript.Write(request, exchange, Stopwatch.GetElapsedTime(started), _mask);
        if (exchange.End != ExchangeEnd.Lost) return (meaning?.Told(transcript), exchange with { Transcript = transcript });

        // A repetition that the provider recognises makes no duplicate, but only as long as it is the same: several recipients may part meanwhile.
        bool isSafe = Profile.RecognisesRepetition && part.Count == 1;
        string text = $"The request was sent to {_provider.Kind.Title}, but {exchange.Problem}." + (isSafe ? " It recognises the message when it is sent again." : "");
        return (Meaning.Of(new RelayReply(isSafe ? RelayVerdict.Transient : RelayVerdict.Unknown, null, null, text) { Scope = ReplyScope.Relay, Transcript = transcript }), exchange);
    }

    /// <summary>What every provider means alike; the rest is asked of it.</summary>
    private Meaning Read(HttpAnswer answer, IReadOnlyList<RelayRecipient> part)
    {
        string title = _provider.Kind.Title;
        if (answer.Status is >= 300 and < 400)
            return Meaning.Unusable($"{title} answered {answer.Status} with a redirect to {Host(answer.Header("Location"))}, which is not followed. Check the API address of the relay.");
        if (answer.Status == 504) return Meaning.Unknown(answer, null, $"{title} answered 504: its own time was over before it knew whether the message was taken.");
        return _provider.Read(answer, part);
    }

    private RelayFault Unreachable(Exchange exchange) =>
        exchange.Fault ?? new RelayFault($"{_provider.Kind.Title} cannot be reached: {exchange.Problem}.", exchange.IsPermanent) { Transcript = exchange.Transcript };

    private static string Host(string? location) => Uri.TryCreate(location, UriKind.Absolute, out Uri? uri) ? uri.Host : "another path";

    private RelayOutcome Masked(RelayOutcome outcome) => outcome.Kind switch
    {
        RelayOutcomeKind.Answered => RelayOutcome.Answered([.. outcome.Replies.Select(reply => reply with
        {
            Text = _mask.Clean(reply.Text), ProviderCode = reply.ProviderCode is { } code ? _mask.Clean(code) : null, ProviderMessageId = reply.ProviderMessageId is { } id ? _mask.Clean(id) : null,
        })]),
        RelayOutcomeKind.Unavailable => RelayOutcome.Unavailable(outcome.Fault! with { Reason = _mask.Clean(outcome.Fault.Reason) }),
        _ => outcome,
    };
}

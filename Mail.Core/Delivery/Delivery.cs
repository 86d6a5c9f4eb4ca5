using System.Globalization;
using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Core.Relays.Limits;

namespace Mail.Core.Delivery;

/// <summary>One recipient of one message, in the hands of the worker that claimed it: it takes one outcome, which is then recorded.</summary>
public sealed class Delivery(ProjectId projectId, DeliveryId id, MessageId messageId, string recipient, Lane lane, int attempts = 0)
{
    private const int LongestText = 1000;

    private readonly List<Detour> _detours = [];

    public ProjectId ProjectId { get; } = projectId;

    public DeliveryId Id { get; } = id;

    public MessageId MessageId { get; } = messageId;

    /// <summary>Without a display name.</summary>
    public string Recipient { get; } = recipient;

    public Lane Lane { get; } = lane;

    /// <summary>Proves the claim; every write checks it.</summary>
    public Guid LeaseToken { get; init; }

    /// <summary>When this attempt fell due.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>When the first attempt was begun.</summary>
    public DateTimeOffset FirstAttemptAt { get; init; }

    /// <summary>Whether it was claimed out of a wait for its relay.</summary>
    public bool WasParked { get; init; }

    /// <summary>How many workers died while they held it, since an attempt last came to an end.</summary>
    public int Takeovers { get; init; }

    /// <summary>Attempts that ended, this one included once it has its outcome.</summary>
    public int Attempts { get; private set; } = attempts;

    public DeliveryState State { get; private set; } = DeliveryState.Sending; // as claimed

    /// <summary>Set exactly when the outcome is a waiting state.</summary>
    public DateTimeOffset? NextAttemptAt { get; private set; }

    /// <summary>What it waits for, when that is all it waits for: its relays (<see cref="RelayRoute.WaitsAs"/>), or room in a limit of one.</summary>
    public string? ParkedBy { get; private set; }

    /// <summary>Set when it waits only because its relays are full: then that time does not count against it.</summary>
    internal HoldKind? Held { get; private set; }

    /// <summary>The relays that were passed by in this attempt, and why. Only a detour that led to an answer is told: waiting on is no news.</summary>
    public IReadOnlyList<Detour> Detours => _detours;

    /// <summary>The relay that was tried.</summary>
    public string? Relay { get; private set; }

    /// <summary>What it said, when it said anything.</summary>
    public RelayReply? Reply { get; private set; }

    /// <summary>Why it waits or ended badly, in words for its sender; null when it was sent.</summary>
    public string? Reason { get; private set; }

    /// <summary>What was said in the attempt (<see cref="AttemptTranscript"/>); null when it was sent, and when nothing was said.</summary>
    public string? Transcript { get; private set; }

    /// <summary>The reason's name in <see cref="ErrorCatalogue"/>; null when it was sent.</summary>
    public string? Cause { get; private set; }

    /// <summary>
    /// Held by more workers that died than the schedule has retries, and for longer than all of it: whoever sends it dies of it. The time counts
    /// too, because an innocent message that was held beside such a one dies with it each time until chance parts them.
    /// </summary>
    public bool IsExhausted(RetrySchedule schedule, DateTimeOffset now) => Takeovers > schedule.Retries && now - FirstAttemptAt > schedule.Total;

    /// <summary>
    /// The relay answered. A 4yz reply is retried until the schedule ends; a 5yz reply is final (RFC 5321 §4.2.1). When nobody knows whether
    /// the relay took the message, its <paramref name="guarantee"/> decides.
    /// </summary>
    /// <exception cref="InvalidOperationException">It has an outcome already.</exception>
    public void Record(RelayReply reply, string relay, DeliveryGuarantee guarantee, RetrySchedule schedule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reply);
        BeginOutcome();
        Attempts++;
        Relay = relay;
        _detours.RemoveAll(detour => detour.Relay == relay);
        Reply = reply with { Text = Storable(reply.Text) };
        if (reply.Verdict != RelayVerdict.Accepted) (Cause, Transcript) = (CauseFinder.OfReply(reply, guarantee), reply.Transcript);
        switch (reply.Verdict)
        {
            case RelayVerdict.Accepted:
                State = DeliveryState.Sent;
                break;
            case RelayVerdict.Permanent:
                (State, Reason) = (DeliveryState.Bounced, Storable($"The relay '{relay}' refused it for good: {Quote(reply)}"));
                break;
            case RelayVerdict.Unknown when guarantee == DeliveryGuarantee.AtMostOnce:
                (State, Reason) = (DeliveryState.Failed, Storable($"Nobody knows whether the relay '{relay}' took it, and it asked never to arrive twice (at_most_once), so it is not sent again: {Quote(reply)}"));
                break;
            case RelayVerdict.Unknown:
                RetryLater($"Nobody knows whether the relay '{relay}' took it, so it is sent again with the same Message-ID: {Quote(reply)}", schedule, now);
                break;
            default:
                RetryLater($"The relay '{relay}' did not take it for now: {Quote(reply)}", schedule, now, reply.RetryAfter);
                break;
        }
    }

    /// <summary>
    /// No relay can be used at all: no fault of the message, so this counts as no attempt. It waits for one, up to
    /// <paramref name="until"/>, and gives up only when the schedule's whole time is over.
    /// </summary>
    /// <param name="relay">The one that would have been first.</param>
    /// <param name="waitsAs">Whose return calls it back.</param>
    /// <exception cref="InvalidOperationException">It has an outcome already.</exception>
    public void Park(RelayFault fault, string? relay, string waitsAs, DateTimeOffset until, RetrySchedule schedule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(fault);
        BeginOutcome();
        Relay = relay;
        _detours.Clear();
        (Cause, Transcript) = (CauseFinder.OfFault(fault), fault.Transcript);
        if (!fault.IsOnTrial && now - FirstAttemptAt > schedule.Total)
        {
            (State, Reason) = (DeliveryState.Failed, Storable(string.Create(CultureInfo.InvariantCulture, $"Given up: no relay could be used for {schedule.Total.TotalHours:0.#} hours. {fault.Reason}")));
            return;
        }

        (State, NextAttemptAt, ParkedBy, Reason) = (DeliveryState.DeliveryDelayed, until, waitsAs, Storable(fault.Reason));
    }

    /// <summary>
    /// Every relay that could take it is full: it waits for its turn, or for the next day of a quota. No attempt, and no fault of anybody, so it is given
    /// up only when it has grown too old to be wanted.
    /// </summary>
    /// <param name="since">When it was to leave.</param>
    /// <param name="longest">How long after that it may still be wanted.</param>
    /// <exception cref="InvalidOperationException">It has an outcome already.</exception>
    internal void Hold(RelayHold hold, DateTimeOffset since, TimeSpan longest, DateTimeOffset now)
    {
        BeginOutcome();
        (Relay, Cause) = (hold.Relay, hold.Cause);
        _detours.Clear();
        if (now - since > longest)
        {
            (State, Reason) = (DeliveryState.Failed, Storable(string.Create(CultureInfo.InvariantCulture, $"Given up: it waited for room for more than {longest.TotalHours:0} hours. {hold.Reason}")));
            return;
        }

        // Who grows too old before the quota begins anew is told then, and not weeks later.
        DateTimeOffset tooOld = since + longest + TimeSpan.FromSeconds(1);
        DeliveryState state = hold.Kind == HoldKind.Turn && Attempts == 0 && Takeovers == 0 ? DeliveryState.Queued : DeliveryState.DeliveryDelayed;
        (State, NextAttemptAt, ParkedBy, Reason, Held) = (state, hold.Until < tooOld ? hold.Until : tooOld, hold.WaitsAs, Storable(hold.Reason), hold.Kind);
    }

    /// <summary>A relay was passed by: it could not be used, or refused for a reason of its own.</summary>
    /// <param name="transcript">What was said, when it was tried.</param>
    public void NoteDetour(string relay, string reason, string? transcript = null) => _detours.Add(new Detour(relay, Storable(reason), transcript));

    /// <summary>A fault of ours interrupted the attempt.</summary>
    /// <exception cref="InvalidOperationException">It has an outcome already.</exception>
    public void Delay(string reason, RetrySchedule schedule, DateTimeOffset now, string cause = CauseCodes.InternalFault)
    {
        BeginOutcome();
        Attempts++;
        Cause = cause;
        RetryLater(reason, schedule, now);
    }

    /// <summary>It can never be sent, and that is not the recipient's doing.</summary>
    /// <exception cref="InvalidOperationException">It has an outcome already.</exception>
    public void Fail(string reason, string cause = CauseCodes.NotComposed)
    {
        BeginOutcome();
        Attempts++;
        (State, Reason, Cause) = (DeliveryState.Failed, Storable(reason), cause);
    }

    /// <summary>The recipient came onto the suppression list while it waited. Nothing was tried, so this is no attempt.</summary>
    /// <exception cref="InvalidOperationException">It has an outcome already.</exception>
    internal void Suppress(string reason)
    {
        BeginOutcome();
        (State, Reason, Cause) = (DeliveryState.Suppressed, Storable(reason), CauseCodes.Suppressed);
    }

    private void BeginOutcome()
    {
        if (State is not DeliveryState.Sending) throw new InvalidOperationException($"Delivery {Id} is {State.Name()}; only one that is being sent takes an outcome.");
    }

    /// <param name="atLeast">What the relay asks for.</param>
    private void RetryLater(string reason, RetrySchedule schedule, DateTimeOffset now, TimeSpan? atLeast = null)
    {
        if (schedule.DelayAfter(Attempts) is { } delay) (State, NextAttemptAt, Reason) = (DeliveryState.DeliveryDelayed, now + (atLeast > delay ? atLeast.Value : delay), Storable(reason));
        else (State, Reason) = (DeliveryState.Failed, Storable($"Given up after {Attempts} attempts. {reason}"));
    }

    private static string Quote(RelayReply reply) => reply.Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"{code} {reply.Text}") : reply.Text;

    /// <summary>A server may answer anything; PostgreSQL takes no NUL and no half character, and a page of text helps nobody.</summary>
    internal static string Storable(string text)
    {
        bool cut = text.Length > LongestText;
        ReadOnlySpan<char> kept = cut ? text.AsSpan(0, LongestText) : text;
        if (!cut && !text.Contains('\0', StringComparison.Ordinal) && !kept.ContainsAnyInRange('\uD800', '\uDFFF')) return text;
        System.Text.StringBuilder storable = new(kept.Length + 1);
        foreach (System.Text.Rune rune in kept.EnumerateRunes()) // halves become U+FFFD
            if (rune.Value != 0) storable.Append(rune);
        return cut ? storable.Append('…').ToString() : storable.ToString();
    }
}

/// <summary>A relay that was passed by in an attempt.</summary>
/// <param name="Transcript">What was said (<see cref="AttemptTranscript"/>), when it was tried; null when it was not.</param>
public readonly record struct Detour(string Relay, string Reason, string? Transcript);

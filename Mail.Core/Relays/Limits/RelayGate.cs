using System.Collections.Concurrent;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Npgsql;

namespace Mail.Core.Relays.Limits;

/// <summary>
/// Where a message asks whether its relay has room for it: rate, connections, quota, and what the other side asked for. Where nothing limits a message
/// it costs a look into memory; else one question to Redis, and one to PostgreSQL where there is a quota.
/// </summary>
public sealed class RelayGate
{
    /// <summary>A message to many goes as a whole, up to what the rate allows in this time: the next one waits the longer for it.</summary>
    private const double LongestDebt = 10;

    private const long LongestMemory = 1000, BacklogMemory = 3000;

    /// <summary>Who waits for its turn is called; this is the net below it, far apart because every look at a waiting message costs two writes.</summary>
    private static readonly TimeSpan _turnNet = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan _afterFault = TimeSpan.FromSeconds(5);

    private readonly RelayLimits _limits;
    private readonly SharedLimits _store;
    private readonly Paces _paces;
    private readonly RelayPaces _own;
    private readonly RelayQuota? _quota;
    private readonly TimeProvider _clock;
    private readonly bool _isLimited;
    private readonly ConcurrentDictionary<string, long> _full = new(), _backlogs = new();
    private readonly ConcurrentDictionary<string, int> _heldAgain = new();

    internal RelayGate(RelayLimits limits, SharedLimits store, Paces paces, RelayQuota? quota, TimeProvider clock)
    {
        (_limits, _store, _paces, _own, _quota, _clock) = (limits, store, paces, paces.Of(limits.Key), quota, clock);
        _isLimited = limits.RatePerSecond is not null || limits.MaxConcurrent is not null || limits.AnyDomain is not null || limits.HasQuota;
    }

    /// <summary>Under which the relay's limits are counted; the same for every version of its settings.</summary>
    public string Key => _limits.Key;

    /// <summary>Whether a message to this recipient has to ask at all.</summary>
    public bool Concerns(string recipient)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (_isLimited) return true;
        Dictionary<string, Pace>? slow = _own.Current;
        if (slow is null && _limits.Domains.Count == 0) return false;
        ReadOnlySpan<char> domain = RecipientDomain.Span(recipient);
        if (!System.Text.Ascii.IsValid(domain)) return true;
        if (slow is not null && (slow.ContainsKey(RelayPaces.Whole) || slow.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(domain))) return true;
        return _limits.Domains.Count > 0 && _limits.Domains.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(domain);
    }

    /// <summary>Asks for room. Never fails: who cannot be told waits. Call <see cref="Admission.Settle"/> after the offer.</summary>
    public async ValueTask<Admission> AdmitAsync(Lane lane, IReadOnlyList<Candidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        RelayHold?[] holds = new RelayHold?[candidates.Count];
        if (_quota?.Full is { } used)
        {
            Array.Fill(holds, used);
            return new Admission(holds, this, [], "", null, null);
        }

        bool critical = lane == Lane.Critical;
        (LimitLine[] lines, int[] lineOf) = Lines(candidates, critical, holds);
        string lease = "";
        ILimitStore? from = null;
        LimitLine[] places = [];
        if (Array.Exists(holds, hold => hold is null) && Array.Exists(lines, line => line.Rate > 0 || line.Most > 0))
        {
            lease = Guid.NewGuid().ToString("N");
            (LimitRoom[] rooms, from) = await _store.TakeAsync(lines, critical, lease);
            places = [.. lines.Where((line, i) => line.Most > 0 && rooms[i].Answer == LimitAnswer.Free)];
            for (int i = 0; i < holds.Length; i++)
            {
                if (holds[i] is not null) continue;
                int line = rooms[0].Answer != LimitAnswer.Free ? 0 : lineOf[i];
                if (rooms[line].Answer != LimitAnswer.Free) holds[i] = Turn(lines[line], rooms[line], candidates[i]);
            }

            if (!Array.Exists(holds, hold => hold is null)) places = []; // nothing was taken
        }

        UsagePeriods? reservedIn = await ReserveAsync(holds);
        if (places.Length > 0)
        {
            if (Array.Exists(holds, hold => hold is null)) _store.Keep(places, lease, from!);
            else
            {
                from!.Release(places, lease);
                places = [];
            }
        }

        return new Admission(holds, this, places, lease, from, reservedIn);
    }

    /// <summary>Learns from what the relay said: asked to slow down, it does, and while answers are good it gets faster again.</summary>
    public void Answered(RelayReply reply, string recipient)
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(recipient);
        if (reply.Verdict == RelayVerdict.Accepted)
        {
            if (_own.Current is null) return;
            _paces.Accepted(_limits.Key, RecipientDomain.Of(recipient));
            _paces.Accepted(_limits.Key, RelayPaces.Whole);
        }
        else if (reply.AsksForLessOf(ReplyScope.Domain))
        {
            string domain = RecipientDomain.Of(recipient);
            _paces.Refused(_limits.Key, domain, DomainLimitOf(domain)?.RatePerSecond ?? _limits.RatePerSecond);
        }
        else if (reply.AsksForLessOf(ReplyScope.Relay)) _paces.Refused(_limits.Key, RelayPaces.Whole, _limits.RatePerSecond);
    }

    /// <summary>How many of those that wait under a name may come now.</summary>
    /// <param name="most">How many are wanted.</param>
    public async ValueTask<int> CallAsync(string waitsAs, int most, CancellationToken ct)
    {
        if (LimitNames.IsQuota(waitsAs)) return _quota is null ? most : (int)Math.Min(most, await _quota.RoomAsync(ct));
        LimitLine line = LimitNames.DomainOf(waitsAs) is { } domain ? DomainLine(domain) : WholeLine();
        return line.Rate > 0 || line.Most > 0 ? await _store.CallAsync(line with { Count = most }) : most;
    }

    /// <summary>More wait under this name than were called: who comes fresh goes to the end of the line.</summary>
    public void HasBacklog(string waitsAs) => _backlogs[LimitNames.LineOf(waitsAs)] = Environment.TickCount64 + BacklogMemory;

    public void HasNoBacklog(string waitsAs) => _backlogs.TryRemove(LimitNames.LineOf(waitsAs), out _);

    /// <returns>How many were called and had to wait again since the last question.</returns>
    public int TakeHeldAgain(string waitsAs) => _heldAgain.TryRemove(LimitNames.LineOf(waitsAs), out int count) ? count : 0;

    /// <summary>For <see cref="Admission"/>.</summary>
    internal void Leave(LimitLine[] places, string lease, ILimitStore? from, UsagePeriods? reservedIn, int unused)
    {
        if (places.Length > 0) _store.Release(places, lease, from!);
        if (unused > 0 && reservedIn is { } periods) _quota?.GiveBack(periods, unused);
    }

    /// <returns>The relay's line first, then one for each limited domain; and for each candidate the index of its line.</returns>
    private (LimitLine[] Lines, int[] LineOf) Lines(IReadOnlyList<Candidate> candidates, bool critical, RelayHold?[] holds)
    {
        List<LimitLine> lines = [WholeLine()];
        int[] lineOf = new int[candidates.Count];
        int whole = 0;
        for (int i = 0; i < candidates.Count; i++)
        {
            LimitLine own = DomainLine(RecipientDomain.Of(candidates[i].Recipient));
            if (Waits(lines[0], whole, critical, candidates[i]) is { } hold)
            {
                holds[i] = hold;
                continue;
            }

            int at = own.Rate > 0 || own.Most > 0 ? lines.FindIndex(line => line.Name == own.Name) : 0;
            if (at < 0)
            {
                at = lines.Count;
                lines.Add(own);
            }

            if (at > 0 && Waits(lines[at], lines[at].Count, critical, candidates[i]) is { } domains)
            {
                holds[i] = domains;
                continue;
            }

            whole++;
            lineOf[i] = at;
            lines[at] = lines[at] with { Count = lines[at].Count + 1 };
        }

        // A domain of which nobody asks takes no place.
        for (int at = lines.Count - 1; at > 0; at--)
        {
            if (lines[at].Count > 0) continue;
            lines.RemoveAt(at);
            for (int i = 0; i < lineOf.Length; i++)
                if (lineOf[i] > at) lineOf[i]--;
        }

        return ([.. lines], lineOf);
    }

    /// <returns>Why a candidate need not even ask.</returns>
    private RelayHold? Waits(LimitLine line, int before, bool critical, Candidate candidate)
    {
        if (line.Rate <= 0 && line.Most <= 0) return null;
        if (line.Rate > 0 && before >= Math.Max(1, line.Rate * LongestDebt)) return Turn(line, default, candidate);
        if (critical) return null;
        long now = Environment.TickCount64;
        bool waits = (_full.TryGetValue(line.Name, out long full) && now < full) || (candidate.IsFresh && _backlogs.TryGetValue(line.Name, out long backlog) && now < backlog);
        return waits ? Turn(line, default, candidate) : null;
    }

    private RelayHold Turn(LimitLine line, LimitRoom room, Candidate candidate)
    {
        if (room.Answer == LimitAnswer.Rate) _full[line.Name] = Environment.TickCount64 + Math.Min(room.Wait, LongestMemory);
        if (!candidate.IsFresh) _heldAgain.AddOrUpdate(line.Name, 1, static (_, count) => count + 1);
        string? domain = LimitNames.DomainOf(LimitNames.Turn(line.Name));
        bool isAsked = line.Rate > 0 && _own.Find(domain ?? RelayPaces.Whole) is { } pace && pace.Rate <= line.Rate;
        return new RelayHold(
            HoldKind.Turn, LimitNames.Turn(line.Name), _limits.RelayName, Words(line, room.Answer, domain, isAsked),
            isAsked && domain is not null ? CauseCodes.DomainWait : CauseCodes.RateWait, _clock.GetUtcNow() + _turnNet, TimeSpan.FromMilliseconds(room.Wait));
    }

    private string Words(LimitLine line, LimitAnswer answer, string? domain, bool isAsked)
    {
        string to = domain is null ? "" : $" to {domain}";
        if (answer == LimitAnswer.Concurrency || line.Rate <= 0) return $"Waiting for its turn: the relay '{_limits.RelayName}' sends {LimitWords.AtOnce(line.Most)}{to}.";
        return isAsked
            ? $"Waiting for its turn: the relay '{_limits.RelayName}' was asked to send more slowly{to}, and sends {LimitWords.Rate(line.Rate)} for now."
            : $"Waiting for its turn: the relay '{_limits.RelayName}' sends {LimitWords.Rate(line.Rate)}{to}.";
    }

    /// <summary>Reserves for those without a hold; who gets nothing gets one.</summary>
    private async ValueTask<UsagePeriods?> ReserveAsync(RelayHold?[] holds)
    {
        int asked = holds.Count(hold => hold is null);
        if (_quota is null || asked == 0) return null;
        Granted granted;
        try
        {
            granted = await _quota.ReserveAsync(asked);
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            granted = new Granted(0, default, new RelayHold(
                HoldKind.Turn, LimitNames.Quota(_limits.Key), _limits.RelayName, $"The database did not answer, so nobody could see whether the quota of the relay '{_limits.RelayName}' has room.", CauseCodes.DatabaseSlow, now + _afterFault, _afterFault));
        }

        for (int i = holds.Length - 1, without = asked - granted.Count; without > 0; i--)
        {
            if (holds[i] is not null) continue;
            holds[i] = granted.Why;
            without--;
        }

        return granted.Periods;
    }

    private LimitLine WholeLine() => Line(_limits.Key, _limits.RatePerSecond, _limits.MaxConcurrent, _own.Find(RelayPaces.Whole));

    private LimitLine DomainLine(string domain)
    {
        DomainLimit? limit = DomainLimitOf(domain);
        return Line($"{_limits.Key}{LimitNames.DomainMark}{domain}", limit?.RatePerSecond, limit?.MaxConcurrent, _own.Find(domain));
    }

    private DomainLimit? DomainLimitOf(string domain) => _limits.Domains.TryGetValue(domain, out DomainLimit? own) ? own : _limits.AnyDomain;

    private static LimitLine Line(string name, double? rate, int? most, Pace? pace) =>
        new(name, 0, pace is { } slow ? Math.Min(slow.Rate, rate ?? slow.Rate) : rate ?? 0, most ?? 0);
}

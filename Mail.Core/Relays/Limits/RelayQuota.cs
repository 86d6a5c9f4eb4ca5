using System.Globalization;
using Mail.Core.Alerts;
using Mail.Core.Delivery.Catalogue;

namespace Mail.Core.Relays.Limits;

/// <summary>
/// One relay's quota and warm-up, exact over all workers. What several senders ask for goes into one reservation: a question waits for company only
/// while another is under way, so that the row is written some hundred times a second and not thousands.
/// </summary>
internal sealed class RelayQuota(RelayLimits limits, RelayUsage usage, IAlerts alerts, TimeProvider clock)
{
    private const long MemoryMilliseconds = 1000;
    private const double AlertAt = 0.8;

    private readonly Lock _lock = new();
    private readonly Dictionary<UsagePeriods, long> _giveBacks = [];
    private List<Question> _questions = [];
    private bool _isRunning;
    private volatile Memory? _full;

    /// <summary>What is known to be used up, without a question; null when it is worth asking.</summary>
    public RelayHold? Full => _full is { } known && Environment.TickCount64 < known.Until && clock.GetUtcNow() < known.Ends ? known.Hold : null;

    /// <summary>Reserves for recipients that are to be offered now.</summary>
    /// <returns>For how many, in which periods, and why not for the others.</returns>
    public Task<Granted> ReserveAsync(int count)
    {
        Question question = new(count);
        lock (_lock)
        {
            _questions.Add(question);
            StartLocked();
        }

        return question.Answer.Task;
    }

    /// <summary>The relay did not take them after all. Returns at once.</summary>
    public void GiveBack(UsagePeriods periods, long count)
    {
        lock (_lock)
        {
            _giveBacks[periods] = _giveBacks.GetValueOrDefault(periods) + count;
            StartLocked();
        }
    }

    /// <returns>How many recipients may go yet.</returns>
    public async Task<long> RoomAsync(CancellationToken ct)
    {
        UsagePeriods periods = UsagePeriods.Of(clock.GetUtcNow());
        Usage used = await usage.ReadAsync(limits.Project ?? default, limits.Relay, periods, ct);
        long room = Math.Min(limits.OnDay(periods.Day) - used.Day, (limits.MonthQuota ?? long.MaxValue) - used.Month);
        if (room > 0) _full = null;
        return Math.Max(0, room);
    }

    private void StartLocked()
    {
        if (_isRunning) return;
        _isRunning = true;
        _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            List<Question> questions;
            List<KeyValuePair<UsagePeriods, long>> giveBacks;
            lock (_lock)
            {
                if (_questions.Count == 0 && _giveBacks.Count == 0)
                {
                    _isRunning = false;
                    return;
                }

                (questions, _questions) = (_questions, []);
                giveBacks = [.. _giveBacks];
                _giveBacks.Clear();
            }

            try
            {
                while (giveBacks.Count > 0)
                {
                    await usage.GiveBackAsync(limits.Project ?? default, limits.Relay, giveBacks[^1].Key, giveBacks[^1].Value, CancellationToken.None);
                    giveBacks.RemoveAt(giveBacks.Count - 1);
                }

                if (questions.Count > 0) await AnswerAsync(questions);
            }
            catch (Exception e)
            {
                Failed(questions, giveBacks, e);
                return;
            }
        }
    }

    /// <summary>Nothing is granted that is not written down; what was to be given back waits for the next question.</summary>
    private void Failed(List<Question> questions, List<KeyValuePair<UsagePeriods, long>> giveBacks, Exception e)
    {
        lock (_lock)
        {
            questions.AddRange(_questions);
            _questions = [];
            foreach ((UsagePeriods periods, long count) in giveBacks) _giveBacks[periods] = _giveBacks.GetValueOrDefault(periods) + count;
            _isRunning = false;
        }

        foreach (Question question in questions) question.Answer.TrySetException(e);
    }

    private async Task AnswerAsync(List<Question> questions)
    {
        UsagePeriods periods = UsagePeriods.Of(clock.GetUtcNow());
        long asked = questions.Sum(question => (long)question.Count);
        (long left, Usage used) = await usage.ReserveAsync(
            limits.Project ?? default, limits.Relay, periods, asked, limits.OnDay(periods.Day), limits.MonthQuota ?? long.MaxValue, CancellationToken.None);
        RelayHold? full = left < asked ? Hold(periods, used) : null;
        _full = full is null ? null : new Memory(full, full.Until, Environment.TickCount64 + MemoryMilliseconds);
        Tell(periods, used);
        foreach (Question question in questions)
        {
            int granted = (int)Math.Min(left, question.Count);
            left -= granted;
            question.Answer.SetResult(new Granted(granted, periods, granted < question.Count ? full : null));
        }
    }

    private RelayHold Hold(UsagePeriods periods, Usage used)
    {
        DateTimeOffset now = clock.GetUtcNow();
        bool isMonth = limits.MonthQuota is { } month && used.Month >= month;
        DateTimeOffset ends = isMonth ? periods.MonthEnds : periods.DayEnds;
        bool isWarmUp = !isMonth && limits.WarmUp?.On(periods.Day) < (limits.DayQuota ?? long.MaxValue);
        string reason = isMonth
            ? string.Create(CultureInfo.InvariantCulture, $"The relay '{limits.RelayName}' has used its quota of {limits.MonthQuota} recipients for this month; it goes on at {ends:yyyy-MM-dd} 00:00 UTC.")
            : isWarmUp
                ? string.Create(CultureInfo.InvariantCulture, $"The relay '{limits.RelayName}' is warming up and has sent to the {limits.WarmUp!.On(periods.Day)} recipients of today's plan; it goes on at 00:00 UTC.")
                : string.Create(CultureInfo.InvariantCulture, $"The relay '{limits.RelayName}' has used its quota of {limits.DayQuota} recipients for today; it goes on at 00:00 UTC.");
        return new RelayHold(HoldKind.Quota, LimitNames.Quota(limits.Key), limits.RelayName, reason, isWarmUp ? CauseCodes.WarmUpWait : CauseCodes.QuotaUsed, ends, ends - now);
    }

    /// <summary>Of quotas only: a warm-up is meant to be used up every day.</summary>
    private void Tell(UsagePeriods periods, Usage used)
    {
        Tell("day", used.Day, limits.DayQuota, periods.DayEnds);
        Tell("month", used.Month, limits.MonthQuota, periods.MonthEnds);
    }

    private void Tell(string period, long used, long? quota, DateTimeOffset ends)
    {
        if (quota is not { } limit || used < limit * AlertAt) return;
        AlertFacts facts = new() { Used = used, Limit = limit, Period = period };
        alerts.Raise(new AlertKey(limits.Project, used < limit ? AlertKind.RelayQuota80 : AlertKind.RelayQuotaUsed, limits.RelayName), facts, endsAt: ends);
    }

    private sealed record Memory(RelayHold Hold, DateTimeOffset Ends, long Until);

    private sealed record Question(int Count)
    {
        public TaskCompletionSource<Granted> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What a quota had.</summary>
/// <param name="Why">Set when it is less than was asked for.</param>
internal readonly record struct Granted(int Count, UsagePeriods Periods, RelayHold? Why);

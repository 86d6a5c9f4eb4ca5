using System.Globalization;

namespace Mail.Core.Relays;

/// <summary>A relay's last answers: too many refusals of its own, or answers that take too long, and it is better left alone for a while. Not safe for many threads.</summary>
internal sealed class RelayHealth(RelayOptions options, TimeProvider clock)
{
    private const int Window = 20;
    private const int Fewest = 10;
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(1);

    private readonly Queue<(DateTimeOffset At, bool Refused, TimeSpan Took)> _answers = new(Window);

    /// <param name="refusal">The relay's words when it served nobody for reasons of its own.</param>
    /// <returns>Why the relay should be left alone; null while it need not be.</returns>
    public RelayFault? Note(string? refusal, TimeSpan took, bool hasOthers)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_answers.Count == Window) _answers.Dequeue();
        _answers.Enqueue((now, refusal is not null, took));
        while (now - _answers.Peek().At > _memory) _answers.Dequeue();
        if (_answers.Count < Fewest) return null;

        int refused = _answers.Count(answer => answer.Refused);
        if (refusal is not null && refused * 2 >= _answers.Count)
            return new RelayFault(string.Create(CultureInfo.InvariantCulture, $"It refused {refused} of its last {_answers.Count} messages for reasons of its own. Last: {refusal}"), IsPermanent: false);
        if (!hasOthers) return null;

        TimeSpan median = _answers.Select(answer => answer.Took).Order().ElementAt(_answers.Count / 2);
        return median > options.SlowAfter
            ? new RelayFault(string.Create(CultureInfo.InvariantCulture, $"It takes {median.TotalSeconds:0} s to answer; other relays serve until it is faster."), IsPermanent: false)
            : null;
    }

    public void Clear() => _answers.Clear();
}

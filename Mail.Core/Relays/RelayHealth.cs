using System.Globalization;
using Mail.Core.Relays.Limits;

namespace Mail.Core.Relays;

/// <summary>A relay's last answers: too many refusals of its own, or answers that take too long, and it is better left alone for a while. Not safe for many threads.</summary>
internal sealed class RelayHealth(RelayOptions options, TimeProvider clock)
{
    private const int Window = 20;
    private const int Fewest = 10;
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(1);

    private readonly Queue<(DateTimeOffset At, bool Refused, TimeSpan Took, string? Recipient)> _answers = new(Window);

    /// <param name="refusal">The relay's words when it served nobody for reasons of its own.</param>
    /// <param name="recipient">Who was refused or served, when a refusal may be about his domain alone; null when it is about the relay whatever the domain.</param>
    /// <returns>Why the relay should be left alone; null while it need not be.</returns>
    public RelayFault? Note(string? refusal, TimeSpan took, bool hasOthers, string? recipient = null)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_answers.Count == Window) _answers.Dequeue();
        _answers.Enqueue((now, refusal is not null, took, recipient));
        while (now - _answers.Peek().At > _memory) _answers.Dequeue();
        if (_answers.Count < Fewest) return null;

        int refused = _answers.Count(answer => answer.Refused);
        if (refusal is not null && refused * 2 >= _answers.Count && !IsSomeDomains())
            return new RelayFault(string.Create(CultureInfo.InvariantCulture, $"It refused {refused} of its last {_answers.Count} messages for reasons of its own. Last: {refusal}"), IsPermanent: false);
        if (!hasOthers) return null;

        TimeSpan median = _answers.Select(answer => answer.Took).Order().ElementAt(_answers.Count / 2);
        return median > options.SlowAfter
            ? new RelayFault(string.Create(CultureInfo.InvariantCulture, $"It takes {median.TotalSeconds:0} s to answer; other relays serve until it is faster."), IsPermanent: false)
            : null;
    }

    /// <summary>
    /// Whether the trouble is that of one or some domains: each domain is as its last answer was, and a relay is in trouble when more of them, and
    /// not only one, are refused than served. One refusal that is about no domain is enough to say that it is the relay's.
    /// </summary>
    private bool IsSomeDomains()
    {
        Dictionary<string, bool> refusals = new(StringComparer.OrdinalIgnoreCase);
        foreach ((_, bool refused, _, string? recipient) in _answers)
        {
            if (refused && recipient is null) return false;
            if (recipient is not null) refusals[RecipientDomain.Span(recipient).ToString()] = refused;
        }

        int troubled = refusals.Values.Count(refused => refused);
        return troubled < 2 || troubled * 2 <= refusals.Count;
    }

    public void Clear() => _answers.Clear();
}

namespace Mail.ProviderFakes;

/// <summary>One thing that goes wrong.</summary>
public sealed record FakeRule
{
    /// <summary>Null for any.</summary>
    public string? Method { get; init; }

    /// <summary>Of the path behind the prefix; a `*` stands for any text. Null for any.</summary>
    public string? Path { get; init; }

    /// <summary>How many requests it meets; 0 for all.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Requests that pass before it begins.</summary>
    public int Skip { get; init; }

    /// <summary>What is answered; null for what the provider says to <see cref="Status"/>, and without one for the provider's true answer, only late.</summary>
    public FakeAnswer? Answer { get; init; }

    /// <summary>The provider's own refusal with this status.</summary>
    public int? Status { get; init; }

    /// <summary>The header Retry-After: seconds or a date.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The provider does what it was asked to, and then this comes in place of its answer: the caller does not know.</summary>
    public bool ActsFirst { get; init; }

    /// <summary>How long the answer takes.</summary>
    public TimeSpan Delay { get; init; }

    internal bool Matches(FakeRequest request) =>
        (Method is null || Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase)) && (Path is null || IsLike(Path, request.Path));

    private static bool IsLike(string pattern, string path)
    {
        string[] parts = pattern.Split('*');
        if (parts.Length == 1) return pattern == path;
        if (!path.StartsWith(parts[0], StringComparison.Ordinal)) return false;
        int at = parts[0].Length;
        foreach (string part in parts[1..^1])
        {
            int found = path.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return path.Length - at >= parts[^1].Length && path.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}

/// <summary>What goes wrong at one provider, in order: the first rule that matches a request decides, and is gone when it was used up.</summary>
public sealed class FakeScript
{
    private readonly Lock _lock = new();
    private readonly List<(FakeRule Rule, int Seen)> _rules = [];

    /// <summary>Rules that are not used up.</summary>
    public IReadOnlyList<FakeRule> Rules
    {
        get
        {
            lock (_lock) return [.. _rules.Select(one => one.Rule)];
        }
    }

    public void Add(FakeRule rule)
    {
        lock (_lock) _rules.Add((rule, 0));
    }

    /// <summary>The next request, whatever it is.</summary>
    public void Next(FakeAnswer answer, int times = 1) => Add(new FakeRule { Answer = answer, Times = times });

    public void Clear()
    {
        lock (_lock) _rules.Clear();
    }

    internal FakeRule? Take(FakeRequest request)
    {
        lock (_lock)
        {
            for (int i = 0; i < _rules.Count; i++)
            {
                (FakeRule rule, int seen) = _rules[i];
                if (!rule.Matches(request)) continue;
                _rules[i] = (rule, seen + 1);
                if (seen < rule.Skip) continue;
                if (rule.Times > 0 && seen + 1 - rule.Skip >= rule.Times) _rules.RemoveAt(i);
                return rule;
            }

            return null;
        }
    }
}

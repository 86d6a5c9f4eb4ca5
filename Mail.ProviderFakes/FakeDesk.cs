using System.Collections.Concurrent;

namespace Mail.ProviderFakes;

/// <summary>One provider with what was asked of it, and what is to go wrong.</summary>
public sealed class FakeDesk(IFakeProvider provider)
{
    private const int KeptRequests = 20_000; // a load test's, and no more

    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<FakeRequest> _requests = [];
    private readonly ConcurrentQueue<string> _violations = [];

    public IFakeProvider Provider => provider;

    public FakeScript Script { get; } = new();

    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    public IReadOnlyList<string> Violations => [.. _violations];

    public void Reset()
    {
        Script.Clear();
        _requests.Clear();
        _violations.Clear();
        lock (_lock) provider.Reset();
    }

    internal async Task<(FakeAnswer Answer, TimeSpan Delay)> AnswerAsync(FakeRequest request, FakeValidation? validate)
    {
        _requests.Enqueue(request);
        while (_requests.Count > KeptRequests) _requests.TryDequeue(out _);
        try
        {
            if (validate is not null && provider.Check(request) is { } check && await validate(check.Schema, check.Json) is { Count: > 0 } errors)
            {
                foreach (string error in errors) _violations.Enqueue($"{request.Method} {request.Path}: {error}");
                return (new FakeAnswer(400, string.Join('\n', errors), "text/plain"), TimeSpan.Zero);
            }

            if (Script.Take(request) is not { } rule) return (True(request), TimeSpan.Zero);
            FakeAnswer? scripted = rule.Answer ?? (rule.Status is { } status ? provider.Refuse(status) : null);
            FakeAnswer? own = scripted is null || rule.ActsFirst ? True(request) : null;
            FakeAnswer answer = scripted ?? own!;
            return (rule.RetryAfter is null ? answer : answer.With("Retry-After", rule.RetryAfter), rule.Delay);
        }
        catch (Exception e) // what a fake cannot read, the real one would refuse: a test has to see it
        {
            _violations.Enqueue($"{request.Method} {request.Path}: {e}");
            return (new FakeAnswer(400, e.Message, "text/plain"), TimeSpan.Zero);
        }
    }

    private FakeAnswer True(FakeRequest request)
    {
        lock (_lock) return provider.Handle(request) ?? new FakeAnswer(404, "<html><body><h1>Not found</h1></body></html>", "text/html");
    }
}

using System.Collections.Concurrent;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>The token service of a provider: gives tokens out, remembers which, and forgets them when a test says so.</summary>
internal sealed class TokenFake
{
    private readonly ConcurrentDictionary<string, bool> _valid = [];
    private int _given;

    /// <summary>In seconds.</summary>
    public int Lifetime { get; set; } = 3599;

    public int Given => Volatile.Read(ref _given);

    public IEnumerable<string> All => _valid.Keys;

    public FakeAnswer Give()
    {
        string token = $"ya29.fake-token-{Interlocked.Increment(ref _given)}-of-this-test";
        _valid[token] = true;
        return FakeAnswer.Json(200, new { token_type = "Bearer", expires_in = Lifetime, access_token = token });
    }

    public bool IsGood(FakeRequest request) => request.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) && _valid.ContainsKey(header["Bearer ".Length..]);

    /// <summary>All that were given are worth nothing any more.</summary>
    public void Revoke() => _valid.Clear();

    public static FakeAnswer Error(int status, string error, string description) => FakeAnswer.Json(status, new { error, error_description = description });
}

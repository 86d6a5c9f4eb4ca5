namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>One provider's API, played by what its documentation says: whom it believes, what it refuses in which words, whom it delivers to.</summary>
internal interface IProvider
{
    /// <summary>As in <c>HttpRelayKind.Name</c>.</summary>
    string Name { get; }

    /// <summary>Good settings for a relay to it.</summary>
    Dictionary<string, string?> Settings(Uri url);

    /// <summary>What of the settings must stand in no text.</summary>
    IEnumerable<string> Secrets { get; }

    /// <summary>Null for a path of somebody else's.</summary>
    FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver);

    /// <summary>Which schema the request's body has to fit; null when there is none for it.</summary>
    string? Schema(FakeRequest request);
}

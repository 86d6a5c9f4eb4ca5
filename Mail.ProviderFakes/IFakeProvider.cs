namespace Mail.ProviderFakes;

/// <summary>
/// One provider's API, played by what its documentation says: whom it believes, what it refuses in which words, and what it holds, in memory. Called for one request at a time.
/// </summary>
public interface IFakeProvider
{
    /// <summary>As the kind of a connection: `sendgrid`.</summary>
    string Name { get; }

    /// <summary>The first segments of the paths that are its own.</summary>
    IReadOnlyList<string> Prefixes => [Name];

    /// <summary>Settings of a connection that it believes.</summary>
    /// <param name="root">Where the fakes are, with a slash at the end.</param>
    IReadOnlyDictionary<string, string> Settings(Uri root);

    /// <summary>What has to fit the provider's own schema; null when there is none for this request.</summary>
    FakeCheck? Check(FakeRequest request);

    /// <returns>Null for a path that the provider does not have.</returns>
    FakeAnswer? Handle(FakeRequest request);

    /// <summary>How it says that there are too many requests, or that it is out of order: for scripts that give a status and no body.</summary>
    FakeAnswer Refuse(int status);

    /// <summary>What it holds, for people who look: never a secret.</summary>
    object Snapshot();

    /// <summary>Everything as at the beginning.</summary>
    void Reset();
}

/// <summary>JSON that has to fit a schema, by the name that the validator knows it by.</summary>
public sealed record FakeCheck(string Schema, string Json);

/// <summary>Checks JSON against a provider's schema.</summary>
/// <returns>What does not fit; empty when all does.</returns>
public delegate Task<IReadOnlyList<string>> FakeValidation(string schema, string json);

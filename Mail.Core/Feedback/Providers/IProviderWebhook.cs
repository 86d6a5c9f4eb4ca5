using Mail.Core.Common;
using Mail.Core.Relays;

namespace Mail.Core.Feedback.Providers;

/// <summary>How one provider proves that a request is its own, and what its events mean. Stores nothing.</summary>
public interface IProviderWebhook
{
    /// <summary>The kind of the relays that it is for.</summary>
    RelayKind Kind { get; }

    /// <summary>The provider's name, as people write it.</summary>
    string Title { get; }

    /// <summary>The relay's setting that requests are checked with.</summary>
    string Setting { get; }

    /// <summary>The status that keeps the provider from sending a request again that will never be taken; null when every refusal is retried alike.</summary>
    int? StopsRetries { get; }

    /// <param name="proof">The value of that setting.</param>
    /// <returns>What it says; or why it is not taken (<see cref="WebhookRefusals"/>), which says nothing of the proof.</returns>
    ValueTask<Result<ProviderCall>> ReadAsync(ProviderRequest request, string proof, DateTimeOffset now, CancellationToken ct);
}

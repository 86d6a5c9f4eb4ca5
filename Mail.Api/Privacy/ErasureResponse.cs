using Mail.Core.Privacy;

namespace Mail.Api.Privacy;

/// <summary>That a person is forgotten, and how far it has come. It does not say who.</summary>
/// <param name="Status">`in_progress` or `finished`.</param>
/// <param name="KeepSuppressed">What stopped mail to the address stops it still, by a hash.</param>
/// <param name="Removed">Rows that are gone, by table.</param>
/// <param name="Cleaned">Rows about others that stay without the address, by table.</param>
/// <param name="WaitingMessages">Messages to others that are still to be sent; it is finished when they are out.</param>
public sealed record ErasureResponse(
    string Object, string Id, string Status, bool KeepSuppressed, IReadOnlyDictionary<string, long> Removed, IReadOnlyDictionary<string, long> Cleaned, int WaitingMessages, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt)
{
    public static ErasureResponse Of(Erasure erasure)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        return new("erasure", erasure.Id.ToString(), erasure.FinishedAt is null ? "in_progress" : "finished", erasure.KeepSuppressed, erasure.Counts.Removed, erasure.Counts.Cleaned, erasure.WaitingMessages, erasure.CreatedAt, erasure.FinishedAt);
    }
}

using System.Globalization;
using Mail.Core.Common;

namespace Mail.Api.Messaging;

/// <summary>Dead letters that a caller names.</summary>
internal static class DeadLetterIds
{
    /// <summary>As many as a page shows.</summary>
    private const int Most = 100;

    public static Result<Guid[]> Read(IReadOnlyList<string?> ids)
    {
        if (ids.Count is 0 or > Most) return Failure.Field("ids", $"must have 1 to {Most} ids.");
        Guid[] read = new Guid[ids.Count];
        for (int i = 0; i < ids.Count; i++)
            if (!Guid.TryParse(ids[i], out read[i])) return Failure.Field(string.Create(CultureInfo.InvariantCulture, $"ids.{i}"), "must be the id of a dead letter.");
        return read;
    }
}

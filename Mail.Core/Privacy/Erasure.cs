using Mail.Core.Common;

namespace Mail.Core.Privacy;

/// <summary>That a person is forgotten: what was asked, and how far it has come.</summary>
/// <param name="KeepSuppressed">What stopped mail to the person stops it still, by a hash of the address.</param>
/// <param name="WaitingMessages">Messages to others that are still to be sent; their content goes once they are out, and then this is finished.</param>
/// <param name="FinishedAt">Null while it goes on.</param>
public sealed record Erasure(Guid Id, bool KeepSuppressed, ErasedCounts Counts, int WaitingMessages, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

/// <summary>How a step of an erasure ended.</summary>
internal enum ErasureStep
{
    /// <summary>There is more to do at once.</summary>
    More,

    /// <summary>There is more to do later.</summary>
    Later,

    /// <summary>It is done.</summary>
    Finished,

    /// <summary>Somebody else is at it.</summary>
    Busy,
}

/// <summary>An erasure as a step finds it.</summary>
internal sealed record ErasureWork(ProjectId Project, Guid Id, PersonAddress Person, byte[] Hash, bool KeepSuppressed, Guid Before, ErasedCounts Counts)
{
    public int Stage { get; set; }

    public string[]? Position { get; set; }

    public List<Guid> Waiting { get; set; } = [];

    public bool InHand { get; set; }
}

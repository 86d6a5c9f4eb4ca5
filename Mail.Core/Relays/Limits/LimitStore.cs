namespace Mail.Core.Relays.Limits;

/// <summary>One limit that a message needs room in.</summary>
/// <param name="Name">`relay` or `relay/domain`.</param>
/// <param name="Count">Recipients it is about.</param>
/// <param name="Rate">Recipients a second; 0 for no limit.</param>
/// <param name="Most">Messages at the same time; 0 for no limit.</param>
internal readonly record struct LimitLine(string Name, int Count, double Rate, int Most);

internal enum LimitAnswer
{
    Free,
    Rate,
    Concurrency,
}

/// <summary>Whether a line had room, and if not, in how many milliseconds it is worth asking again.</summary>
internal readonly record struct LimitRoom(LimitAnswer Answer, long Wait);

/// <summary>Where limits are counted: for all workers, or for this process when that is away.</summary>
internal interface ILimitStore
{
    /// <summary>
    /// Takes room in the first line, the relay's, and in each of the others that has it. Without room in the first nothing is taken; a line without room
    /// takes nothing, and its recipients are not counted in the first.
    /// </summary>
    /// <param name="lease">Under which places are taken, until they are given back or the time is over.</param>
    ValueTask<LimitRoom[]> TakeAsync(LimitLine[] lines, bool critical, string lease);

    /// <summary>Gives back the places of a lease; what a rate had is spent.</summary>
    void Release(LimitLine[] lines, string lease);

    /// <summary>How many of those that wait for this line may come now, all workers together.</summary>
    ValueTask<int> CallAsync(LimitLine line);
}

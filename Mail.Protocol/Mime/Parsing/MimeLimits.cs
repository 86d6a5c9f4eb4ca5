namespace Mail.Protocol.Mime.Parsing;

/// <summary>
/// What one message may cost. Mail comes from strangers: the defaults let every message through that people and programs send, and keep what hostile
/// input can cost linear in its size. Over <see cref="MaxMessageBytes"/> and <see cref="MaxHeaderBytes"/> a message is refused; over the other
/// limits it is read as far as they go, and what was left out is a defect.
/// </summary>
public sealed record MimeLimits
{
    private const int DeepestStack = 200;

    /// <summary>The limits that hold when none are given.</summary>
    public static MimeLimits Default { get; } = new();

    /// <summary>The largest message, in octets: 256 MiB.</summary>
    public int MaxMessageBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>The largest header section of a message or a part, in octets: 1 MiB.</summary>
    public int MaxHeaderBytes { get; init; } = 1024 * 1024;

    /// <summary>How many header fields of one section are read: 2,000.</summary>
    public int MaxHeaders { get; init; } = 2000;

    /// <summary>How deep multiparts and enclosed messages may stand in each other: 40. What is deeper stays one part that is not opened.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to 200: the stack holds no more.</exception>
    public int MaxDepth
    {
        get;
        init => field = value is >= 0 and <= DeepestStack ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"Parts may stand 0 to {DeepestStack} levels deep.");
    } = 40;

    /// <summary>How many parts of all levels are told apart: 10,000; in small messages fewer, so that parts never cost more than their octets allow.</summary>
    public int MaxParts { get; init; } = 10_000;

    /// <summary>How many parameters of one field are read: 200, each section of a continued one (RFC 2231 §3) counted.</summary>
    public int MaxParameters { get; init; } = 200;

    /// <summary>How many mailboxes of one field are read: 20,000; in short fields fewer, so that they never cost more than their octets allow.</summary>
    public int MaxAddresses { get; init; } = 20_000;

    /// <summary>How many defects are kept: 100, the first ones.</summary>
    public int MaxDefects { get; init; } = 100;
}

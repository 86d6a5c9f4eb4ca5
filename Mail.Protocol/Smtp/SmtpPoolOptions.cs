namespace Mail.Protocol.Smtp;

/// <summary>The limits of a <see cref="SmtpConnectionPool"/>, for each server and account.</summary>
public sealed record SmtpPoolOptions
{
    /// <summary>Connections that are open at most, in use or not.</summary>
    public int MaxConnections { get; init; } = 20;

    /// <summary>How many of them only urgent callers may use. At least one is for all.</summary>
    public int ReservedForUrgent { get; init; }

    /// <summary>A connection is closed after that many transactions: some servers ask for it, and it spreads load over those behind one name.</summary>
    public int MaxTransactions { get; init; } = 1000;

    /// <summary>An unused connection is closed after this time; most servers close theirs after one to five minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether connections remember how they came about and what was last said, for <see cref="SmtpPoolRequest.OnTrouble"/>: some kilobytes for each that is open.</summary>
    public bool KeepsConversations { get; init; }

    /// <summary>The clock that the idle time runs on.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How many connections callers that are not urgent may use.</summary>
    internal int MaxForOthers => Math.Max(1, MaxConnections - ReservedForUrgent);

    /// <exception cref="ArgumentException">A value that cannot work.</exception>
    internal void Validate()
    {
        if (MaxConnections < 1) throw new ArgumentException($"MaxConnections is {MaxConnections}; it must be at least 1.");
        if (ReservedForUrgent < 0) throw new ArgumentException($"ReservedForUrgent is {ReservedForUrgent}; it cannot be negative.");
        if (MaxTransactions < 1) throw new ArgumentException($"MaxTransactions is {MaxTransactions}; it must be at least 1.");
        if (IdleTimeout <= TimeSpan.Zero || IdleTimeout > TimeSpan.FromDays(1)) throw new ArgumentException($"IdleTimeout is {IdleTimeout}; it must be above zero and at most a day.");
    }
}

namespace Mail.Hosting.Local.Processes;

/// <summary>How a process is asked to end.</summary>
internal enum StopSignal
{
    /// <summary>SIGTERM; on Windows Ctrl-Break.</summary>
    Terminate,

    /// <summary>SIGINT: what PostgreSQL calls a fast shutdown.</summary>
    Interrupt,
}

/// <summary>One program to start.</summary>
internal sealed record ProcessSpec(string Program, IReadOnlyList<string> Arguments, string Folder)
{
    /// <summary>Added to our own environment; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The account the program runs under when we are root.</summary>
    public SystemAccount? Account { get; init; }

    public StopSignal StopSignal { get; init; } = StopSignal.Terminate;

    /// <summary>How long the program may take to end before it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The keeper stops children of a higher order first.</summary>
    public int Order { get; init; }
}

using System.Collections.Concurrent;
using Mail.Tests.Support;

namespace Mail.Tests.EndToEnd;

/// <summary>A relay that misbehaves now and then at every step of a conversation, by a fixed sequence of random numbers, and counts what it did.</summary>
internal sealed class WildRelay(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    public ConcurrentDictionary<string, int> Deeds { get; } = new();

    /// <summary>Behaves from now on.</summary>
    public bool IsTame { get; set; }

    public SmtpSinkAction? Do(SmtpSinkStep step)
    {
        if (IsTame) return null;
        (string What, SmtpSinkAction Action)? deed = step.Stage switch
        {
            SmtpSinkStage.Connect => OneIn(20) ? ("drops the connection at once", SmtpSinkAction.Drop) : null,
            SmtpSinkStage.Mail => OneIn(300) ? ("421 at MAIL, and closes", SmtpSinkAction.Shutdown) : OneIn(300) ? ("hangs at MAIL", SmtpSinkAction.Hang) : null,
            SmtpSinkStage.Rcpt => OneIn(200) ? ("451 4.7.1 at RCPT", SmtpSinkAction.Reply(451, "4.7.1 come back later")) : OneIn(100) ? ("drops at RCPT", SmtpSinkAction.Drop) : null,
            SmtpSinkStage.EndOfData => Any(100) switch
            {
                0 => ("drops after DATA, not taken", SmtpSinkAction.Drop),
                1 => ("takes it and drops", SmtpSinkAction.TakeThenDrop),
                2 => ("451 after DATA", SmtpSinkAction.Reply(451, "4.3.0 out of space")),
                3 when OneIn(10) => ("takes it and hangs", SmtpSinkAction.TakeThenHang),
                _ => null,
            },
            _ => null,
        };
        if (deed is not { } done) return null;
        Deeds.AddOrUpdate(done.What, 1, (_, count) => count + 1);
        return done.Action;
    }

    private bool OneIn(int times) => Any(times) == 0;

    private int Any(int below)
    {
        lock (_lock) return _random.Next(below);
    }
}

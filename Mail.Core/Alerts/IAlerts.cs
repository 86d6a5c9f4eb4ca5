using Mail.Core.Common;

namespace Mail.Core.Alerts;

/// <summary>
/// Where the engine says that a person should look. Called as often as one likes, from any thread: it returns at once, never fails and costs a
/// look into a dictionary. What is raised again while it stands is counted and not told again; any number of processes make one alert of it.
/// </summary>
public interface IAlerts
{
    /// <summary>It is so, or still so.</summary>
    /// <param name="times">How often it happened since the last call: messages that went another way, and the like.</param>
    /// <param name="endsAt">When it is over by itself: the end of the day whose quota is used up. Without it, it is over when it is not heard of for a while.</param>
    void Raise(AlertKey key, AlertFacts facts, long times = 1, DateTimeOffset? endsAt = null);

    /// <summary>It is over. Nothing happens when nobody had raised it.</summary>
    void Resolve(AlertKey key);
}

/// <summary>What an alert is about: there is one at a time for each.</summary>
/// <param name="Project">Null for what is the installation's: its default relay, its queue.</param>
/// <param name="Subject">The relay's name; empty where there is only one of its kind.</param>
public sealed record AlertKey(ProjectId? Project, AlertKind Kind, string Subject)
{
    /// <summary>No worker is seen, and the API delivers or cannot (then there is a reason). Apart from the one about messages that are due.</summary>
    public static AlertKey NoWorkerSeen { get; } = new(null, AlertKind.NoWorker, "api");
}

/// <summary>What people are told about it; the last one counts.</summary>
public sealed record AlertFacts
{
    /// <summary>In words, as the relay or the engine put it. No secret.</summary>
    public string? Reason { get; init; }

    /// <summary>The name of its cause in the catalogue of errors, if it has one.</summary>
    public string? Cause { get; init; }

    /// <summary>Of a quota: recipients so far. Of a rate: those that bounced or complained.</summary>
    public long? Used { get; init; }

    /// <summary>Of a quota: recipients at most. Of a rate: all that were written to.</summary>
    public long? Limit { get; init; }

    /// <summary>Of a quota: `day` or `month`.</summary>
    public string? Period { get; init; }

    /// <summary>Of the queue: how many wait.</summary>
    public long? Waiting { get; init; }

    /// <summary>Since when: the queue's oldest message, the start of the trouble.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Of a certificate: when it ends.</summary>
    public DateTimeOffset? Until { get; init; }
}

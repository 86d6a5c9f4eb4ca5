using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Relays;

/// <summary>Section `Relay`: how the default relay is used. Where it is stands in SMTP_HOST and its siblings (<see cref="RelaySettings"/>).</summary>
public sealed class RelayOptions
{
    /// <summary>Forces the kind; by default it follows from what is configured.</summary>
    public RelayKind? Kind { get; set; }

    /// <summary>Lets Production start although mails would reach a developer's inbox, the log or the sandbox instead of people.</summary>
    public bool AllowCaptureInProduction { get; set; }

    /// <summary>Lets mails and passwords travel unprotected to a host that is not this machine.</summary>
    public bool AllowPlainText { get; set; }

    /// <summary>
    /// Lets a project's relay be on this machine or in a private network. Only where everybody who may set up relays may also reach that network; in Development it always may.
    /// </summary>
    public bool AllowPrivateHosts { get; set; }

    /// <summary>
    /// Whether mail over the default relay has return paths of ours, when there is a domain for them (RETURN_PATH_DOMAIN). Without it: yes, but not over the providers of the presets, which
    /// let nobody choose.
    /// </summary>
    public bool? OwnReturnPath { get; set; }

    /// <summary>Connections that one process holds open to the relay at most.</summary>
    [Range(1, 1000)] public int MaxConnections { get; set; } = 20;

    /// <summary>How many of them only critical messages may use.</summary>
    [Range(0, 999)] public int ConnectionsForCritical { get; set; } = 3;

    /// <summary>An unused connection is closed after this time; most servers close theirs after one to five minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection is closed after that many messages: some servers ask for it, and it spreads load over those behind one name.</summary>
    [Range(1, 1_000_000)] public int MessagesPerConnection { get; set; } = 1000;

    /// <summary>A relay whose median answer takes longer than this is left alone while others can serve.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")] public TimeSpan SlowAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Recipients a second, of all workers together; none for no limit.</summary>
    [Range(1 / 3600d, 100_000)] public double? RatePerSecond { get; set; }

    /// <summary>Recipients a day (UTC); none for no limit.</summary>
    [Range(1, 1_000_000_000_000)] public long? DayQuota { get; set; }

    /// <summary>Recipients a calendar month (UTC); none for no limit.</summary>
    [Range(1, 1_000_000_000_000)] public long? MonthQuota { get; set; }

    /// <summary>How long a question about limits waits for Redis before each process goes by limits of its own for a while.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:10")] public TimeSpan RedisPatience { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long the relay is left alone after it could not be reached; doubled by every failed probe.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")] public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause, and so about the time after which mails flow again when the relay is back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")] public TimeSpan MaxPause { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause after a fault that a person has to mend, such as a refused password: servers lock an account that keeps trying.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")] public TimeSpan MaxPauseAfterRefusal { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For a relay of a project, whose connections may have a limit of their own; of few, some stay for other than critical messages.</summary>
    internal RelayOptions With(int? connections)
    {
        if (connections is not { } most || most >= MaxConnections) return this;
        RelayOptions own = (RelayOptions)MemberwiseClone();
        (own.MaxConnections, own.ConnectionsForCritical) = (most, Math.Min(ConnectionsForCritical, most / 4));
        return own;
    }
}

[OptionsValidator]
public sealed partial class RelayOptionsValidator : IValidateOptions<RelayOptions>;

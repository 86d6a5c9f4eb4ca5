namespace Mail.Core.Webhooks;

/// <summary>When an event is sent again that an endpoint did not take: ten attempts over three days, as Standard Webhooks proposes.</summary>
internal static class WebhookRetries
{
    private static readonly TimeSpan[] _delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>The longest time for which an endpoint may ask us to wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public static int Attempts => _delays.Length + 1;

    /// <param name="attempts">How many there were, the last one included.</param>
    /// <returns>Null when that was the last one.</returns>
    public static TimeSpan? DelayAfter(int attempts) => attempts <= _delays.Length ? _delays[attempts - 1] : null;
}

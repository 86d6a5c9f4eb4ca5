using System.Diagnostics.Metrics;

namespace Mail.Core.Messages;

/// <summary>What intake counts, on the meter `Mail`.</summary>
internal static class MessageMetrics
{
    private static readonly Meter _meter = new("Mail");
    private static readonly Counter<long> _accepted = _meter.CreateCounter<long>("mail.messages.accepted", "{message}", "Messages committed, by lane.");
    private static readonly Counter<long> _canceled = _meter.CreateCounter<long>("mail.deliveries.canceled", "{delivery}", "Deliveries that their sender canceled.");

    public static void Canceled(int count)
    {
        if (count > 0) _canceled.Add(count);
    }

    public static void Accepted(IntakeResult result, IReadOnlyList<PreparedMessage> prepared)
    {
        if (result.Outcome is not IntakeOutcome.Accepted) return;
        foreach (PreparedMessage message in prepared) _accepted.Add(1, new KeyValuePair<string, object?>("mail.lane", message.New.Message.Lane.Name()));
    }
}

using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Delivery;

/// <summary>The events of one record: a row for each relay that was passed by, told before what the delivery came to. Ids sort as they are made.</summary>
internal sealed class ToldDetours
{
    private readonly List<Guid> _deliveries = [];
    private readonly List<Guid> _events = [];
    private readonly List<string> _relays = [];
    private readonly List<string> _reasons = [];
    private readonly List<string?> _transcripts = [];

    /// <returns>The id of the event that tells the outcome itself.</returns>
    public Guid Add(Delivery delivery, DateTimeOffset now)
    {
        foreach ((string relay, string reason, string? transcript) in delivery.Detours)
        {
            _deliveries.Add(delivery.Id.Value);
            _events.Add(UuidV7.New(now));
            _relays.Add(relay);
            _reasons.Add(reason);
            _transcripts.Add(transcript);
        }

        return UuidV7.New(now);
    }

    public void AddTo(NpgsqlParameterCollection parameters) =>
        parameters.AddTyped(_deliveries.ToArray()).AddTyped(_events.ToArray()).AddTyped(_relays.ToArray()).AddTyped(_reasons.ToArray());

    public void AddTranscriptsTo(NpgsqlParameterCollection parameters) => parameters.AddTyped(_transcripts.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
}

using System.Globalization;
using System.Text;
using Mail.Core.Messages;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.EndToEnd;

/// <summary>What the system says became of each message, beside the copies that the relays took.</summary>
internal sealed class ChaosLedger
{
    private readonly List<Entry> _entries = [];

    /// <summary>Every message has one recipient.</summary>
    public static async Task<ChaosLedger> ReadAsync(NpgsqlDataSource database, IReadOnlyDictionary<string, SmtpSink> sinks)
    {
        Dictionary<string, List<string>> copies = [];
        foreach ((string relay, SmtpSink sink) in sinks)
        {
            foreach (SmtpSinkMessage message in sink.Messages)
            {
                string id = MessageIds.Of(message);
                if (!copies.TryGetValue(id, out List<string>? all)) copies[id] = all = [];
                all.Add(relay);
            }
        }

        ChaosLedger ledger = new();
        await using NpgsqlDataSource owned = database;
        await using NpgsqlCommand read = database.CreateCommand("""
            SELECT f.message_id, f.recipient, f.state, f.relay, m.guarantee,
                   (SELECT count(*) FROM events e WHERE e.project_id = f.project_id AND e.message_id = f.message_id AND e.reason LIKE 'Nobody knows whether%'),
                   (SELECT count(*) FROM events e WHERE e.project_id = f.project_id AND e.message_id = f.message_id AND e.reason LIKE 'The worker that%'),
                   m.envelope->>'source'
            FROM finished_deliveries f JOIN messages m ON m.project_id = f.project_id AND m.id = f.message_id
            """);
        read.CommandTimeout = 120;
        await using NpgsqlDataReader reader = await read.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            string id = reader.GetGuid(0).ToString();
            if (!reader.IsDBNull(7) && reader.GetString(7) == MessageSources.Alert) // Mail's own, about this chaos
            {
                copies.Remove(id);
                continue;
            }

            ledger._entries.Add(new Entry(
                id, reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetString(4) == "at_most_once",
                reader.GetInt64(5), reader.GetInt64(6), copies.Remove(id, out List<string>? own) ? own : []));
        }

        ledger.Strangers = copies.Count;
        return ledger;
    }

    /// <summary>Messages that relays took and the system does not know.</summary>
    public int Strangers { get; private set; }

    /// <param name="heldAtKills">What workers held whenever one was killed or the database restarted.</param>
    public void AssertHonest(HashSet<string> accepted, long heldAtKills)
    {
        Assert.Equal(0, Strangers);
        Assert.Empty(accepted.Except(_entries.Select(entry => entry.Id)));
        Assert.Equal(accepted.Count, _entries.Count);
        Assert.All(_entries, entry =>
        {
            if (entry.IsRefused) Assert.Equal(("bounced", 0), (entry.State, entry.Copies.Count));
            else if (entry.State == "sent") Assert.Contains(entry.Relay, entry.Copies);
            else Assert.Equal(("failed", true), (entry.State, entry.AtMostOnce)); // gave up rather than to send twice
            if (entry.AtMostOnce) Assert.InRange(entry.Copies.Count, 0, 1);
        });

        // A second copy only where a relay left it open whether it took the first one, or where a worker died with the message in its hands.
        Assert.DoesNotContain(_entries, entry => entry.Copies.Count > 1 + entry.UnknownOutcomes + entry.Takeovers);
        Assert.InRange(_entries.Where(entry => entry.Takeovers > 0 && entry.UnknownOutcomes == 0).Sum(entry => Math.Max(0, entry.Copies.Count - 1)), 0, heldAtKills);
    }

    public string Table(long heldAtKills)
    {
        StringBuilder table = new();
        void Row(string what, long count) => table.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {count} |");
        table.AppendLine("| | messages |").AppendLine("|---|---|");
        foreach (IGrouping<string, Entry> state in _entries.GroupBy(entry => $"{entry.State}{(entry.AtMostOnce ? ", at_most_once" : "")}").OrderBy(group => group.Key, StringComparer.Ordinal)) Row(state.Key, state.Count());
        foreach (IGrouping<string, string> relay in _entries.SelectMany(entry => entry.Copies).GroupBy(relay => relay)) Row($"copies that '{relay.Key}' took", relay.Count());
        Row("lost: not sent, not bounced and not given up", _entries.Count(entry => entry.State == "sent" && entry.Copies.Count == 0));
        Row("unknown to the system", Strangers);
        Row("with an outcome that a relay left open", _entries.Count(entry => entry.UnknownOutcomes > 0));
        Row("taken over from a worker that died", _entries.Count(entry => entry.Takeovers > 0));
        Row("came more than once after an open outcome", _entries.Count(entry => entry.UnknownOutcomes > 0 && entry.Copies.Count > 1));
        Row("came more than once after a worker's death", _entries.Count(entry => entry.UnknownOutcomes == 0 && entry.Takeovers > 0 && entry.Copies.Count > 1));
        Row("came more than once without a reason", _entries.Count(entry => entry.UnknownOutcomes == 0 && entry.Takeovers == 0 && entry.Copies.Count > 1));
        Row("held by workers whenever one was killed, in all", heldAtKills);
        return table.ToString();
    }

    private sealed record Entry(string Id, string Recipient, string State, string? Relay, bool AtMostOnce, long UnknownOutcomes, long Takeovers, IReadOnlyList<string> Copies)
    {
        public bool IsRefused => Recipient.StartsWith("nobody", StringComparison.Ordinal);
    }
}

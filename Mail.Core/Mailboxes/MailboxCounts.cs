using Npgsql;

namespace Mail.Core.Mailboxes;

/// <summary>How many mailboxes there are, for the gauge `mail.mailboxes.accounts`: counted by workers when they have asked for quotas, once a minute at most.</summary>
public sealed class MailboxCounts(NpgsqlDataSource dataSource, TimeProvider clock) : IDisposable
{
    // Over all projects, a minute apart at least: a scan of a table that has a row for each address.
    private const string CountSql = "SELECT provider, state, count(*) FROM mailboxes GROUP BY provider, state";

    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    private readonly HashSet<(string Provider, string State)> _told = [];
    private readonly SemaphoreSlim _turn = new(1);
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    public void Dispose() => _turn.Dispose();

    internal async Task TellAsync(CancellationToken ct)
    {
        if (!await _turn.WaitAsync(0, ct)) return;
        try
        {
            if (clock.GetUtcNow() - _last < _pause) return;
            HashSet<(string, string)> gone = [.. _told];
            await using NpgsqlCommand command = dataSource.CreateCommand(CountSql);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                (string provider, string state) = (reader.GetString(0), reader.GetString(1));
                MailboxMetrics.Accounts(state, provider, reader.GetInt64(2));
                _told.Add((provider, state));
                gone.Remove((provider, state));
            }

            foreach ((string provider, string state) in gone) MailboxMetrics.Accounts(state, provider, 0);
            _last = clock.GetUtcNow();
        }
        finally
        {
            _turn.Release();
        }
    }
}

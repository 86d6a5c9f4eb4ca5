using System.Runtime.CompilerServices;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Suppressions;

/// <summary>A project's list, for the API and the console. Always within one project.</summary>
public sealed class SuppressionList(NpgsqlDataSource dataSource, SuppressionHashes hashes, TimeProvider clock)
{
    /// <returns>What came last first, and whether there are more in the direction asked for.</returns>
    public async Task<(IReadOnlyList<Suppression> Page, bool HasMore)> ListAsync(ProjectId projectId, SuppressionFilter filter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using NpgsqlCommand command = dataSource.CreateCommand(filter.Before is null ? SuppressionListSql.ListOlder : SuppressionListSql.ListNewer);
        AddFilter(command.Parameters, projectId, filter).AddTyped(filter.Limit + 1);
        List<Suppression> page = await ReadAsync(command, ct);
        bool hasMore = page.Count > filter.Limit;
        if (hasMore) page.RemoveAt(filter.Limit);
        if (filter.Before is not null) page.Reverse();
        return (page, hasMore);
    }

    /// <summary>All that the filter lets through, as it comes from the database: the list may be longer than memory.</summary>
    public async IAsyncEnumerable<Suppression> ExportAsync(ProjectId projectId, SuppressionFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using NpgsqlCommand command = dataSource.CreateCommand(SuppressionListSql.Export);
        command.CommandTimeout = 0; // for as long as somebody reads
        AddFilter(command.Parameters, projectId, filter);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return Read(reader);
    }

    /// <param name="idOrAddress">An id, or an address.</param>
    /// <returns>Of several entries of an address the strongest; null when there is none.</returns>
    public async Task<Suppression?> FindAsync(ProjectId projectId, string idOrAddress, CancellationToken ct)
    {
        bool isId = Guid.TryParse(idOrAddress, out Guid id);
        string? address = null;
        if (!isId && !NormalAddress.TryParse(idOrAddress, out address, out _)) return null;
        await using NpgsqlCommand command = dataSource.CreateCommand(isId ? SuppressionListSql.FindById : SuppressionListSql.FindByAddress);
        command.Parameters.AddTyped(projectId.Value).AddTyped(clock.GetUtcNow().UtcDateTime);
        if (isId) command.Parameters.AddTyped(id);
        else command.Parameters.AddTyped(address!);
        return (await ReadAsync(command, ct)).OrderBy(entry => entry.Topic.Length > 0).ThenBy(entry => entry.Reason).FirstOrDefault();
    }

    /// <param name="entries">Each address, topic and reason once.</param>
    /// <param name="tell">Whether each is told as an event.</param>
    /// <returns>What stands there now, in no order, and whether it is new.</returns>
    public Task<IReadOnlyList<(Suppression Entry, bool IsNew)>> AddAsync(ProjectId projectId, IReadOnlyList<NewSuppression> entries, bool tell, CancellationToken ct) =>
        AddAsync(projectId, entries, tell, null, ct);

    /// <param name="within">The connection in whose transaction it is to happen; null for none.</param>
    /// <inheritdoc cref="AddAsync(ProjectId, IReadOnlyList{NewSuppression}, bool, CancellationToken)"/>
    public async Task<IReadOnlyList<(Suppression Entry, bool IsNew)>> AddAsync(ProjectId projectId, IReadOnlyList<NewSuppression> entries, bool tell, NpgsqlConnection? within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0) return [];
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlCommand command = dataSource.CreateCommand(tell ? SuppressionListSql.Add : SuppressionListSql.AddSilently, within);
        command.Parameters.AddTyped(now.UtcDateTime).AddTyped(projectId.Value)
            .AddTyped(Column(entries, entry => entry.Address)).AddTyped(Column(entries, entry => entry.Topic)).AddTyped(Column(entries, entry => entry.Reason.Name()))
            .AddTyped(Column(entries, _ => UuidV7.New(now)))
            .AddTyped(Column(entries, entry => entry.MessageId?.Value), NpgsqlDbType.Array | NpgsqlDbType.Uuid)
            .AddTyped(Column(entries, entry => entry.Note), NpgsqlDbType.Array | NpgsqlDbType.Text)
            .AddTyped(Column(entries, entry => entry.CreatedAt?.UtcDateTime), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
            .AddTyped(Column(entries, entry => entry.ExpiresAt?.UtcDateTime), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
        List<(Suppression, bool)> added = new(entries.Count);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) added.Add((Read(reader), reader.GetBoolean(9)));
        return added;
    }

    /// <param name="idsOrAddresses">An address takes all of its entries with it.</param>
    /// <returns>What is gone, and how many more went that were kept of an erased address, by a hash.</returns>
    public async Task<(IReadOnlyList<Suppression> Removed, int Kept)> RemoveAsync(ProjectId projectId, IEnumerable<string> idsOrAddresses, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(idsOrAddresses);
        List<Guid> ids = [];
        List<string> addresses = [];
        foreach (string text in idsOrAddresses)
        {
            if (Guid.TryParse(text, out Guid id)) ids.Add(id);
            else if (NormalAddress.TryParse(text, out string? address, out _)) addresses.Add(address);
        }

        if (ids.Count == 0 && addresses.Count == 0) return ([], 0);
        int kept = addresses.Count > 0 ? await ForgetHashesAsync(SuppressionListSql.RemoveHashes, projectId, addresses, null, ct) : 0;
        await using NpgsqlCommand command = dataSource.CreateCommand(SuppressionListSql.Remove);
        command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(projectId.Value).AddTyped(ids.ToArray()).AddTyped(addresses.ToArray());
        return (await ReadAsync(command, ct), kept);
    }

    public Task UnsubscribeAsync(UnsubscribeTarget target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        NewSuppression entry = new(target.Address, target.Topic, SuppressionReason.Unsubscribe, null, null) { MessageId = target.MessageId };
        return AddAsync(target.ProjectId, [entry], tell: true, ct);
    }

    public async Task ResubscribeAsync(UnsubscribeTarget target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        await ForgetHashesAsync(SuppressionListSql.ResubscribeHash, target.ProjectId, [target.Address], target.Topic, ct);
        await using NpgsqlCommand command = dataSource.CreateCommand(SuppressionListSql.Resubscribe);
        command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(target.ProjectId.Value).AddTyped(target.Address).AddTyped(target.Topic);
        await ReadAsync(command, ct);
    }

    public async Task<bool> IsUnsubscribedAsync(UnsubscribeTarget target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        await using NpgsqlCommand command = dataSource.CreateCommand(SuppressionListSql.IsUnsubscribed);
        command.Parameters.AddTyped(target.ProjectId.Value).AddTyped(target.Address).AddTyped(target.Topic).AddTyped(await hashes.OfAsync(new SuppressionKey(target.ProjectId, target.Address), ct));
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Which topics a person has unsubscribed from; empty text stands for all list mail.</summary>
    /// <param name="address">In its normal form.</param>
    public async Task<IReadOnlyList<string>> UnsubscribedAsync(ProjectId projectId, string address, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(SuppressionListSql.Unsubscribed);
        command.Parameters.AddTyped(projectId.Value).AddTyped(address).AddTyped(await hashes.OfAsync(new SuppressionKey(projectId, address), ct)).AddTyped(clock.GetUtcNow().UtcDateTime);
        List<string> topics = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) topics.Add(reader.GetString(0));
        return topics;
    }

    /// <summary>A person's will, as their app heard it: the same as if they had pressed the buttons behind an unsubscribe link.</summary>
    /// <param name="address">In its normal form.</param>
    /// <param name="wants">By topic, empty text for all list mail; what is not named stays.</param>
    public async Task PreferAsync(ProjectId projectId, string address, IReadOnlyDictionary<string, bool> wants, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wants);
        foreach (string topic in wants.Where(want => want.Value).Select(want => want.Key)) await ResubscribeAsync(new UnsubscribeTarget(projectId, default, address, topic, IsTest: false), ct);
        await AddAsync(projectId, [.. wants.Where(want => !want.Value).Select(want => new NewSuppression(address, want.Key, SuppressionReason.Unsubscribe, null, null))], tell: true, ct);
    }

    /// <summary>What is left of addresses that were erased.</summary>
    private async Task<int> ForgetHashesAsync(string sql, ProjectId projectId, IReadOnlyList<string> addresses, string? topic, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of SuppressionListSql's constants
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddTyped(projectId.Value).AddTyped(await hashes.OfAsync([.. addresses.Select(address => new SuppressionKey(projectId, address))], ct));
        if (topic is not null) command.Parameters.AddTyped(topic);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlParameterCollection AddFilter(NpgsqlParameterCollection parameters, ProjectId projectId, SuppressionFilter filter) => parameters
        .AddTyped(projectId.Value).AddTyped(filter.After ?? Guid.AllBitsSet).AddTyped(filter.Before ?? Guid.Empty).AddTyped(clock.GetUtcNow().UtcDateTime)
        .AddTyped(filter.Address is { } part ? NormalAddress.Of(part) : null, NpgsqlDbType.Text).AddTyped(filter.Reason?.Name(), NpgsqlDbType.Text).AddTyped(filter.Topic, NpgsqlDbType.Text);

    private static async Task<List<Suppression>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<Suppression> entries = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) entries.Add(Read(reader));
        return entries;
    }

    private static Suppression Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetString(1), reader.GetString(2), SuppressionReasons.Parse(reader.GetString(3)),
        reader.IsDBNull(4) ? null : new MessageId(reader.GetGuid(4)), reader.IsDBNull(5) ? null : new DeliveryId(reader.GetGuid(5)),
        reader.OptionalText(6), reader.GetFieldValue<DateTimeOffset>(7), reader.OptionalTime(8));

    private static TColumn[] Column<TRow, TColumn>(IReadOnlyList<TRow> rows, Func<TRow, TColumn> value) => [.. rows.Select(value)];
}

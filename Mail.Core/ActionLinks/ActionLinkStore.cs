using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Database;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.ActionLinks;

/// <summary>Links in mails that decide something: makes, finds and revokes them. Opening one changes nothing; <see cref="ActionLinkUse"/> uses it.</summary>
public sealed class ActionLinkStore(NpgsqlDataSource dataSource, InstallationKeys keys, PublicUrl publicUrl, TimeProvider clock)
{
    /// <summary>Below the public address, with a token; without one, the page at which a code is typed.</summary>
    public const string Path = "/a";

    /// <summary>Codes that may be typed in vain from one place in <see cref="GuessWindow"/>.</summary>
    public const int Guesses = 10;

    public static readonly TimeSpan GuessWindow = TimeSpan.FromMinutes(15), KeptFor = TimeSpan.FromDays(90);

    /// <param name="within">The connection in whose transaction it is to happen; null for one of its own.</param>
    /// <returns>The link, or a failure when this installation does not know its public address.</returns>
    public async Task<Result<CreatedActionLink>> CreateAsync(NewActionLink link, NpgsqlConnection? within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentOutOfRangeException.ThrowIfLessThan(link.Lifetime, NewActionLink.ShortestLifetime, nameof(link));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(link.Lifetime, NewActionLink.LongestLifetime, nameof(link));
        if (link.Group is not null && !link.SingleUse) throw new ArgumentException("A decision is made once: a link that may be used again belongs to no group.", nameof(link));
        if (publicUrl.Value is not { } home)
            return new Failure(FailureKind.Unavailable, "not_configured", $"No link can be made, because this installation does not know its public address. Set {PublicUrl.Name} of the API, such as https://mail.example.com.");
        byte[] key = await ActionTokens.KeyAsync(keys, ct);
        DateTimeOffset now = clock.GetUtcNow(), expiresAt = now + link.Lifetime;
        Guid id = UuidV7.New(now);
        string token = ActionTokens.NewToken(link.ProjectId), code = ActionTokens.NewCode(), url = home.AbsoluteUri.TrimEnd('/') + Path;
        await using NpgsqlCommand command = dataSource.CreateCommand(ActionLinkSql.Add, within);
        command.Parameters.AddTyped(link.ProjectId.Value).AddTyped(id).AddTyped(link.Purpose).AddTyped(CodeSubject.Normal(link.Subject)).AddTyped(link.IsOwn).AddTyped(link.IsTest).AddTyped(link.SingleUse)
            .AddTyped(link.Group, NpgsqlDbType.Text).AddTyped(link.Title, NpgsqlDbType.Text).AddTyped(link.Text, NpgsqlDbType.Text)
            .AddTyped(JsonSerializer.Serialize(link.Choices, ActionLinkJson.Default.Choices), NpgsqlDbType.Json)
            .AddTyped(link.RedirectUrl?.AbsoluteUri, NpgsqlDbType.Text).AddTyped(link.Metadata?.GetRawText(), NpgsqlDbType.Json).AddTyped(link.Locale, NpgsqlDbType.Text)
            .AddTyped(ActionTokens.Read(key, token)!.Value.Hash).AddTyped(ActionTokens.CodeHash(key, code)!)
            .AddTyped(now.UtcDateTime).AddTyped(expiresAt.UtcDateTime).AddTyped((expiresAt + KeptFor).UtcDateTime);
        await command.ExecuteNonQueryAsync(ct); // two equal codes: once in many thousand years of a busy installation; then the caller hears of it
        return new CreatedActionLink(id, $"{url}/{token}", code, url, expiresAt);
    }

    /// <returns>Null for what we have not made, or have forgotten.</returns>
    public async Task<ActionLink?> FindByTokenAsync(string token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        return ActionTokens.Read(await ActionTokens.KeyAsync(keys, ct), token) is { } read
            ? await FindAsync(ActionLinkSql.FindByToken, null, parameters => parameters.AddTyped(read.Project.Value).AddTyped(read.Hash), ct)
            : null;
    }

    /// <summary>By a code that somebody typed.</summary>
    /// <param name="from">Where the request came from: wrong codes are counted by it.</param>
    /// <returns>Null for a wrong one; and whether too many wrong ones came from there lately, when none is looked at.</returns>
    public async Task<(ActionLink? Link, bool TooMany)> FindByCodeAsync(string? typed, IPAddress? from, CancellationToken ct)
    {
        byte[] key = await ActionTokens.KeyAsync(keys, ct), source = ActionTokens.SourceHash(key, Source(from));
        DateTime now = clock.GetUtcNow().UtcDateTime;
        await using (NpgsqlCommand count = dataSource.CreateCommand(ActionLinkSql.CountGuess))
        {
            count.Parameters.AddTyped(source).AddTyped(now).AddTyped(now + GuessWindow);
            if ((int)(await count.ExecuteScalarAsync(ct))! > Guesses) return (null, true);
        }

        if (ActionTokens.CodeHash(key, typed) is not { } hash || await FindAsync(ActionLinkSql.FindByCode, null, parameters => parameters.AddTyped(hash), ct) is not { } link) return (null, false);
        await using NpgsqlCommand takeBack = dataSource.CreateCommand(ActionLinkSql.TakeBackGuess);
        takeBack.Parameters.AddTyped(source);
        await takeBack.ExecuteNonQueryAsync(ct);
        return (link, false);
    }

    /// <param name="within">The connection in whose transaction it is looked at; null for one of its own.</param>
    /// <returns>Null when this project has no such link.</returns>
    public Task<ActionLink?> FindAsync(ProjectId project, Guid id, NpgsqlConnection? within, CancellationToken ct) =>
        FindAsync(ActionLinkSql.FindById, within, parameters => parameters.AddTyped(project.Value).AddTyped(id), ct);

    /// <summary>Takes a link back. One that was used stays as it is.</summary>
    /// <returns>Whether it is revoked now.</returns>
    public async Task<bool> RevokeAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ActionLinkSql.Revoke);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(clock.GetUtcNow().UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Takes back all of a subject that are open: before another one is made, say.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RevokeAsync(ProjectId project, string purpose, string subject, bool isOwn, bool isTest, NpgsqlConnection? within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(subject);
        await using NpgsqlCommand command = dataSource.CreateCommand(ActionLinkSql.RevokeSubject, within);
        command.Parameters.AddTyped(project.Value).AddTyped(purpose).AddTyped(CodeSubject.Normal(subject)).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(isOwn).AddTyped(isTest);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes back all of one decision that are open. Comes first in a flow's transaction.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RevokeGroupAsync(ProjectId project, string group, bool isOwn, bool isTest, NpgsqlConnection within, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ActionLinkSql.RevokeGroup, within);
        command.Parameters.AddTyped(project.Value).AddTyped(group).AddTyped(isOwn).AddTyped(isTest).AddTyped(clock.GetUtcNow().UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>One household or office each: whoever has one address of IPv6 has a whole /64.</summary>
    private static string Source(IPAddress? from)
    {
        if (from is null) return "unknown";
        if (from.IsIPv4MappedToIPv6) from = from.MapToIPv4();
        return from.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)) : from.ToString();
    }

    private async Task<ActionLink?> FindAsync(string sql, NpgsqlConnection? within, Action<NpgsqlParameterCollection> add, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, within);
        add(command.Parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    private static ActionLink Read(NpgsqlDataReader reader) => new(
        new ProjectId(reader.GetGuid(0)), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4), reader.GetBoolean(5), reader.GetBoolean(6), reader.OptionalText(7),
        reader.OptionalText(8), reader.OptionalText(9), Choices(reader.GetString(10)), reader.OptionalText(11), reader.OptionalText(12) is { } metadata ? JsonElement.Parse(metadata) : null,
        reader.OptionalText(13), reader.GetFieldValue<DateTimeOffset>(14), reader.GetFieldValue<DateTimeOffset>(15), reader.GetInt32(16), reader.OptionalTime(17))
    {
        Decision = reader.IsDBNull(18) ? null : new ActionDecision(
            reader.GetGuid(18), reader.GetString(19), Choices(reader.GetString(20)).FirstOrDefault(choice => choice.Key == reader.GetString(19))?.Label,
            reader.GetFieldValue<DateTimeOffset>(21), reader.OptionalText(22), reader.OptionalText(23)),
    };

    private static IReadOnlyList<ActionChoice> Choices(string json) => JsonSerializer.Deserialize(json, ActionLinkJson.Default.Choices)!;
}

using System.Security.Cryptography;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Codes;

/// <summary>
/// One-time codes: a subject has one that works at most, for a while, for one use and a few wrong tries. Wrong tries are also counted across codes, so that asking for
/// another one buys no more guesses. Knows nothing of mail: whoever asks for a code delivers it.
/// </summary>
public sealed class CodeStore(NpgsqlDataSource dataSource, InstallationKeys keys, IOptions<CodeOptions> options, TimeProvider clock)
{
    private readonly CodeOptions _options = options.Value;

    /// <summary>Makes a code; the one before it works no more.</summary>
    /// <param name="within">The connection in whose transaction it is to happen, so that the code and what delivers it are there together or not at all; null for one of its own.</param>
    /// <returns>The code, or when to ask again: too many were asked for lately, or too many wrong ones tried.</returns>
    public async Task<CodeIssue> IssueAsync(CodeSubject subject, CodeShape? shape, NpgsqlConnection? within, CancellationToken ct) =>
        await StoreAsync(subject, New(shape), within, ct);

    /// <inheritdoc cref="IssueAsync(CodeSubject, CodeShape?, NpgsqlConnection?, CancellationToken)"/>
    public Task<CodeIssue> IssueAsync(CodeSubject subject, CodeShape? shape, CancellationToken ct) => IssueAsync(subject, shape, null, ct);

    /// <summary>A code that nobody has stored yet: for a mail that is composed before, and stored together with it (<see cref="StoreAsync"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length or the lifetime cannot be had.</exception>
    public IssuedCode New(CodeShape? shape)
    {
        shape ??= new CodeShape();
        TimeSpan lifetime = shape.Lifetime ?? CodeShape.UsualLifetime;
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Length, CodeText.Shortest, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Length, CodeText.Longest, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, CodeShape.ShortestLifetime, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, CodeShape.LongestLifetime, nameof(shape));
        DateTimeOffset now = clock.GetUtcNow();
        return new IssuedCode(UuidV7.New(now), CodeText.New(shape.Length, shape.Letters), now + lifetime);
    }

    /// <summary>From here on the code works.</summary>
    /// <inheritdoc cref="IssueAsync(CodeSubject, CodeShape?, NpgsqlConnection?, CancellationToken)"/>
    public async Task<CodeIssue> StoreAsync(CodeSubject subject, IssuedCode code, NpgsqlConnection? within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(code);
        byte[] key = await CodeHashes.KeyAsync(keys, ct);
        byte[] hash = CodeHashes.Subject(key, subject);
        DateTime now = clock.GetUtcNow().UtcDateTime, issuesEnd = now + _options.IssueWindow;
        DateTime forgetAt = code.ExpiresAt.UtcDateTime > issuesEnd ? code.ExpiresAt.UtcDateTime : issuesEnd;
        await using (NpgsqlCommand issue = dataSource.CreateCommand(CodeSql.Issue, within))
        {
            issue.Parameters.AddTyped(subject.ProjectId.Value).AddTyped(hash).AddTyped(code.Id).AddTyped(CodeHashes.Code(key, hash, code.Id, code.Code)).AddTyped(now)
                .AddTyped(code.ExpiresAt.UtcDateTime).AddTyped(_options.Issues).AddTyped(issuesEnd).AddTyped(_options.WrongTries).AddTyped(forgetAt).AddTyped(subject.IsTest);
            if (await issue.ExecuteScalarAsync(ct) is Guid) return CodeMetrics.Counted(new CodeIssue(code, null));
        }

        await using NpgsqlCommand until = dataSource.CreateCommand(CodeSql.RetryAt, within);
        until.Parameters.AddTyped(subject.ProjectId.Value).AddTyped(hash).AddTyped(_options.Issues).AddTyped(_options.WrongTries);
        return CodeMetrics.Counted(new CodeIssue(null, await until.ExecuteScalarAsync(ct) is DateTime at ? at : now));
    }

    /// <summary>Whether this is the code; if it is, it is used up.</summary>
    /// <param name="typed">As a person typed it.</param>
    /// <param name="within">
    /// The connection in whose transaction the code is used up, together with what it allows; null for one of its own. The try itself is always counted at once and
    /// apart, so that nothing that is taken back gives guesses back. Try a subject once in such a transaction: the second try would wait for the first.
    /// </param>
    public async Task<CodeCheck> VerifyAsync(CodeSubject subject, string? typed, NpgsqlConnection? within, CancellationToken ct) => CodeMetrics.Counted(await TryAsync(subject, typed, within, ct));

    private async Task<CodeCheck> TryAsync(CodeSubject subject, string? typed, NpgsqlConnection? within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(subject);
        byte[] key = await CodeHashes.KeyAsync(keys, ct);
        byte[] hash = CodeHashes.Subject(key, subject);
        DateTime now = clock.GetUtcNow().UtcDateTime;
        if (await CountAsync(subject, hash, now, ct) is not { } tried) return await StateAsync(subject, hash, now, isRight: false, ct);
        if (!CryptographicOperations.FixedTimeEquals(CodeHashes.Code(key, hash, tried.Id, CodeText.Normal(typed)), tried.CodeHash))
            return new CodeCheck(CodeOutcome.Wrong, tried.Id, _options.TriesPerCode - tried.Tries);

        await using NpgsqlCommand use = dataSource.CreateCommand(CodeSql.Use, within);
        use.Parameters.AddTyped(subject.ProjectId.Value).AddTyped(hash).AddTyped(tried.Id).AddTyped(now);
        return await use.ExecuteNonQueryAsync(ct) == 1 ? new CodeCheck(CodeOutcome.Right, tried.Id) : await StateAsync(subject, hash, now, isRight: true, ct);
    }

    /// <inheritdoc cref="VerifyAsync(CodeSubject, string?, NpgsqlConnection?, CancellationToken)"/>
    public Task<CodeCheck> VerifyAsync(CodeSubject subject, string? typed, CancellationToken ct) => VerifyAsync(subject, typed, null, ct);

    /// <summary>
    /// Whether this is the code; if it is, it is held for the caller alone, for what cannot stand in a transaction: a call to somebody else. Then it is used up
    /// (<see cref="UseHeldAsync"/>), or let go and still good (<see cref="ReleaseAsync"/>). Whoever dies in between holds it no longer than that.
    /// </summary>
    /// <param name="longest">For how long.</param>
    /// <returns>With a right code, the hold.</returns>
    public async Task<(CodeCheck Check, Guid Hold)> HoldAsync(CodeSubject subject, string? typed, TimeSpan longest, CancellationToken ct)
    {
        (CodeCheck check, Guid hold) = await TryToHoldAsync(subject, typed, longest, ct);
        return (CodeMetrics.Counted(check), hold);
    }

    private async Task<(CodeCheck Check, Guid Hold)> TryToHoldAsync(CodeSubject subject, string? typed, TimeSpan longest, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(subject);
        byte[] key = await CodeHashes.KeyAsync(keys, ct);
        byte[] hash = CodeHashes.Subject(key, subject);
        DateTime now = clock.GetUtcNow().UtcDateTime;
        if (await CountAsync(subject, hash, now, ct) is not { } tried) return (await StateAsync(subject, hash, now, isRight: false, ct), default);
        if (!CryptographicOperations.FixedTimeEquals(CodeHashes.Code(key, hash, tried.Id, CodeText.Normal(typed)), tried.CodeHash))
            return (new CodeCheck(CodeOutcome.Wrong, tried.Id, _options.TriesPerCode - tried.Tries), default);
        Guid hold = Guid.NewGuid();
        await using NpgsqlCommand command = dataSource.CreateCommand(CodeSql.Hold);
        command.Parameters.AddTyped(subject.ProjectId.Value).AddTyped(hash).AddTyped(tried.Id).AddTyped(now).AddTyped(hold).AddTyped(now + longest);
        return await command.ExecuteScalarAsync(ct) is not Guid holder ? (await StateAsync(subject, hash, now, isRight: true, ct), default)
            : holder == hold ? (new CodeCheck(CodeOutcome.Right, tried.Id), hold)
            : (new CodeCheck(CodeOutcome.Held, tried.Id), default);
    }

    /// <param name="within">The connection in whose transaction it is used up; null for one of its own.</param>
    /// <returns>False when another code took its place meanwhile, or the hold ended.</returns>
    public Task<bool> UseHeldAsync(CodeSubject subject, Guid hold, NpgsqlConnection? within, CancellationToken ct) =>
        EndHoldAsync(CodeSql.UseHeld, subject, hold, within, parameters => parameters.AddTyped(clock.GetUtcNow().UtcDateTime), ct);

    /// <summary>The code is as good as it was.</summary>
    public Task ReleaseAsync(CodeSubject subject, Guid hold, CancellationToken ct) => EndHoldAsync(CodeSql.Release, subject, hold, null, _ => { }, ct);

    private async Task<bool> EndHoldAsync(string sql, CodeSubject subject, Guid hold, NpgsqlConnection? within, Action<NpgsqlParameterCollection> add, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(subject);
        byte[] key = await CodeHashes.KeyAsync(keys, ct);
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, within);
        add(command.Parameters.AddTyped(subject.ProjectId.Value).AddTyped(CodeHashes.Subject(key, subject)).AddTyped(hold));
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Takes the subject's code back.</summary>
    /// <returns>Whether there was one that worked.</returns>
    public async Task<bool> RevokeAsync(CodeSubject subject, NpgsqlConnection? within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(subject);
        byte[] key = await CodeHashes.KeyAsync(keys, ct);
        await using NpgsqlCommand command = dataSource.CreateCommand(CodeSql.Revoke, within);
        command.Parameters.AddTyped(subject.ProjectId.Value).AddTyped(CodeHashes.Subject(key, subject)).AddTyped(clock.GetUtcNow().UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <returns>False when it was used before; null when this project has no such code any more.</returns>
    public async Task<bool?> RevokeAsync(ProjectId project, Guid id, bool isTest, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(CodeSql.RevokeById);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(isTest);
        return await command.ExecuteScalarAsync(ct) is bool isRevoked ? isRevoked : null;
    }

    private async Task<(Guid Id, byte[] CodeHash, int Tries)?> CountAsync(CodeSubject subject, byte[] hash, DateTime now, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(CodeSql.Try);
        command.Parameters.AddTyped(subject.ProjectId.Value).AddTyped(hash).AddTyped(now).AddTyped(_options.TriesPerCode).AddTyped(now + _options.WrongWindow).AddTyped(_options.WrongTries);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetInt32(2)) : null;
    }

    /// <summary>Why there is nothing to try.</summary>
    private async Task<CodeCheck> StateAsync(CodeSubject subject, byte[] hash, DateTime now, bool isRight, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(CodeSql.State);
        command.Parameters.AddTyped(subject.ProjectId.Value).AddTyped(hash).AddTyped(now).AddTyped(_options.WrongTries);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return new CodeCheck(CodeOutcome.None);
        Guid id = reader.GetGuid(0);
        DateTimeOffset? retryAt = reader.OptionalTime(4);
        return
            reader.GetBoolean(1) ? new CodeCheck(CodeOutcome.Used, id)
            : reader.GetBoolean(2) || isRight ? new CodeCheck(CodeOutcome.Revoked, id) // or replaced, at this very moment
            : retryAt is null && reader.GetBoolean(3) ? new CodeCheck(CodeOutcome.Expired, id)
            : new CodeCheck(CodeOutcome.TooManyTries, id, RetryAt: retryAt);
    }
}

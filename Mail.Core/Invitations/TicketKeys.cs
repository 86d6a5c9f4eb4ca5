using System.Buffers.Text;
using System.Security.Cryptography;
using Mail.Core.Common;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Mail.Core.Invitations;

/// <summary>The public half of a key, as a JWK says it (RFC 7517, RFC 7518 §6.2.1).</summary>
/// <param name="Kid">Its id, which each ticket names.</param>
public sealed record TicketKey(string Kid, string X, string Y);

/// <summary>The keys that sign a project's tickets: P-256, one that signs, and for a day those before it, so that apps which keep them for a while are never wrong.</summary>
public sealed class TicketKeys(NpgsqlDataSource dataSource, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a key is shown after another one has taken its place.</summary>
    public static readonly TimeSpan ShownFor = TimeSpan.FromDays(1);

    private const string AddSql = "INSERT INTO ticket_keys (project_id, id, private_key, x, y, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    private const string HasSql = "SELECT EXISTS (SELECT FROM ticket_keys WHERE project_id = $1 AND retired_at IS NULL)";
    private const string SigningSql = "SELECT id, private_key FROM ticket_keys WHERE project_id = $1 AND retired_at IS NULL";
    private const string ShownSql = "SELECT id, x, y FROM ticket_keys WHERE project_id = $1 AND (retired_at IS NULL OR retired_at > $2) ORDER BY created_at DESC";
    private const string RetireSql = "WITH gone AS (DELETE FROM ticket_keys WHERE project_id = $1 AND retired_at <= $3) UPDATE ticket_keys SET retired_at = $2 WHERE project_id = $1 AND retired_at IS NULL";

    private readonly IDataProtector _protector = protection.CreateProtector("Mail.Core.Invitations.TicketKeys.v1");

    /// <summary>Makes the first one, where there is none.</summary>
    public async Task EnsureAsync(ProjectId project, NpgsqlConnection? within, CancellationToken ct)
    {
        await using (NpgsqlCommand has = dataSource.CreateCommand(HasSql, within))
        {
            has.Parameters.AddTyped(project.Value);
            if ((bool)(await has.ExecuteScalarAsync(ct))!) return;
        }

        await AddAsync(project, within, ct);
    }

    /// <summary>Another one signs from now on.</summary>
    public async Task RotateAsync(ProjectId project, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using (NpgsqlCommand retire = new(RetireSql, connection))
        {
            retire.Parameters.AddTyped(project.Value).AddTyped(now.UtcDateTime).AddTyped((now - ShownFor).UtcDateTime);
            await retire.ExecuteNonQueryAsync(ct);
        }

        await AddAsync(project, connection, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Those that apps may meet, the one that signs first.</summary>
    public async Task<IReadOnlyList<TicketKey>> ShownAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ShownSql);
        command.Parameters.AddTyped(project.Value).AddTyped((clock.GetUtcNow() - ShownFor).UtcDateTime);
        List<TicketKey> keys = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) keys.Add(new TicketKey(reader.GetGuid(0).ToString(), reader.GetString(1), reader.GetString(2)));
        return keys;
    }

    /// <summary>The one that signs. To be disposed of.</summary>
    internal async Task<(string Kid, ECDsa Key)> SigningAsync(ProjectId project, NpgsqlConnection within, CancellationToken ct)
    {
        await EnsureAsync(project, within, ct);
        await using NpgsqlCommand command = new(SigningSql, within);
        command.Parameters.AddTyped(project.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(_protector.Unprotect(reader.GetString(1))), out _);
        return (reader.GetGuid(0).ToString(), key);
    }

    private async Task AddAsync(ProjectId project, NpgsqlConnection? within, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint point = key.ExportParameters(false).Q;
        await using NpgsqlCommand add = dataSource.CreateCommand(AddSql, within);
        add.Parameters.AddTyped(project.Value).AddTyped(UuidV7.New(now)).AddTyped(_protector.Protect(Convert.ToBase64String(key.ExportPkcs8PrivateKey())))
            .AddTyped(Base64Url.EncodeToString(point.X)).AddTyped(Base64Url.EncodeToString(point.Y)).AddTyped(now.UtcDateTime);
        await add.ExecuteNonQueryAsync(ct);
    }
}

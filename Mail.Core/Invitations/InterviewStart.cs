using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Invitations;

/// <summary>How it stands with a start link.</summary>
/// <param name="Url">Where to lead the candidate, with a ticket; null when the link did not start anything.</param>
public sealed record StartLook(Campaign Campaign, Invitation Invitation, bool IsOpen, string Company, Uri? Url = null);

/// <summary>The start page: looking changes nothing, its button starts the interview.</summary>
public sealed class InterviewStart(NpgsqlDataSource dataSource, InvitationStore store, InvitationWriter writer, InvitationLinks links, InterviewTickets tickets, TimeProvider clock)
{
    /// <returns>Null for a link that we have not made, or whose candidate is forgotten.</returns>
    public async Task<StartLook?> LookAsync(string token, CancellationToken ct)
    {
        if (await links.ReadAsync(token, ct) is not { } read) return null;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        List<Invitation> found = await store.ReadAsync(InvitationSql.Find, connection, ct, new NpgsqlParameter<Guid> { TypedValue = read.Project.Value }, new NpgsqlParameter<Guid> { TypedValue = read.Id });
        return found is [{ } invitation] ? await LookAsync(invitation, read, connection, ct) : null;
    }

    /// <summary>Somebody pressed the button.</summary>
    public async Task<StartLook?> StartAsync(string token, string? ip, string? userAgent, CancellationToken ct)
    {
        if (await links.ReadAsync(token, ct) is not { } read) return null;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (await store.LockManyAsync(read.Project, [read.Id], connection, ct) is not [{ } invitation]) return null;
        StartLook look = await LookAsync(invitation, read, connection, ct);
        DateTimeOffset now = clock.GetUtcNow();
        if (!look.IsOpen || invitation.Start(look.Campaign, now) is not { } step) return look;
        Uri url = await tickets.AddressAsync(look.Campaign, step.After, now, connection, ct);
        IReadOnlyList<InvitationStep> stored = await writer.WriteAsync(connection, look.Campaign, [step], new InvitationCause("page", Ip: ip, UserAgent: Cut(userAgent)), ct);
        await transaction.CommitAsync(ct);
        writer.Wake();
        return look with { Invitation = stored[^1].After, Url = url };
    }

    private async Task<StartLook> LookAsync(Invitation invitation, InvitationToken read, NpgsqlConnection connection, CancellationToken ct)
    {
        Campaign campaign = await store.CampaignAsync(read.Project, invitation.CampaignId, connection, ct);
        if (read.Generation != invitation.Generation) invitation = invitation with { State = InvitationState.Revoked }; // another link has taken its place
        await using NpgsqlCommand company = new(InvitationSql.Company, connection);
        company.Parameters.AddTyped(read.Project.Value);
        string name = campaign.Company ?? (string)(await company.ExecuteScalarAsync(ct))!;
        return new StartLook(campaign, invitation, invitation.Start(campaign, clock.GetUtcNow()) is not null, name);
    }

    /// <summary>Whatever a program sends: as much as says what it is, and what PostgreSQL stores.</summary>
    private static string? Cut(string? agent)
    {
        const int Longest = 400;
        if (string.IsNullOrWhiteSpace(agent)) return null;
        string text = string.Concat(agent.EnumerateRunes().Where(rune => !System.Text.Rune.IsControl(rune)));
        return text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
    }
}

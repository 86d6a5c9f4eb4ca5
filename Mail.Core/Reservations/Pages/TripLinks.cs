using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Reservations.Pages;

/// <summary>
/// Links to a person's own page: the trips they drive, with requests and passengers, and the seats they asked for. Such a link proves one mailbox, for one project and one side of the sandbox;
/// it may be used until it ends or is taken back. Stored as all action links are: as a hash, and forgotten with the person.
/// </summary>
public sealed class TripLinks(ActionLinkStore links, NpgsqlDataSource dataSource, IOptions<ReservationPolicy> policy, TimeProvider clock)
{
    /// <summary>Below the public address, with a token.</summary>
    public const string Path = "/trips";

    public const string Purpose = "reservation.trips";

    /// <summary>So many links may be asked for by mail in <see cref="AskWindow"/>, for one mailbox: whoever asks need not be who gets the mail.</summary>
    public const int Asks = 3;

    public static readonly TimeSpan AskWindow = TimeSpan.FromMinutes(15);

    // Those that came with other mails are not counted: nobody asked for them.
    private const string Turn = "SELECT pg_advisory_xact_lock(hashtextextended('trip-links/' || $1::text || '/' || $2, 0))";

    private const string Recent = "SELECT count(*) FROM action_links WHERE project_id = $1 AND purpose = $2 AND subject = $3 AND is_own AND is_test = $4 AND created_at > $5 AND metadata IS NOT NULL";

    /// <summary>For a mail about an offer.</summary>
    public async Task<Result<string>> DashboardUrlAsync(Offer offer, DateTimeOffset now, NpgsqlConnection within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(offer);
        Result<(string Url, DateTimeOffset)> made = await MakeAsync(offer.ProjectId, offer.IsTest, offer.Driver.Email, offer.Driver.Locale, isAsked: false, within, ct);
        return made.IsSuccess ? made.Value.Url : made.Failure;
    }

    /// <param name="email">In its normal form.</param>
    /// <returns>The address, and when it ends; null when too many were asked for lately.</returns>
    public async Task<Result<(string Url, DateTimeOffset ExpiresAt)>?> AskedAsync(ProjectId project, bool isTest, string email, string? locale, NpgsqlConnection within, CancellationToken ct)
    {
        await using (NpgsqlCommand turn = dataSource.CreateCommand(Turn, within))
        {
            turn.Parameters.AddTyped(project.Value).AddTyped(email); // asked for at the same moment, they would all find room
            await turn.ExecuteNonQueryAsync(ct);
        }

        await using (NpgsqlCommand count = dataSource.CreateCommand(Recent, within))
        {
            count.Parameters.AddTyped(project.Value).AddTyped(Purpose).AddTyped(email).AddTyped(isTest).AddTyped((clock.GetUtcNow() - AskWindow).UtcDateTime);
            if ((long)(await count.ExecuteScalarAsync(ct))! >= Asks) return null;
        }

        return await MakeAsync(project, isTest, email, locale, isAsked: true, within, ct);
    }

    /// <returns>Null for what is no such link.</returns>
    public async Task<ActionLink?> FindAsync(string token, CancellationToken ct) => await links.FindByTokenAsync(token, ct) is { IsOwn: true, Purpose: Purpose } link ? link : null;

    /// <summary>Takes all links of this mailbox back, also the one by which somebody says so.</summary>
    public Task<int> RevokeAsync(ActionLink link, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        return links.RevokeAsync(link.ProjectId, Purpose, link.Subject, isOwn: true, link.IsTest, null, ct);
    }

    private async Task<Result<(string, DateTimeOffset)>> MakeAsync(ProjectId project, bool isTest, string email, string? locale, bool isAsked, NpgsqlConnection within, CancellationToken ct)
    {
        Result<CreatedActionLink> made = await links.CreateAsync(
            new NewActionLink(project, Purpose, email)
            {
                IsOwn = true, IsTest = isTest, SingleUse = false, Locale = locale, Lifetime = policy.Value.LinkLifetime, Metadata = isAsked ? _asked : null,
            }, within, ct);
        if (!made.IsSuccess) return made.Failure;
        string url = made.Value.Url, home = url[..url.LastIndexOf($"{ActionLinkStore.Path}/", StringComparison.Ordinal)];
        return ($"{home}{Path}/{url[(url.LastIndexOf('/') + 1)..]}", made.Value.ExpiresAt);
    }

    private static readonly System.Text.Json.JsonElement _asked = System.Text.Json.JsonElement.Parse("{\"asked\":true}");
}

/// <summary>At /a such a link shows nothing: its page is elsewhere.</summary>
public sealed class TripLinkPurpose : IActionPurpose
{
    public string Name => TripLinks.Purpose;

    public ValueTask<ActionWords?> WordsAsync(ActionLink link, string language, CancellationToken ct) => ValueTask.FromResult<ActionWords?>(null);

    public Task<ActionAnswer> ActAsync(ActionUse use, NpgsqlTransaction transaction, CancellationToken ct) => Task.FromResult(new ActionAnswer(false));
}

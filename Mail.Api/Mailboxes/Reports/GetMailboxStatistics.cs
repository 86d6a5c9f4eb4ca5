using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Usage;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Mailboxes.Reports;

/// <summary>GET /mailboxes/statistics: how many there are, what was sent as them today and this month, by provider and over time.</summary>
public static class GetMailboxStatistics
{
    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapGet("/statistics", Handle).RequireScope(Scopes.AdministerMailboxes);

    /// <param name="Accounts">By state.</param>
    public sealed record Response(string Object, IReadOnlyDictionary<string, long> Accounts, Sends Today, Sends Month, IReadOnlyList<Provider> Providers, IReadOnlyList<Day> Days);

    /// <param name="SuccessRate">0 to 1: of all recipients those that were reached; null when there was none.</param>
    public sealed record Sends(long Sent, long Refused, long Bounced, long Complained, double? SuccessRate);

    /// <param name="Name">Such as `ses`.</param>
    public sealed record Provider(string Name, IReadOnlyDictionary<string, long> Accounts, Sends Today, Sends Month);

    /// <param name="Date">UTC.</param>
    /// <param name="Created">That became active.</param>
    /// <param name="Deleted">That were removed.</param>
    public sealed record Day(DateOnly Date, long Created, long Deleted, Sends Sends);

    /// <param name="days">How many last days are told one by one: 1 to 366, 30 without it.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(CurrentProject project, MailboxStatistics statistics, CancellationToken ct, string? days = null)
    {
        int count = 30;
        if (days is not null && (!int.TryParse(days, out count) || count is < 1 or > 366)) return Failure.Field("days", "must be a number from 1 to 366.").ToApiError();
        MailboxFigures figures = await statistics.ReadAsync(project.Id, project.IsTest, count, ct);
        return TypedResults.Ok(new Response(
            "mailbox_statistics", figures.Providers.SelectMany(one => one.States).GroupBy(one => one.Key).ToDictionary(group => group.Key, group => group.Sum(one => one.Value)), Of(figures.Today), Of(figures.Month),
            [.. figures.Providers.Select(one => new Provider(one.Provider, one.States, Of(one.Today), Of(one.Month)))],
            [.. figures.Days.Select(one => new Day(one.Day, one.Created, one.Ended, Of(one.Sends)))]));
    }

    private static Sends Of(SendFigures figures) => new(figures.Sent, figures.Refused, figures.Bounced, figures.Complained, figures.SuccessRate);
}

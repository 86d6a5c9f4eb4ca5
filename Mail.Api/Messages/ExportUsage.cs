using System.Globalization;
using System.Text;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>GET /usage/export: the same as a CSV file.</summary>
public static class ExportUsage
{
    public static void Map(IEndpointRouteBuilder usage) => usage.MapGet("/export", Handle).RequireScope(Scopes.ReadMessages).Produces<string>(contentType: "text/csv");

    /// <param name="by">`day` or `month`; `day` without it.</param>
    /// <param name="since">The first day, such as 2026-03-01; 30 days back without it.</param>
    /// <param name="until">The last day; today without it.</param>
    /// <param name="split">`lane`, `tag`, `domain` (of the sender) or `key` (the API key); none without it.</param>
    public static async Task<Results<FileContentHttpResult, ApiError>> Handle(HttpContext http, CurrentProject project, UsageReader usage, TimeProvider clock, CancellationToken ct, string? by = null, string? since = null, string? until = null, string? split = null)
    {
        Result<UsageQuestion> question = GetUsage.Read(by, since, until, split, clock);
        if (!question.IsSuccess) return question.Failure.ToApiError();
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        StringBuilder csv = new("period,part,messages,recipients,waiting,sent,bounced,other\r\n");
        foreach (UsageLine line in await usage.ReadAsync(project.Id, question.Value, ct))
            csv.Append(CultureInfo.InvariantCulture, $"{line.Period:yyyy-MM-dd},{Field(line.Part ?? "")},{line.Messages},{line.Recipients},{line.Waiting},{line.Arrived},{line.Bounced},{line.Others}\r\n");
        return TypedResults.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "usage.csv");
    }

    /// <summary>RFC 4180 §2; and what a spreadsheet would take for a formula is kept from being one.</summary>
    private static string Field(string text)
    {
        string safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

using System.Globalization;
using System.Text;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Projects;

namespace Mail.Api.Messages;

/// <summary>
/// GET /emails/export: what the list shows for the same question, as a CSV file, newest first, written as it is found. It ends after 10,000 messages or half a
/// minute of searching; its last line says so then, and with which `after` the rest is asked for.
/// </summary>
public static class ExportMessages
{
    private const int Most = 10_000, AtOnce = 500;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("/export", Handle).RequireScope(Scopes.ReadMessages).Produces<string>(contentType: "text/csv");

    /// <param name="after">The id that the last line of a file names: the next file holds older ones.</param>
    public static async Task<IResult> Handle(HttpContext http, CurrentProject project, MessageSearch messages, [AsParameters] MessageQuery query, TimeProvider clock, CancellationToken ct, string? after = null)
    {
        Guid afterId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of a message.").ToApiError();
        Result<MessageFilter> read = query.Read(AtOnce, after is null ? null : new MessageId(afterId), null);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        MessageFilter filter = read.Value with { OnlyTest = project.IsTest };
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"messages.csv\"";
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await using StreamWriter writer = new(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(Csv.Line("id", "created_at", "status", "from", "to", "cc", "bcc", "subject", "scheduled_at", "tags").AsMemory(), ct);
        long began = clock.GetTimestamp();
        for (int written = 0; ;)
        {
            MessagePage page = await messages.ListAsync(project.Id, filter, ct);
            foreach (MessageSummary message in page.Messages) await writer.WriteLineAsync(Line(message).AsMemory(), ct);
            written += page.Messages.Count;
            if (!page.HasMore) break;
            MessageId last = page.SearchedTo?.Id ?? page.Messages[^1].Id;
            filter = filter with { After = last };
            if (written < Most && clock.GetElapsedTime(began) < _longest) continue;
            await writer.WriteLineAsync(Csv.Line(string.Create(CultureInfo.InvariantCulture, $"# Not all: searched back to {UuidV7.TimeOf(last.Value):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}. For the rest export again with after={last}.")).AsMemory(), ct);
            break;
        }

        return Results.Empty;
    }

    private static string Line(MessageSummary message) => Csv.Line(
        message.Id.ToString(), Time(message.CreatedAt), message.State.Name(), message.Envelope.From, Joined(message.Envelope.To), Joined(message.Envelope.Cc), Joined(message.Envelope.Bcc), message.Subject,
        message.ScheduledAt is { } at ? Time(at) : "", string.Join(", ", message.Envelope.Tags.Select(tag => $"{tag.Name}:{tag.Value}")));

    private static string Joined(IReadOnlyList<string> addresses) => string.Join(", ", addresses);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

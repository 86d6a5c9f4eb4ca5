using System.Globalization;
using System.Runtime.CompilerServices;
using Mail.Core.Relays.Http;

namespace Mail.Core.Feedback.Mailboxes;

/// <summary>A mailbox of Microsoft 365, read as an application (https://learn.microsoft.com/graph/api/resources/message). What is done goes to "Deleted items".</summary>
internal sealed class GraphMailbox(ProviderApi api, string address, int mostBytes, TimeSpan lookBack, TimeProvider clock) : ProviderMailbox(api, address, mostBytes, lookBack, clock)
{
    private const int PageSize = 1000; // the most there is, and only ids
    private const int LongestPage = 2 * 1024 * 1024;

    // An id that stays when the message moves (https://learn.microsoft.com/graph/outlook-immutable-id).
    private static readonly KeyValuePair<string, string>[] _headers = [new("Prefer", "IdType=\"ImmutableId\"")];

    private readonly string _user = $"v1.0/users/{Uri.EscapeDataString(address)}";

    protected override string Permission => "Give the application the permission Mail.ReadWrite (type application), granted by an administrator.";

    public override async IAsyncEnumerable<IReadOnlyList<MailboxMail>> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        string filter = $"receivedDateTime ge {Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}";
        string? next = $"{_user}/mailFolders/inbox/messages?$select=id&$orderby=receivedDateTime&$top={PageSize}&$filter={Uri.EscapeDataString(filter)}";
        for (HashSet<string> seen = []; next is not null && seen.Add(next);) // a page that leads back to itself ends the list
        {
            ProviderApiAnswer answer = await SendAsync(ProviderApiRequest.Get(next) with { Headers = _headers, LongestAnswer = LongestPage }, ct);
            if (!answer.IsSuccess || Ids(answer.Json, "value") is not { } page) throw Unexpected(answer);
            yield return page;
            next = Text(answer.Json, "@odata.nextLink");
        }
    }

    public override async Task<FetchedMail> FetchAsync(MailboxMail mail, CancellationToken ct)
    {
        ProviderApiAnswer answer = await SendAsync(ProviderApiRequest.Get($"{Message(mail)}/$value") with { Headers = _headers, LongestAnswer = MostBytes + 1 }, ct);
        if (answer.IsGone) return FetchedMail.Gone;
        if (!answer.IsSuccess) return new FetchedMail(default, answer.Words);
        if (answer.Body.Length > MostBytes) return FetchedMail.TooLarge(MostBytes);
        return answer.IsWhole ? new FetchedMail(answer.Body) : throw Unexpected("The connection broke off in the middle of a mail.");
    }

    public override async Task RemoveAsync(MailboxMail mail, CancellationToken ct)
    {
        ProviderApiAnswer answer = await MoveAsync(mail, "deleteditems", ct);
        if (!answer.IsSuccess && !answer.IsGone) throw Unexpected(answer);
    }

    protected override async Task<string?> FindApartAsync(CancellationToken ct)
    {
        ProviderApiAnswer answer = await SendAsync(ProviderApiRequest.Get($"{_user}/mailFolders?$select=id&$filter={Uri.EscapeDataString($"displayName eq '{ApartName}'")}") with { Headers = _headers }, ct);
        return answer.IsSuccess && Ids(answer.Json, "value") is { } found ? found.FirstOrDefault()?.Id : throw Unexpected(answer);
    }

    protected override async Task<string?> MakeApartAsync(CancellationToken ct)
    {
        ProviderApiAnswer answer = await SendAsync(ProviderApiRequest.Post($"{_user}/mailFolders", json => json.WriteString("displayName", ApartName)) with { Headers = _headers }, ct);
        return answer.Status == 409 ? null : answer.IsSuccess && Text(answer.Json, "id") is { } id ? id : throw Unexpected(answer);
    }

    protected override async Task<bool> MoveApartAsync(MailboxMail mail, string place, CancellationToken ct)
    {
        ProviderApiAnswer answer = await MoveAsync(mail, place, ct);
        return answer.IsSuccess || (answer.IsGone ? false : throw Unexpected(answer));
    }

    private Task<ProviderApiAnswer> MoveAsync(MailboxMail mail, string folder, CancellationToken ct) =>
        SendAsync(ProviderApiRequest.Post($"{Message(mail)}/move", json => json.WriteString("destinationId", folder)) with { Headers = _headers }, ct);

    private string Message(MailboxMail mail) => $"{_user}/messages/{Uri.EscapeDataString(mail.Id!)}";
}

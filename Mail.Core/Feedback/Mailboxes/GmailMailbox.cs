using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Mail.Core.Relays.Http;

namespace Mail.Core.Feedback.Mailboxes;

/// <summary>A mailbox of Google, by the Gmail API (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages). What is done goes to the bin.</summary>
internal sealed class GmailMailbox(ProviderApi api, string address, int mostBytes, TimeSpan lookBack, TimeProvider clock) : ProviderMailbox(api, address, mostBytes, lookBack, clock)
{
    private const string Inbox = "INBOX";
    private const int PageSize = 500; // the most there is
    private const int LongestPage = 1024 * 1024;
    private const string User = "gmail/v1/users/me";

    protected override string Permission => "Give the login the scope https://www.googleapis.com/auth/gmail.modify.";

    /// <summary>In base64, in JSON with little else.</summary>
    private int LongestMail => (int)Math.Min(MostBytes / 3L * 4 + 64 * 1024, int.MaxValue / 2);

    public override async IAsyncEnumerable<IReadOnlyList<MailboxMail>> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        string list = $"{User}/messages?labelIds={Inbox}&maxResults={PageSize}&fields={Uri.EscapeDataString("messages(id),nextPageToken")}&q={Uri.EscapeDataString($"after:{Since.ToUnixTimeSeconds()}")}";
        string? next = list;
        for (HashSet<string> seen = []; next is not null && seen.Add(next);)
        {
            ProviderApiAnswer answer = await SendAsync(ProviderApiRequest.Get(next) with { LongestAnswer = LongestPage }, ct);
            if (!answer.IsSuccess || Ids(answer.Json, "messages") is not { } page) throw Unexpected(answer);
            yield return page;
            next = Text(answer.Json, "nextPageToken") is { Length: > 0 } token ? $"{list}&pageToken={Uri.EscapeDataString(token)}" : null;
        }
    }

    public override async Task<FetchedMail> FetchAsync(MailboxMail mail, CancellationToken ct)
    {
        ProviderApiAnswer answer = await SendAsync(ProviderApiRequest.Get($"{Message(mail)}?format=raw&fields=raw") with { LongestAnswer = LongestMail }, ct);
        if (answer.IsGone) return FetchedMail.Gone;
        if (!answer.IsSuccess) return new FetchedMail(default, answer.Words);
        if (!answer.IsWhole) return answer.Body.Length >= LongestMail ? FetchedMail.TooLarge(MostBytes) : throw Unexpected("The connection broke off in the middle of a mail.");
        if (Text(answer.Json, "raw") is not { } raw) throw Unexpected(answer);
        try
        {
            byte[] content = Base64Url.DecodeFromChars(raw);
            return content.Length > MostBytes ? FetchedMail.TooLarge(MostBytes) : new FetchedMail(content);
        }
        catch (FormatException)
        {
            return new FetchedMail(default, "Gmail's form of it is not base64url.");
        }
    }

    public override async Task RemoveAsync(MailboxMail mail, CancellationToken ct)
    {
        ProviderApiAnswer answer = await SendAsync(ProviderApiRequest.Post($"{Message(mail)}/trash", null), ct);
        if (!answer.IsSuccess && !answer.IsGone) throw Unexpected(answer);
    }

    protected override async Task<string?> FindApartAsync(CancellationToken ct)
    {
        ProviderApiAnswer answer = await SendAsync(ProviderApiRequest.Get($"{User}/labels") with { LongestAnswer = LongestPage }, ct);
        if (!answer.IsSuccess || Ids(answer.Json, "labels") is null) throw Unexpected(answer);
        return answer.Json is { } json && json.TryGetProperty("labels", out JsonElement labels)
            ? labels.EnumerateArray().Where(label => Text(label, "name") == ApartName).Select(label => Text(label, "id")).FirstOrDefault() : null;
    }

    protected override async Task<string?> MakeApartAsync(CancellationToken ct)
    {
        ProviderApiAnswer answer = await SendAsync(ProviderApiRequest.Post($"{User}/labels", json => json.WriteString("name", ApartName)), ct);
        return answer.Status == 409 ? null : answer.IsSuccess && Text(answer.Json, "id") is { } id ? id : throw Unexpected(answer);
    }

    protected override async Task<bool> MoveApartAsync(MailboxMail mail, string place, CancellationToken ct)
    {
        ProviderApiAnswer answer = await SendAsync(ProviderApiRequest.Post($"{Message(mail)}/modify", json =>
        {
            WriteList(json, "addLabelIds", place);
            WriteList(json, "removeLabelIds", Inbox);
        }), ct);
        return answer.IsSuccess || answer.IsGone || (answer.Status == 400 ? false : throw Unexpected(answer)); // 400: no such label
    }

    private static void WriteList(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string Message(MailboxMail mail) => $"{User}/messages/{Uri.EscapeDataString(mail.Id!)}";
}

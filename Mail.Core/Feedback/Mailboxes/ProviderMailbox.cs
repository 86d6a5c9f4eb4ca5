using System.Text.Json;
using Mail.Core.Relays.Http;

namespace Mail.Core.Feedback.Mailboxes;

/// <summary>What mailboxes at providers with an HTTP API have in common: a session is no more than requests.</summary>
internal abstract class ProviderMailbox(ProviderApi api, string address, int mostBytes, TimeSpan lookBack, TimeProvider clock) : IMailbox, IMailboxSession
{
    /// <summary>The folder or label of what could not be read.</summary>
    public const string ApartName = "Unread reports";

    private string? _apart;

    public string Name { get; } = $"{address} at {api.Title}";

    public bool ListsAll => false;

    protected int MostBytes => mostBytes;

    /// <summary>Since when mails are listed: an inbox of years is not gone through every minute.</summary>
    protected DateTimeOffset Since => clock.GetUtcNow() - lookBack;

    public Task<IMailboxSession> OpenAsync(CancellationToken ct) => Task.FromResult<IMailboxSession>(this);

    public abstract IAsyncEnumerable<IReadOnlyList<MailboxMail>> ListAsync(CancellationToken ct);

    public abstract Task<FetchedMail> FetchAsync(MailboxMail mail, CancellationToken ct);

    public abstract Task RemoveAsync(MailboxMail mail, CancellationToken ct);

    public async Task SetApartAsync(MailboxMail mail, CancellationToken ct)
    {
        for (bool isSecond = false; ; isSecond = true)
        {
            _apart ??= await FindApartAsync(ct) ?? await MakeApartAsync(ct) ?? await FindApartAsync(ct); // another worker may have been faster
            if (_apart is null) throw Unexpected($"It has no place named \"{ApartName}\", and none could be made.");
            if (await MoveApartAsync(mail, _apart, ct) || isSecond) return;
            _apart = null; // somebody removed the place
        }
    }

    public Task CloseAsync(CancellationToken ct) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => api.Dispose();

    /// <returns>Its id; null when there is none.</returns>
    protected abstract Task<string?> FindApartAsync(CancellationToken ct);

    /// <returns>Its id; null when there is one by now.</returns>
    protected abstract Task<string?> MakeApartAsync(CancellationToken ct);

    /// <returns>False when that place is gone.</returns>
    protected abstract Task<bool> MoveApartAsync(MailboxMail mail, string place, CancellationToken ct);

    protected async Task<ProviderApiAnswer> SendAsync(ProviderApiRequest request, CancellationToken ct)
    {
        try
        {
            return await api.SendAsync(request, ct);
        }
        catch (ProviderException e)
        {
            throw new MailboxException(e.IsPermanent && e.Message.Contains(" 403 ", StringComparison.Ordinal) ? $"{e.Message} {Permission}" : e.Message, e, e.RetryAfter);
        }
    }

    /// <summary>What an administrator has to allow.</summary>
    protected abstract string Permission { get; }

    /// <summary>An answer that the documentation does not know, or a no where there should be none.</summary>
    protected MailboxException Unexpected(ProviderApiAnswer answer) =>
        Unexpected(answer.IsSuccess ? "Its answer is not in the form that is documented." : answer.IsGone ? $"There is no such mailbox or folder: {answer.Words}" : $"It refused: {answer.Words}");

    protected MailboxException Unexpected(string what) => new($"{api.Title}: {what}", new InvalidDataException(what));

    /// <summary>A text among the members of an object; null when there is none.</summary>
    protected static string? Text(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The `id` of each object in a list.</summary>
    protected static List<MailboxMail>? Ids(JsonElement? json, string list)
    {
        if (json is not { ValueKind: JsonValueKind.Object } found) return null;
        if (!found.TryGetProperty(list, out JsonElement all)) return [];
        return all.ValueKind == JsonValueKind.Array && all.EnumerateArray().All(one => Text(one, "id") is { Length: > 0 }) ? [.. all.EnumerateArray().Select(one => new MailboxMail(Text(one, "id")))] : null;
    }
}

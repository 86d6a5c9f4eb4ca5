using System.Net.Http.Headers;
using Mail.Core.Common;
using Microsoft.Extensions.Options;

namespace Mail.Core.Messages;

/// <summary>Gets the attachments that a request names by URL, before the message is checked and stored: what is sent is what stood there at acceptance.</summary>
public sealed class AttachmentFetcher(IOptions<MessageOptions> options) : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new(PublicHttp.CreateHandler(options.Value.FetchPrivateAddresses)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="path">What stands before the fields' names in a refusal.</param>
    /// <returns>The request with bytes in place of every URL.</returns>
    public async Task<Result<EmailRequest>> ResolveAsync(EmailRequest request, string path, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Attachments?.Any(attachment => attachment?.Path is not null) is not true) return request;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_limit);
        AttachmentRequest?[] resolved = [.. request.Attachments];
        long room = options.Value.AttachmentBytes;
        for (int i = 0; i < resolved.Length; i++)
        {
            if (resolved[i] is not { Path: { } url } attachment) continue;
            string field = $"{path}attachments.{i}.path";
            if (attachment.Content is not null) return Failure.Field(field, "cannot be used together with `content`.");
            if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http")) return Failure.Field(field, "must be an http or https URL.");
            Result<AttachmentRequest> fetched = await FetchAsync(attachment, uri, field, room, limit.Token, ct);
            if (!fetched.IsSuccess) return fetched.Failure;
            room -= fetched.Value.Content!.Length;
            resolved[i] = fetched.Value;
        }

        return request with { Attachments = resolved };
    }

    public void Dispose() => _http.Dispose();

    private async Task<Result<AttachmentRequest>> FetchAsync(AttachmentRequest attachment, Uri uri, string field, long room, CancellationToken limit, CancellationToken ct)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, limit);
            if (!response.IsSuccessStatusCode) return Failure.Field(field, $"could not be fetched: the server answered {(int)response.StatusCode}.");
            using MemoryStream content = new();
            await using Stream body = await response.Content.ReadAsStreamAsync(limit);
            byte[] buffer = new byte[64 * 1024];
            int read;
            while ((read = await body.ReadAsync(buffer, limit)) > 0)
            {
                if (content.Length + read > room) return new Failure(FailureKind.TooLarge, "invalid_attachment", $"`{field}` takes the attachments over their limit.");
                content.Write(buffer, 0, read);
            }

            MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
            string? name = attachment.Filename ?? (Path.GetFileName(Uri.UnescapeDataString(uri.AbsolutePath)) is { Length: > 0 } last ? last : null);
            return attachment with { Filename = name, Content = content.ToArray(), Path = null, ContentType = attachment.ContentType ?? type?.MediaType };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Failure.Field(field, "could not be fetched: its address is not public or does not answer."); // one text: it must not tell which names exist here
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failure.Field(field, $"could not be fetched within {_limit.TotalSeconds:0} seconds.");
        }
    }
}

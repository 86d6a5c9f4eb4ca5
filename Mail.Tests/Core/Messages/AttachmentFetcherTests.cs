using Mail.Core.Common;
using Mail.Core.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Messages;

public sealed class AttachmentFetcherTests : IAsyncLifetime
{
    private WebApplication _server = null!;

    private string Url => _server.Urls.Single();

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapGet("/files/invoice.pdf", () => Results.Bytes(new byte[] { 1, 2, 3 }, "application/pdf"));
        _server.MapGet("/large", () => Results.Bytes(new byte[5000]));
        _server.MapGet("/away", () => Results.Redirect("/files/invoice.pdf"));
        await _server.StartAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/files/invoice.pdf")]
    [InlineData("/away")]
    public async Task An_attachment_named_by_url_is_fetched_with_its_type(string path)
    {
        using AttachmentFetcher fetcher = Fetcher(new MessageOptions { FetchPrivateAddresses = true });

        Result<EmailRequest> resolved = await fetcher.ResolveAsync(RequestFor(Url + path), "", CancellationToken.None);

        AttachmentRequest attachment = Assert.Single(resolved.Value.Attachments!)!;
        Assert.Equal([1, 2, 3], attachment.Content!);
        Assert.Equal(("application/pdf", null), (attachment.ContentType, attachment.Path));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("http://localhost:1/x")]
    [InlineData("http://[::ffff:127.0.0.1]:1/x")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task Our_own_network_is_never_asked(string url)
    {
        using AttachmentFetcher fetcher = Fetcher(new MessageOptions());

        Result<EmailRequest> resolved = await fetcher.ResolveAsync(RequestFor(url), "3.", CancellationToken.None);

        Assert.Equal(FailureKind.Invalid, resolved.Failure!.Kind);
        Assert.Contains("`3.attachments.0.path`", resolved.Failure.Detail, StringComparison.Ordinal);
        Assert.Contains("not public", resolved.Failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("invoice.pdf")]
    public async Task Only_http_is_fetched(string url)
    {
        using AttachmentFetcher fetcher = Fetcher(new MessageOptions { FetchPrivateAddresses = true });

        Result<EmailRequest> resolved = await fetcher.ResolveAsync(RequestFor(url), "", CancellationToken.None);

        Assert.Contains("`attachments.0.path` must be an http or https URL.", resolved.Failure!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_not_read_to_its_end()
    {
        using AttachmentFetcher fetcher = Fetcher(new MessageOptions { FetchPrivateAddresses = true, AttachmentBytes = 4000 });

        Result<EmailRequest> resolved = await fetcher.ResolveAsync(RequestFor(Url + "/large"), "", CancellationToken.None);

        Assert.Equal(FailureKind.TooLarge, resolved.Failure!.Kind);
    }

    [Fact]
    public async Task A_missing_file_is_said()
    {
        using AttachmentFetcher fetcher = Fetcher(new MessageOptions { FetchPrivateAddresses = true });

        Result<EmailRequest> resolved = await fetcher.ResolveAsync(RequestFor(Url + "/nothing"), "", CancellationToken.None);

        Assert.Contains("404", resolved.Failure!.Detail, StringComparison.Ordinal);
    }

    private static AttachmentFetcher Fetcher(MessageOptions options) => new(Options.Create(options));

    private static EmailRequest RequestFor(string url) => new() { Attachments = [new AttachmentRequest("a.pdf", null, url, null, null)] };
}

using System.Net;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Suppressions;

/// <summary>People who open a link of a mail while the database is away read a page, not JSON.</summary>
public sealed class AwayPageTests(PostgresFixture postgres)
{
    [Fact]
    public async Task While_the_database_is_away_links_in_mails_show_a_page_in_the_readers_language_and_work_again_after_it()
    {
        NpgsqlConnectionStringBuilder at = new(await postgres.CreateDatabaseAsync());
        using TcpForwarder way = new(at.Host!, at.Port);
        (at.Host, at.Port) = ("127.0.0.1", way.Port);
        await using ApiFixture one = new(postgres), other = new(postgres);
        foreach (ApiFixture api in (ApiFixture[])[one, other])
        {
            await api.InitializeAsync();
            api.Settings["ConnectionStrings:maildb"] = at.ConnectionString;
        }

        ProjectId project = ProjectId.New(DateTimeOffset.UtcNow);
        string unsubscribe = "/unsubscribe/" + await one.Services.GetRequiredService<UnsubscribeLinks>().TokenAsync(new UnsubscribeTarget(project, new MessageId(Guid.NewGuid()), "a@example.com", "", false), CancellationToken.None);
        StringBuilder click = new("/t/c/");
        TrackingLinks.Write(click, await one.Services.GetRequiredService<TrackingLinks>().KeyAsync(CancellationToken.None), project, new MessageId(Guid.NewGuid()), new DeliveryId(Guid.NewGuid()), "https://example.com/page");
        using HttpClient reader = other.CreateClient(new() { AllowAutoRedirect = false });
        way.Cut();

        foreach ((HttpMethod method, string path) in ((HttpMethod, string)[])[(HttpMethod.Get, unsubscribe), (HttpMethod.Post, unsubscribe), (HttpMethod.Get, $"/sender-identities/confirm/{new string('A', 80)}")])
        {
            Assert.Contains("Not available for a moment", await AwayAsync(reader, method, path, "de"), StringComparison.Ordinal);
            Assert.Contains("<html lang=\"fr\">", await AwayAsync(reader, method, path, "fr-CA,en;q=0.5"), StringComparison.Ordinal);
        }

        // A host reads the key of these links soon after its start; from then on they lead on without the database.
        if (!await LeadsOnAsync(reader, click.ToString())) Assert.Contains("<html lang=\"fr\">", await AwayAsync(reader, HttpMethod.Get, click.ToString(), "fr"), StringComparison.Ordinal);
        way.Mend();
        await Eventually.TrueAsync(() => LeadsOnAsync(reader, click.ToString()));
    }

    private static async Task<bool> LeadsOnAsync(HttpClient reader, string click)
    {
        using HttpResponseMessage answer = await reader.GetAsync(new Uri(click, UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location == new Uri("https://example.com/page");
    }

    private static async Task<string> AwayAsync(HttpClient reader, HttpMethod method, string path, string language)
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.Add("Accept-Language", language);
        if (method == HttpMethod.Post) request.Content = new StringContent("List-Unsubscribe=One-Click", Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await reader.SendAsync(request);
        string page = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{path}: {response.StatusCode}: {page}");
        Assert.Equal(("text/html", "no-store"), (response.Content.Headers.ContentType!.MediaType, response.Headers.CacheControl!.ToString()));
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.StartsWith("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        return page;
    }
}

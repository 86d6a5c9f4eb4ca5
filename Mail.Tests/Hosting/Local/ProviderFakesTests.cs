using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Mail.Tests.Hosting.Local;

/// <summary>Who has no account at a provider of mailboxes plays one (BOX-4).</summary>
public sealed class ProviderFakesTests
{
    [Fact]
    public async Task The_AppHost_starts_the_played_providers_when_it_is_asked_to()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
        await using IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mail_AppHost>(["--Mailboxes:Fakes=true", "--Local:Only=provider-fakes"], limit.Token);
        await using DistributedApplication app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("provider-fakes", limit.Token);
        using HttpClient http = app.CreateHttpClient("provider-fakes");

        string page = await http.GetStringAsync(new Uri("/", UriKind.Relative), limit.Token);

        Assert.Contains($"base_url: {http.BaseAddress}sendgrid", page, StringComparison.Ordinal);
    }
}

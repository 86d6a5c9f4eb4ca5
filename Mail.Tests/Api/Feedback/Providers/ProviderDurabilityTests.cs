using System.Net;
using Mail.Core.Feedback.Providers;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Mail.Tests.Api.Feedback.Providers;

public sealed class ProviderDurabilityTests(PostgresFixture postgres)
{
    [Fact]
    public async Task While_the_database_is_away_the_provider_is_asked_to_come_again()
    {
        await using ProviderApi api = new(postgres);
        await api.InitializeAsync();
        NpgsqlConnectionStringBuilder direct = new(api.Api.ConnectionString);
        using TcpForwarder way = new(direct.Host!, direct.Port);
        api.Api.Settings["ConnectionStrings:maildb"] = new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Host = "127.0.0.1", Port = way.Port, Timeout = 3 }.ConnectionString;
        ProviderScene scene = await api.SceneAsync("resend");
        string id = await scene.SentAsync("bob@example.net");
        HookRequest request = scene.Hook.Tell(Happening.Bounced, id, "bob@example.net");

        way.Cut();
        await scene.PostAsync(request, HttpStatusCode.ServiceUnavailable);
        way.Mend();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await scene.PostAsync(request, HttpStatusCode.OK);
                return true;
            }
            catch (Xunit.Sdk.TrueException)
            {
                return false;
            }
        });

        Assert.Equal("bounced", await scene.StateAsync(id, "bob@example.net"));
    }

    [Fact]
    public async Task What_was_taken_is_forgotten_when_the_same_request_would_be_too_old()
    {
        await using ProviderApi api = new(postgres);
        await api.InitializeAsync();
        ProviderScene scene = await api.SceneAsync("mailgun");
        await scene.TellAsync(Happening.Bounced, await scene.SentAsync("bob@example.net"), "bob@example.net");
        NpgsqlDataSource database = scene.Api.Services.GetRequiredService<NpgsqlDataSource>();
        ManualClock clock = new(DateTimeOffset.UtcNow.AddHours(26));
        using ProviderEventMaintenance maintenance = new(database, clock, NullLogger<ProviderEventMaintenance>.Instance);

        await maintenance.RunOnceAsync(CancellationToken.None);
        Assert.Equal(2, await scene.RememberedAsync());
        clock.Advance(TimeSpan.FromHours(2));
        await maintenance.RunOnceAsync(CancellationToken.None);

        Assert.Equal(0, await scene.RememberedAsync());
    }

    [Fact]
    public void What_is_remembered_for_a_shorter_time_than_it_could_be_replayed_is_no_setting()
    {
        ProviderWebhookOptions options = new() { RememberFor = TimeSpan.FromHours(24) };

        Assert.True(new ProviderWebhookOptionsValidator().Validate(null, options).Failed);
        Assert.False(new ProviderWebhookOptionsValidator().Validate(null, new ProviderWebhookOptions()).Failed);
    }
}

using System.Net;
using Mail.ServiceDefaults;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mail.Tests.ServiceDefaults;

public sealed class HealthEndpointTests(PostgresFixture postgres)
{
    [Theory, InlineData("/health"), InlineData("/api/health"), InlineData("/alive")]
    public async Task A_healthy_host_says_so_in_one_word(string path)
    {
        (HttpStatusCode status, string body) = await AskAsync(path, HealthStatus.Healthy);

        Assert.Equal((HttpStatusCode.OK, "Healthy"), (status, body));
    }

    [Theory]
    [InlineData(HealthStatus.Degraded, "/health", HttpStatusCode.OK, "Degraded")]
    [InlineData(HealthStatus.Unhealthy, "/health", HttpStatusCode.ServiceUnavailable, "Unhealthy")]
    [InlineData(HealthStatus.Unhealthy, "/api/health", HttpStatusCode.ServiceUnavailable, "Unhealthy")]
    [InlineData(HealthStatus.Unhealthy, "/alive", HttpStatusCode.OK, "Healthy")]
    public async Task Readiness_follows_every_check_and_liveness_only_the_process(HealthStatus check, string path, HttpStatusCode status, string word)
    {
        (HttpStatusCode answered, string body) = await AskAsync(path, check);

        Assert.Equal((status, word), (answered, body));
    }

    [Fact]
    public async Task A_database_that_answers_is_healthy()
    {
        Dictionary<string, string?> settings = new() { ["ConnectionStrings:db"] = await postgres.CreateDatabaseAsync() };
        (WebApplication app, HttpClient client) = await TestHost.StartAsync(settings, builder => builder.AddMailPostgres<EmptyContext>("db"));
        await using WebApplication running = app;

        Assert.Equal("Healthy", await client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task A_database_that_is_away_is_unhealthy_and_the_body_does_not_say_why()
    {
        Dictionary<string, string?> settings = new() { ["ConnectionStrings:db"] = $"Host=127.0.0.1;Port={FreePort.Next()};Username=u;Password=p;Database=d;Timeout=2" };
        (WebApplication app, HttpClient client) = await TestHost.StartAsync(settings, builder => builder.AddMailPostgres<EmptyContext>("db"));
        await using WebApplication running = app;

        using HttpResponseMessage answer = await client.GetAsync("/health");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(string path, HealthStatus check)
    {
        (WebApplication app, HttpClient client) = await TestHost.StartAsync([], builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("secret of the house", () => new HealthCheckResult(check, "and its reason"));
            // Even where everything else asks for a login.
            builder.Services.AddAuthentication().AddCookie();
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        });
        await using WebApplication running = app;
        using HttpResponseMessage answer = await client.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

public sealed class EmptyContext(DbContextOptions<EmptyContext> options) : DbContext(options);

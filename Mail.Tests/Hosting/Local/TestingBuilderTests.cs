using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Hosting.Local;

/// <summary>A test gets the AppHost's own model, beside others and beside a developer's run, and leaves nothing behind.</summary>
public sealed class TestingBuilderTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Two_applications_run_side_by_side_and_are_gone_after_disposal()
    {
        using CancellationTokenSource limit = new(_limit);
        List<(int Pid, string Folder, string? Connection)> seen = [];
        await using (DistributedApplication first = await StartAsync(["--Local:Only=cache"], limit.Token))
        await using (DistributedApplication second = await StartAsync(["--Local:Only=cache"], limit.Token))
        {
            foreach (DistributedApplication app in (DistributedApplication[])[first, second])
            {
                ResourceEvent cache = await app.ResourceNotifications.WaitForResourceHealthyAsync("cache", limit.Token);
                seen.Add(((int)cache.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!,
                    app.Services.GetRequiredService<LocalHost>().StateFolder, await app.GetConnectionStringAsync("cache", limit.Token)));
            }

            Assert.All(seen, one => Assert.True(Directory.Exists(one.Folder)));
        }

        Assert.Equal(2, seen.Select(one => one.Connection).Distinct().Count());
        Assert.All(seen, one => Assert.False(Directory.Exists(one.Folder)));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Process ids are looked up by kill(2).");
        Assert.All(seen, one => Assert.False(UnixCalls.IsAlive(one.Pid)));
    }

    [Fact]
    public async Task The_model_can_be_changed_before_it_is_built()
    {
        await using IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mail_AppHost>();
        builder.Resources.Remove(builder.Resources.Single(resource => resource.Name == "web"));

        await using DistributedApplication app = await builder.BuildAsync();

        Assert.DoesNotContain(app.Services.GetRequiredService<DistributedApplicationModel>().Resources, resource => resource.Name == "web");
    }

    [Fact]
    public async Task A_builder_that_is_not_used_leaves_no_folder()
    {
        string folder;
        await using (IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mail_AppHost>())
        {
            folder = LocalHost.Of(builder).StateFolder;
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Before_the_start_there_is_no_address_and_an_unknown_name_is_refused()
    {
        await using IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mail_AppHost>();
        await using DistributedApplication app = await builder.BuildAsync();

        Assert.Throws<InvalidOperationException>(() => app.GetEndpoint("api"));
        Assert.Throws<ArgumentException>(() => app.GetEndpoint("nobody"));
        Assert.Throws<ArgumentException>(() => app.GetEndpoint("api", "gopher"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await app.GetConnectionStringAsync("api"));
    }

    [Fact]
    public async Task The_whole_system_comes_up_and_goes_away()
    {
        using CancellationTokenSource limit = new(_limit);
        List<int> pids = [];
        await using (DistributedApplication app = await StartAsync([], limit.Token))
        {
            foreach (string name in (string[])["postgres", "maildb", "cache", "mailpit", "api", "worker", "web"])
            {
                ResourceEvent ready = await app.ResourceNotifications.WaitForResourceHealthyAsync(name, limit.Token);
                if (ready.Snapshot.Pid is { } pid) pids.Add(pid);
            }

            foreach (string name in (string[])["api", "web"])
            {
                using HttpClient client = app.CreateHttpClient(name);
                Assert.True((await client.GetAsync("/health", limit.Token)).IsSuccessStatusCode);
                Assert.NotInRange(client.BaseAddress!.Port, 5100, 5180); // a developer's ports are left alone
            }
        }

        Assert.Equal(6, pids.Count);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Process ids are looked up by kill(2).");
        Assert.All(pids, pid => Assert.False(UnixCalls.IsAlive(pid)));
    }

    private static async Task<DistributedApplication> StartAsync(string[] arguments, CancellationToken ct)
    {
        IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mail_AppHost>(arguments, ct);
        DistributedApplication app = await builder.BuildAsync(ct);
        await app.StartAsync(ct);
        return app;
    }
}

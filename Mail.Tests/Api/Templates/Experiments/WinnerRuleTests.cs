using System.Net;
using System.Text.Json;
using Mail.Core.Templates.Experiments;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Templates.Experiments;

public sealed class WinnerRuleTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Ruled = """{"name":"x","arms":[{"name":"a","version":1},{"name":"b","version":2}],"rule":{"metric":"opened","minimum_recipients":100,"after_hours":2,"otherwise":"OTHERWISE"}}""";

    [Fact]
    public async Task Several_workers_choose_once_and_publish_the_winner()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(api);
        string id = await scene.StartedAsync(Ruled.Replace("OTHERWISE", "continue", StringComparison.Ordinal));
        await scene.FillAsync(id, ("a", 200, 40), ("b", 210, 90));
        await AgeAsync(scene, id);

        bool[] ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunAsync())));

        Assert.Equal(1, ran.Count(one => one));
        JsonElement experiment = await scene.ExperimentAsync(id);
        Assert.Equal(("concluded", "b", "rule"), (experiment.GetProperty("status").GetString(), experiment.GetProperty("winner").GetString(), experiment.GetProperty("ended_by").GetString()));
        Assert.Contains("`b` 42.9 % of 210, `a` 20.0 % of 200: p = under 0.0001.", experiment.GetProperty("rule_outcome").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("v2", await scene.SubjectAsync(await scene.SendAsync("x@example.com")));
        Assert.Equal(2, (await scene.Client.GetAsync("/templates/welcome", HttpStatusCode.OK)).GetProperty("published_version").GetInt32());
    }

    [Fact]
    public async Task It_waits_for_its_time_and_for_enough_people_in_each_arm()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(api);
        string id = await scene.StartedAsync(Ruled.Replace("OTHERWISE", "stop", StringComparison.Ordinal));
        await scene.FillAsync(id, ("a", 200, 20), ("b", 99, 90));

        Assert.False(await RunAsync()); // not yet its time
        await AgeAsync(scene, id);
        Assert.True(await RunAsync()); // too few in b
        Assert.False(await RunAsync()); // and not again at once
        Assert.Equal(("running", JsonValueKind.Null), ((await scene.ExperimentAsync(id)).GetProperty("status").GetString(), (await scene.ExperimentAsync(id)).GetProperty("rule_outcome").ValueKind));

        await scene.ExecuteAsync($"UPDATE experiments SET rule_looked_at = now() - interval '10 minutes' WHERE id = '{id}'");
        await FillMoreAsync(scene, id);
        Assert.True(await RunAsync());
        Assert.Equal("concluded", (await scene.ExperimentAsync(id)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("continue", "running"), InlineData("stop", "stopped")]
    public async Task Finding_nothing_is_said_and_it_goes_on_or_ends_as_declared(string otherwise, string status)
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(api);
        string id = await scene.StartedAsync(Ruled.Replace("OTHERWISE", otherwise, StringComparison.Ordinal));
        await scene.FillAsync(id, ("a", 200, 40), ("b", 200, 44));
        await AgeAsync(scene, id);

        Assert.True(await RunAsync());

        JsonElement experiment = await scene.ExperimentAsync(id);
        Assert.Equal((status, JsonValueKind.Null), (experiment.GetProperty("status").GetString(), experiment.GetProperty("winner").ValueKind));
        Assert.Equal(JsonValueKind.Null, experiment.GetProperty("rule_outcome").GetProperty("arm").ValueKind);
        Assert.StartsWith("No arm is above `a`, or below it, by more than chance explains", experiment.GetProperty("rule_outcome").GetProperty("reason").GetString(), StringComparison.Ordinal);
        await scene.FillAsync(id, ("b", 100, 100));
        await AgeAsync(scene, id);
        Assert.False(await RunAsync()); // it looks once
    }

    [Fact]
    public async Task Shares_that_cannot_be_chance_choose_nobody()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(api);
        string id = await scene.StartedAsync(Ruled.Replace("OTHERWISE", "stop", StringComparison.Ordinal));
        await scene.FillAsync(id, ("a", 400, 40), ("b", 200, 150));
        await AgeAsync(scene, id);

        Assert.True(await RunAsync());

        Assert.Equal(("stopped", 2), ((await scene.ExperimentAsync(id)).GetProperty("status").GetString(), (await scene.Client.GetAsync("/templates/welcome", HttpStatusCode.OK)).GetProperty("published_version").GetInt32()));
    }

    /// <summary>The loop in the worker itself.</summary>
    [Fact]
    public async Task A_worker_applies_rules()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(api);
        string id = await scene.StartedAsync(Ruled.Replace("OTHERWISE", "stop", StringComparison.Ordinal));
        await scene.FillAsync(id, ("a", 200, 100), ("b", 200, 40));
        await AgeAsync(scene, id);
        ServiceCollection services = new();
        services.AddSingleton(api.Database).AddSingleton(TimeProvider.System).AddLogging().AddWinnerRules();
        await using ServiceProvider provider = services.BuildServiceProvider();
        Microsoft.Extensions.Hosting.IHostedService loop = provider.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Single();

        await loop.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => (await scene.ExperimentAsync(id)).GetProperty("winner").ValueKind == JsonValueKind.String);
        await loop.StopAsync(CancellationToken.None);

        Assert.Equal(("a", 1), ((await scene.ExperimentAsync(id)).GetProperty("winner").GetString(), (await scene.Client.GetAsync("/templates/welcome", HttpStatusCode.OK)).GetProperty("published_version").GetInt32()));
    }

    private async Task<bool> RunAsync()
    {
        ServiceCollection services = new();
        services.AddSingleton(api.Database).AddSingleton(TimeProvider.System).AddLogging().AddWinnerRules();
        await using ServiceProvider provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<WinnerRules>().RunNextAsync(CancellationToken.None);
    }

    private static Task AgeAsync(ExperimentScene scene, string id) => scene.ExecuteAsync($"UPDATE experiments SET started_at = now() - interval '3 hours' WHERE id = '{id}'");

    private static Task FillMoreAsync(ExperimentScene scene, string id) => scene.ExecuteAsync($"""
        WITH mail AS (
            INSERT INTO experiment_messages (project_id, message_id, experiment_id, arm, person) SELECT project_id, gen_random_uuid(), id, 'b', n FROM experiments, generate_series(1, 80) n WHERE id = '{id}' RETURNING project_id, message_id
        )
        INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at) SELECT project_id, message_id, gen_random_uuid(), 'x@example.com', 'to', 'sent', 1, now() FROM mail
        """);
}

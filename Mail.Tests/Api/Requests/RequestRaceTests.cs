using System.Net;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Requests;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Requests;

/// <summary>Random commands on one request, at once, on the real tables: decide by either of two mails' links, take back, mail again, remind and expire in every order.</summary>
public sealed class RequestRaceTests(PostgresFixture postgres)
{
    private const string Ask = """{"title":"T","choices":[{"key":"yes","label":"Yes"},{"key":"no","label":"No"}],"person":{"email":"jo@example.org"},"deadline":"2026-06-01T14:00:00Z","reminders":[{"minutes_before":30}]}""";

    private static readonly string[] _ends = ["decided", "expired", "canceled"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_comes_at_once_a_request_ends_once_and_is_told_once_and_each_change_has_one_mail(int seed)
    {
        await using FlowScene scene = await FlowScene.StartAsync(postgres, new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), work: false);
        Random random = new(seed);
        List<(string Id, List<string> Links)> requests = [];
        await scene.WorkAsync();
        const int Count = 12;
        for (int i = 0; i < Count; i++)
        {
            string id = (await scene.Client.PostAsync("/requests", Ask, HttpStatusCode.Created)).GetProperty("id").GetString()!;
            requests.Add((id, FlowScene.LinksIn((await scene.MailsAsync(i + 1))[^1])));
        }

        await scene.StopWorkAsync(); // from here on timers are told by the test, at once with all else
        ProjectId project = await ProjectAsync(scene);
        foreach ((string id, List<string> links) in requests)
        {
            // At, or just before, the deadline: what is too early or too late is refused.
            bool atDeadline = random.Next(2) == 0;
            TimeSpan to = new DateTimeOffset(2026, 6, 1, atDeadline ? 14 : 13, atDeadline ? 0 : 59, 0, TimeSpan.Zero) - scene.Clock.GetUtcNow();
            scene.Clock.Advance(to);
            Func<Task>[] all =
            [
                () => scene.PageAsync(links[0], "choice=yes"), () => scene.PageAsync(links[1], "choice=no"), () => scene.PageAsync(links[1], "choice=yes"),
                () => AskAsync(scene, $"/requests/{id}/cancel"), () => AskAsync(scene, $"/requests/{id}/resend"), () => AskAsync(scene, $"/requests/{id}/resend"),
                () => TimerAsync(scene, project, id, (request, now) => request.Expire(now)), () => TimerAsync(scene, project, id, (request, now) => request.Remind(0, now)),
            ];
            random.Shuffle(all);
            await Task.WhenAll(all.Take(random.Next(2, all.Length + 1)).Select(one => Task.Run(one)));
        }

        foreach ((string id, _) in requests)
        {
            JsonElement request = await scene.Client.GetAsync($"/requests/{id}", HttpStatusCode.OK);
            string state = request.GetProperty("state").GetString()!;
            List<string> history = FlowScene.HistoryOf(request);
            Assert.Equal(state == "pending" ? [] : [state], history.Where(_ends.Contains));
            if (state != "pending") Assert.Equal(state, history.Last(what => what is not ("mailed" or "opened")));
            Assert.Equal(state == "decided", request.GetProperty("decision").ValueKind is JsonValueKind.Object);
            Assert.Equal(history.Count(what => what is "created" or "resent" or "reminded" or "expired"), history.Count(what => what == "mailed"));
            Assert.Equal(state == "pending" ? 0 : 1, await scene.Api.CountAsync($"webhook_queue WHERE payload ->> 'id' = '{id}'"));
            Assert.Equal(state == "decided" ? 1 : 0, await scene.Api.CountAsync($"action_links WHERE group_name = 'request/{id}' AND used_at IS NOT NULL"));
        }

        Assert.Equal(await scene.Api.CountAsync("flow_history WHERE what = 'mailed'"), await scene.Api.CountAsync("messages"));
    }

    /// <summary>As the bus hands a timer over.</summary>
    private static async Task TimerAsync(FlowScene scene, ProjectId project, string id, Func<DecisionRequest, DateTimeOffset, Result<RequestChange>> what)
    {
        await using AsyncServiceScope scope = scene.Api.Services.CreateAsyncScope();
        await using NpgsqlConnection connection = await scene.Api.Database.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await scope.ServiceProvider.GetRequiredService<RequestFlow>().ChangeAsync(connection, project, null, Guid.Parse(id), what, FlowActor.Timer, CancellationToken.None);
        await transaction.CommitAsync();
    }

    private static async Task AskAsync(FlowScene scene, string path)
    {
        using HttpResponseMessage response = await scene.Client.PostAsync(new Uri(path, UriKind.Relative), ApiFixture.Json(""));
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests, $"{path}: {response.StatusCode}");
    }

    private static async Task<ProjectId> ProjectAsync(FlowScene scene)
    {
        await using NpgsqlCommand command = scene.Api.Database.CreateCommand("SELECT id FROM projects");
        return new ProjectId((Guid)(await command.ExecuteScalarAsync())!);
    }
}

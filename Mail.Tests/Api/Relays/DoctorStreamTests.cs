using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Api.Relays;
using Mail.Core.Common;
using Mail.Core.Relays.Doctor;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Mail.Tests.Api.Relays;

public sealed class DoctorStreamTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_step_is_told_when_it_ends_and_not_when_all_have()
    {
        TaskCompletionSource rest = new();
        DefaultHttpContext context = new();
        using MemoryStream body = new();
        context.Response.Body = body;

        Task stream = new DoctorEvents(new ProjectId(Guid.NewGuid()), ExamineAsync, "en").ExecuteAsync(context);
        await Eventually.TrueAsync(() => Task.FromResult(TextOf(body).Contains("\n\n", StringComparison.Ordinal)));
        string early = TextOf(body);
        rest.SetResult();
        await stream;

        Assert.StartsWith("event: step\ndata: {\"name\":\"dns\",\"status\":\"ok\"", early, StringComparison.Ordinal);
        Assert.DoesNotContain("connect", early, StringComparison.Ordinal);
        Assert.Equal(["step", "step", "report"], Events(TextOf(body)).Select(one => one.Name));
        Assert.Equal("text/event-stream", context.Response.ContentType);

        async Task<DoctorReport> ExamineAsync(Action<DoctorStep>? told)
        {
            DoctorStep first = new("dns", StepStatus.Ok, TimeSpan.FromMilliseconds(3), "192.0.2.7"), second = new("connect", StepStatus.Ok, TimeSpan.FromMilliseconds(5), "open");
            told!(first);
            await rest.Task;
            told(second);
            return new DoctorReport("main", [first, second]);
        }
    }

    [Fact]
    public async Task Another_examination_at_the_same_time_is_refused_as_in_one_piece()
    {
        ProjectId project = new(Guid.NewGuid());
        TaskCompletionSource<DoctorReport> under = new();
        Task<Result<DoctorAnswer>> first = DoctorAnswer.OfAsync(project, () => under.Task, "en");
        DefaultHttpContext context = new();
        using MemoryStream body = new();
        context.Response.Body = body;

        await new DoctorEvents(project, _ => under.Task, "en").ExecuteAsync(context);
        under.SetResult(new DoctorReport("main", []));
        await first;

        Assert.Equal(429, context.Response.StatusCode);
        Assert.Contains("rate_limit_exceeded", TextOf(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_events_gets_the_steps_and_the_same_report_as_others()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = (await client.PostAsync("/relays", """{"name":"box","kind":"capture"}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

        using HttpResponseMessage answer = await AskAsync(client, $"/relays/{id}/doctor", "{}");
        List<(string Name, JsonElement Data)> events = Events(await answer.Content.ReadAsStringAsync());
        JsonElement whole = await client.PostAsync($"/relays/{id}/doctor", "{}", HttpStatusCode.OK);

        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        JsonElement report = events[^1].Data;
        Assert.Equal(("report", "doctor_report", "box"), (events[^1].Name, report.GetProperty("object").GetString(), report.GetProperty("relay").GetString()));
        Assert.Equal(Names(report), events[..^1].Select(one => one.Data.GetProperty("name").GetString()));
        Assert.Equal(Names(whole), Names(report));
    }

    [Fact]
    public async Task What_is_refused_is_refused_before_any_event()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = (await client.PostAsync("/relays", """{"name":"box","kind":"capture"}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

        using HttpResponseMessage wrong = await AskAsync(client, $"/relays/{id}/doctor", """{"to":"nobody"}"""), unknown = await AskAsync(client, $"/relays/{Guid.NewGuid()}/doctor", "{}");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound), (wrong.StatusCode, unknown.StatusCode));
        Assert.Contains("`to`", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string path, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = ApiFixture.Json(body) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        return await client.SendAsync(request);
    }

    private static IEnumerable<string?> Names(JsonElement report) => report.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString());

    private static string TextOf(MemoryStream body) => Encoding.UTF8.GetString(body.ToArray());

    private static List<(string Name, JsonElement Data)> Events(string text) =>
    [
        .. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('\n')).Select(lines => (lines[0]["event: ".Length..], JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement)),
    ];
}

using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Feedback.Providers;

/// <summary>SendGrid tells many things in one request.</summary>
public sealed class SendGridBatchTests(ProviderApi api) : IClassFixture<ProviderApi>
{
    [Fact]
    public async Task A_thousand_events_are_recorded_in_few_statements()
    {
        ProviderScene scene = await api.SceneAsync("sendgrid");
        string[][] recipients = [.. Enumerable.Range(0, 20).Select(message => Enumerable.Range(0, 50).Select(number => $"r{message}-{number}@example.net").ToArray())];
        List<string> events = [];
        List<string> ids = [];
        foreach (string[] to in recipients)
        {
            string id = await scene.SentAsync(to);
            ids.Add(id);
            events.AddRange(to.Select((one, number) => SendGridHook.One((Happening)(number % 5), id, one, DateTimeOffset.UtcNow)));
        }

        int statements = 0;
        ActivityTraceId trace = ActivityTraceId.CreateRandom(); // the host has loops of its own that ask the database meanwhile
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore", Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => { if (activity.Source.Name == "Npgsql" && activity.TraceId == trace) Interlocked.Increment(ref statements); },
        };
        ActivitySource.AddActivityListener(listener);
        HookRequest told = scene.Hook.Sign($"[{string.Join(',', events)}]", DateTimeOffset.UtcNow);
        JsonElement answer = await scene.PostAsync(told with { Headers = [.. told.Headers, ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01")] }, HttpStatusCode.OK);
        int used = statements;

        Assert.Equal((1000, 600, 400, 0), (answer.GetProperty("events").GetInt32(), answer.GetProperty("changed").GetInt32(), answer.GetProperty("told").GetInt32(), answer.GetProperty("unmatched").GetInt32()));
        Assert.InRange(used, 1, 10);
        Assert.Equal("delivered", await scene.StateAsync(ids[3], "r3-0@example.net"));
        Assert.Equal("bounced", await scene.StateAsync(ids[19], "r19-2@example.net"));
        Assert.Equal(1001, await scene.RememberedAsync());
    }

    /// <summary>What a recipient's server answers stands in a provider's event: it must not undo what the same request says of others.</summary>
    [Fact]
    public async Task A_NUL_in_one_event_costs_none_of_the_others()
    {
        ProviderScene scene = await api.SceneAsync("sendgrid");
        string bounced = await scene.SentAsync("bob@example.net"), clicked = await scene.SentAsync("eve@example.net"), delayed = await scene.SentAsync("kim@example.net");
        DateTimeOffset at = DateTimeOffset.UtcNow;
        string[] events =
        [
            SendGridHook.One(Happening.Bounced, bounced, "bob@example.net", at).Replace("Invalid Address", "Invalid\\u0000", StringComparison.Ordinal).Replace("does not exist", "does\\u0000not", StringComparison.Ordinal),
            SendGridHook.One(Happening.Clicked, clicked, "eve@example.net", at).Replace("?a=1", "?a=\\u0000", StringComparison.Ordinal),
            SendGridHook.One(Happening.Delayed, delayed, "kim@example.net", at).Replace("Greylisted", "Grey\\u0000listed", StringComparison.Ordinal),
        ];

        JsonElement answer = await scene.PostAsync(scene.Hook.Sign($"[{string.Join(',', events)}]", at), HttpStatusCode.OK);

        Assert.Equal((1, 2), (answer.GetProperty("changed").GetInt32(), answer.GetProperty("told").GetInt32()));
        Assert.Equal("bounced", await scene.StateAsync(bounced, "bob@example.net"));
    }

    [Fact]
    public async Task Several_things_about_one_recipient_happen_in_their_order()
    {
        ProviderScene scene = await api.SceneAsync("sendgrid");
        string id = await scene.SentAsync("bob@example.net");
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string[] events =
        [
            SendGridHook.One(Happening.Complained, id, "bob@example.net", now.AddSeconds(-1)), SendGridHook.One(Happening.Delivered, id, "bob@example.net", now.AddSeconds(-20)),
            SendGridHook.One(Happening.Delayed, id, "bob@example.net", now.AddSeconds(-40)), SendGridHook.One(Happening.Delivered, id, "bob@example.net", now.AddSeconds(-19)),
        ];

        JsonElement answer = await scene.PostAsync(scene.Hook.Sign($"[{string.Join(',', events)}]", now), HttpStatusCode.OK);

        Assert.Equal((4, 2, 1), (answer.GetProperty("events").GetInt32(), answer.GetProperty("changed").GetInt32(), answer.GetProperty("told").GetInt32()));
        Assert.Equal("complained", await scene.StateAsync(id, "bob@example.net"));
        Assert.Equal(["email.complained", "email.delivered", "email.delivery_delayed"], (await scene.EventsAsync(id)).Select(one => one.Type).Where(type => type.StartsWith("email.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_event_that_comes_again_in_another_request_under_another_id_counts_once()
    {
        ProviderScene scene = await api.SceneAsync("sendgrid");
        string id = await scene.SentAsync("bob@example.net");
        DateTimeOffset at = DateTimeOffset.UtcNow;
        await scene.PostAsync(scene.Hook.Sign($"[{SendGridHook.One(Happening.Clicked, id, "bob@example.net", at)}]", at), HttpStatusCode.OK);

        string again = SendGridHook.One(Happening.Clicked, id, "bob@example.net", at), other = SendGridHook.One(Happening.Delivered, id, "bob@example.net", at);
        JsonElement both = await scene.PostAsync(scene.Hook.Sign($"[{again},{other}]", at), HttpStatusCode.OK);
        await scene.PostAsync(scene.Hook.Sign($"[{again}]", at.AddSeconds(1)), HttpStatusCode.Conflict);

        Assert.Equal((1, 0), (both.GetProperty("changed").GetInt32(), both.GetProperty("told").GetInt32()));
        Assert.Single(await scene.EventsAsync(id), one => one.Type == "email.clicked");
    }

    [Fact]
    public async Task What_is_too_early_comes_again_and_the_rest_is_recorded_at_once()
    {
        ProviderScene scene = await api.SceneAsync("sendgrid");
        string ready = await scene.SentAsync("bob@example.net"), early = await scene.AcceptedAsync("eve@example.net");
        await scene.ExecuteAsync($"UPDATE deliveries SET state = 'sending', lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute' WHERE message_id = '{early}'");
        DateTimeOffset at = DateTimeOffset.UtcNow;
        HookRequest request = scene.Hook.Sign($"[{SendGridHook.One(Happening.Bounced, ready, "bob@example.net", at)},{SendGridHook.One(Happening.Bounced, early, "eve@example.net", at)}]", at);

        await scene.PostAsync(request, HttpStatusCode.ServiceUnavailable);
        Assert.Equal("bounced", await scene.StateAsync(ready, "bob@example.net"));
        await scene.FinishAsync(early);
        await scene.PostAsync(request, HttpStatusCode.OK);
        await scene.PostAsync(request, HttpStatusCode.Conflict);

        Assert.Equal("bounced", await scene.StateAsync(early, "eve@example.net"));
        Assert.Single(await scene.EventsAsync(ready), one => one.Type == "email.bounced");
    }
}

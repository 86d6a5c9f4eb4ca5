using System.Net.ServerSentEvents;

namespace Mail.Tests.Api.Live;

/// <summary>GET /live: who looks hears within two seconds that there is news, of their own project alone.</summary>
public sealed class LiveTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Mail = """{"from":"a@example.com","to":"b@example.net","subject":"s","text":"t"}""";

    [Fact]
    public async Task A_message_is_told_to_all_who_listen_in_its_project_and_to_nobody_else()
    {
        string key = await api.AddProjectAsync();
        await using Ear one = await Ear.OpenAsync(api.ClientWith(key)), two = await Ear.OpenAsync(api.ClientWith(key)), other = await Ear.OpenAsync(api.ClientWith(await api.AddProjectAsync()));
        using HttpClient sender = api.ClientWith(key);

        await Task.Delay(1500, TestContext.Current.CancellationToken); // the first look
        await sender.PostAsync("/emails", Mail, System.Net.HttpStatusCode.OK);

        Assert.Equal("messages", await one.NewsAsync());
        Assert.Equal("messages", await two.NewsAsync());
        Assert.False(other.HasNews);
    }

    [Fact]
    public async Task What_becomes_of_a_message_is_told()
    {
        string key = await api.AddProjectAsync();
        using HttpClient sender = api.ClientWith(key);
        Guid id = (await sender.PostAsync("/emails", Mail, System.Net.HttpStatusCode.OK)).GetProperty("id").GetGuid();
        await using Ear ear = await Ear.OpenAsync(api.ClientWith(key));
        await Task.Delay(1500, TestContext.Current.CancellationToken);

        await api.ScalarAsync<Guid>($"INSERT INTO events (project_id, message_id, id, type, created_at, recipient, relay) SELECT project_id, id, gen_random_uuid(), 'email.sent', now(), 'b@example.net', 'main' FROM messages WHERE id = '{id}' RETURNING id");

        Assert.Equal("messages", await ear.NewsAsync());
    }

    [Fact]
    public async Task Test_keys_and_strangers_hear_nothing()
    {
        using HttpClient test = api.ClientWith(await api.AddProjectAsync("mk_test_")), nobody = api.ClientWith(null);

        await test.GetAsync("/live", System.Net.HttpStatusCode.Forbidden);
        await nobody.GetAsync("/live", System.Net.HttpStatusCode.Unauthorized);
    }

    private sealed class Ear(HttpClient client, HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private Task<string>? _next;

        public bool HasNews => (_next ??= ReadAsync()).IsCompleted;

        public static async Task<Ear> OpenAsync(HttpClient client)
        {
            HttpResponseMessage answer = await client.GetAsync(new Uri("/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
            IAsyncEnumerator<SseItem<string>> events = SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
            Assert.Equal("still", events.Current.EventType);
            return new Ear(client, answer, events);
        }

        public Task<string> NewsAsync() => (_next ??= ReadAsync()).WaitAsync(TimeSpan.FromSeconds(20));

        public async ValueTask DisposeAsync()
        {
            answer.Dispose();
            client.Dispose();
            await _end.CancelAsync();
            _end.Dispose();
        }

        private async Task<string> ReadAsync()
        {
            while (await events.MoveNextAsync())
            {
                if (events.Current.EventType == "news") return events.Current.Data;
            }

            return "the end";
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Mail.Tests.Support;

namespace Mail.Tests.EndToEnd;

/// <summary>Nothing that was accepted is lost, whatever dies.</summary>
[Trait("Category", "E2E")]
public sealed class CrashTests : IAsyncLifetime
{
    /// <summary>What one worker may hold: the lease is short so that the test need not wait for the usual minute.</summary>
    private const int Leased = 200;

    private SmtpSink _sink = null!;
    private RunningMail _mail = null!;

    public async ValueTask InitializeAsync()
    {
        _sink = SmtpSink.Start();
        _mail = await RunningMail.StartAsync(
            ("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", $"{_sink.Port}"), ("SMTP_TLS", "none"), ("Delivery__Lease", "00:00:10"));
    }

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Kill_9_of_a_worker_amid_500_messages_loses_none_and_doubles_only_what_it_held()
    {
        // each transaction takes a moment, so that the worker dies amid its work
        _sink.Script = step => step.Stage is SmtpSinkStage.EndOfData ? SmtpSinkAction.TakeAfter(TimeSpan.FromMilliseconds(20)) : null;
        string[] ids = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => _mail.SendAsync(Message($"worker-{i}@example.net"))));
        await _sink.WaitForAsync(50, TimeSpan.FromSeconds(30));

        await _mail.KillAsync("worker");

        await _sink.WaitForAsync(messages => IdsIn(messages).Distinct().Count() == 500, TimeSpan.FromSeconds(90), () => $"{IdsIn(_sink.Messages).Distinct().Count()} of 500 came.");
        AssertAllCame(ids, Leased);
        await AssertAllSentAsync(ids);
    }

    [Fact]
    public async Task Kill_9_of_the_api_right_after_an_answer_loses_nothing()
    {
        string id = await _mail.SendAsync(Message("answered@example.net"));
        await _mail.KillAsync("api");

        await _sink.WaitForAsync(1, TimeSpan.FromSeconds(30));

        Assert.Equal([id], IdsIn(_sink.Messages));
        await _mail.CommandAsync("api", KnownResourceCommands.StartCommand);
        await _mail.WaitForHealthyAsync("api");
        await AssertAllSentAsync([id]);
    }

    [Fact]
    public async Task A_restart_of_postgresql_under_load_loses_no_accepted_message()
    {
        ConcurrentBag<string> accepted = [];
        using CancellationTokenSource stop = new();
        Task[] senders = [.. Enumerable.Range(0, 8).Select(n => SendUntilAsync($"sender-{n}", accepted, stop.Token))];
        await Task.Delay(TimeSpan.FromSeconds(2));

        await _mail.CommandAsync("postgres", "restart");
        await _mail.WaitForHealthyAsync("postgres");

        await Task.Delay(TimeSpan.FromSeconds(3));
        await stop.CancelAsync();
        await Task.WhenAll(senders);
        await _sink.WaitForAsync(messages => accepted.ToHashSet().IsSubsetOf(IdsIn(messages)), TimeSpan.FromSeconds(90), () => $"{accepted.Except(IdsIn(_sink.Messages)).Count()} of {accepted.Count} did not come.");
        Assert.NotEmpty(accepted);
        AssertAllCame([.. accepted], 2 * Leased);
    }

    /// <summary>Posts one message after the other; a 503 or a lost connection is an honest refusal, anything else is not.</summary>
    private async Task SendUntilAsync(string name, ConcurrentBag<string> accepted, CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            using HttpResponseMessage response = await _mail.Api.PostAsJsonAsync(new Uri("/emails", UriKind.Relative), Message($"{name}-{i}@example.net"), CancellationToken.None);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable) continue;
            string body = await response.Content.ReadAsStringAsync(CancellationToken.None);
            Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {body}");
            accepted.Add(JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!);
        }
    }

    private static object Message(string to) => new { from = "a@example.com", to, subject = "s", text = "t" };

    private static IEnumerable<string> IdsIn(IReadOnlyList<SmtpSinkMessage> messages) => messages.Select(MessageIds.Of);

    private void AssertAllCame(IReadOnlyCollection<string> ids, int mostDoubles)
    {
        List<string> came = [.. IdsIn(_sink.Messages)];
        Assert.Empty(ids.Except(came));
        Assert.InRange(came.Count - came.Distinct().Count(), 0, mostDoubles);
    }

    private async Task AssertAllSentAsync(IEnumerable<string> ids)
    {
        foreach (string id in ids)
            await RunningMail.EventuallyAsync(() => _mail.GetEmailAsync(id), answer => answer.GetProperty("last_event").GetString() == "sent", TimeSpan.FromSeconds(60));
    }
}

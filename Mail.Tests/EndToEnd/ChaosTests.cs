using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Mail.Tests.Support;

namespace Mail.Tests.EndToEnd;

/// <summary>Everything dies, again and again, while mail flows. Minutes long: `./test.sh --slow`.</summary>
[Trait("Category", "Chaos")]
public sealed class ChaosTests : IAsyncLifetime
{
    private const int Batches = 50;
    private const int PerBatch = 100;

    private SmtpSink _sink = null!;
    private RunningMail _mail = null!;

    public async ValueTask InitializeAsync()
    {
        _sink = SmtpSink.Start();
        _mail = await RunningMail.StartAsync(("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", $"{_sink.Port}"), ("SMTP_TLS", "none"), ("Delivery__Lease", "00:00:10"));
    }

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Five_thousand_messages_outlive_dying_workers_a_restarted_database_and_a_relay_that_comes_and_goes()
    {
        HashSet<string> accepted = [];
        int refusals = 0;
        for (int batch = 0; batch < Batches; batch++)
        {
            if (batch % 10 == 3) await KillAndStartAsync("worker");
            if (batch == 20) await _mail.CommandAsync("postgres", KnownResourceCommands.RestartCommand);
            if (batch == 30) await _sink.PauseAsync();
            if (batch == 35) _sink.Resume();
            object[] messages = [.. Enumerable.Range(0, PerBatch).Select(i => new { from = "a@example.com", to = $"chaos-{batch}-{i}@example.net", subject = "s", text = "t" })];

            // The same key again until there is an answer: a refusal stored nothing, or what it stored is what the next answer names.
            while (!await SendAsync(messages, $"batch-{batch}", accepted)) refusals++;
        }

        await _sink.WaitForAsync(
            messages => accepted.IsSubsetOf(IdsIn(messages)), TimeSpan.FromMinutes(5), () => $"{accepted.Except(IdsIn(_sink.Messages)).Count()} of {accepted.Count} did not come.");
        List<string> came = [.. IdsIn(_sink.Messages)];
        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted.Count} accepted, {refusals} refusals on the way, {came.Distinct().Count()} arrived, {came.Count - came.Distinct().Count()} of them twice.");
        Assert.Equal(Batches * PerBatch, accepted.Count);
        Assert.Empty(came.Except(accepted));
    }

    private async Task<bool> SendAsync(object[] messages, string key, HashSet<string> accepted)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/emails/batch") { Content = JsonContent.Create(messages) };
        request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage response = await _mail.Api.SendAsync(request);
        if (response.StatusCode is System.Net.HttpStatusCode.ServiceUnavailable) return false;
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.True(response.IsSuccessStatusCode, answer.GetRawText());
        accepted.UnionWith(answer.GetProperty("data").EnumerateArray().Select(created => created.GetProperty("id").GetString()!));
        return true;
    }

    private async Task KillAndStartAsync(string resource)
    {
        string killed = await _mail.KillAsync(resource);
        await _mail.CommandAsync(killed, KnownResourceCommands.StartCommand);
    }

    private static IEnumerable<string> IdsIn(IReadOnlyList<SmtpSinkMessage> messages) => messages.Select(MessageIds.Of);
}

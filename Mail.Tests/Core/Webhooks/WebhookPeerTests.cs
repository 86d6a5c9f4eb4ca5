using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Webhooks;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Webhooks;

/// <summary>What we send, in the hands of the libraries and the samples by which others receive it.</summary>
public sealed partial class WebhookPeerTests(PostgresFixture postgres)
{
    private static string Sdk => Repository.Path("Mail.Tests", "EndToEnd", "sdk");

    [Fact]
    public async Task The_libraries_of_Standard_Webhooks_and_Resend_take_what_is_ours_and_refuse_it_altered_late_or_under_another_id()
    {
        SkipWithoutPackages();
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        scene.Clock.Advance(DateTimeOffset.UtcNow - scene.Clock.GetUtcNow()); // the libraries look at the real clock
        WebhookWithSecret old = await scene.AddWebhookAsync();
        WebhookWithSecret fresh = (await scene.Setup.RotateAsync(WebhookScene.Project, old.Webhook.Id, CancellationToken.None)).Value;
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync("Grüße & <b>\u2028🎉"), "email.bounced");
        await scene.SettleAsync();
        Received received = Assert.Single(scene.Receiver.All);

        foreach (string secret in (string[])[old.Secret, fresh.Secret]) // each is one of the two that sign
        {
            using Process node = Start("node", [Path.Combine(Sdk, "verify-webhook.mjs")]);
            await node.StandardInput.WriteAsync(JsonSerializer.Serialize(new { secret, headers = received.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value), body = received.Body }));
            node.StandardInput.Close();
            string output = await node.StandardOutput.ReadToEndAsync(), error = await node.StandardError.ReadToEndAsync();
            await node.WaitForExitAsync();
            Assert.True(node.ExitCode == 0, error);
            JsonElement said = JsonDocument.Parse(output).RootElement;
            foreach (string library in (string[])["standard", "resend"])
                Assert.Equal("Grüße & <b>\u2028🎉", said.GetProperty(library).GetProperty("data").GetProperty("subject").GetString());
            Assert.Equal(6, said.GetProperty("refused").EnumerateArray().Count(refused => refused.GetBoolean()));
        }
    }

    [Theory, InlineData("js"), InlineData("python")]
    public async Task The_guides_receiver_takes_our_events_and_acts_once(string language)
    {
        if (language == "js") SkipWithoutPackages();
        else Assert.SkipUnless(File.Exists("/usr/bin/python3"), "there is no Python");
        string code = Blocks().Matches(await File.ReadAllTextAsync(Repository.Path("docs", "guides", "webhooks.md"))).Single(block => block.Groups["language"].Value == language).Groups["code"].Value;
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        scene.Clock.Advance(DateTimeOffset.UtcNow - scene.Clock.GetUtcNow());
        int port = FreePort.Next();
        WebhookWithSecret webhook = await scene.AddWebhookAsync(endpoint: $"http://127.0.0.1:{port}/");
        ProcessStartInfo start = language == "js" ? Info("node", ["--input-type=module", "-e", code]) : Info("/usr/bin/python3", ["-c", code]);
        start.WorkingDirectory = Sdk;
        start.Environment["PORT"] = $"{port}";
        start.Environment["MAIL_WEBHOOK_SECRET"] = webhook.Secret;
        using Process receiver = Process.Start(start)!;
        try
        {
            await Eventually.TrueAsync(() => IsListeningAsync(port));
            await scene.StartWorkerAsync();
            await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent", "email.delivered");
            await Eventually.TrueAsync(async () => (await scene.AttemptsAsync(webhook.Webhook.Id)).Length == 2);
            WebhookAttempt[] attempts = await scene.AttemptsAsync(webhook.Webhook.Id);
            Assert.All(attempts, attempt => Assert.Equal(204, attempt.Status));
            await scene.Log.ReplayAsync(WebhookScene.Project, webhook.Webhook.Id, attempts[0].EventId, CancellationToken.None);
            await Eventually.TrueAsync(async () => (await scene.AttemptsAsync(webhook.Webhook.Id)).Length == 3);

            using HttpClient forger = new();
            using StringContent body = new("""{"type":"email.sent"}""");
            foreach ((string name, string value) in ((string, string)[])[("webhook-id", "evt_1"), ("webhook-timestamp", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}"), ("webhook-signature", "v1,AAAA")]) body.Headers.Add(name, value);
            Assert.Equal(400, (int)(await forger.PostAsync(new Uri($"http://127.0.0.1:{port}/"), body)).StatusCode);
        }
        finally
        {
            receiver.Kill();
        }

        string output = await receiver.StandardOutput.ReadToEndAsync();
        Assert.Equal(["email.sent", "email.delivered"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
    }

    [GeneratedRegex("```(?<language>js|python|csharp)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    private static void SkipWithoutPackages() =>
        Assert.SkipUnless(Directory.Exists(Path.Combine(Sdk, "node_modules", "standardwebhooks")), "the npm packages of Mail.Tests/EndToEnd/sdk are not installed (npm ci; test.sh does it)");

    private static Process Start(string program, string[] arguments) => Process.Start(Info(program, arguments))!;

    private static ProcessStartInfo Info(string program, string[] arguments) =>
        new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

    private static async Task<bool> IsListeningAsync(int port)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Tests.Api;
using Mail.Tests.EndToEnd;
using Mail.Tests.Support;

namespace Mail.Tests.Operations;

/// <summary>docs/guides/backup.md with its own commands, PostgreSQL's own tools and hosts as processes.</summary>
[Trait("Category", "E2E")]
public sealed partial class BackupRestoreTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Nothing_that_was_sent_after_the_backup_is_sent_again_and_all_else_goes_on()
    {
        Assert.SkipWhen(PostgresTools.SkipReason is not null, PostgresTools.SkipReason ?? "");
        await using BackedUpInstallation mail = await BackedUpInstallation.StartAsync(postgres);
        await mail.WaitForArrivalAsync(await mail.SendManyAsync("before", 5));
        await mail.WaitUntilToldAsync(5);

        // At the time of the backup an app is slow to take an event, mail waits for a relay that is down, is scheduled for soon and for later, and more is accepted all the while.
        TaskCompletionSource backedUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
        mail.AppAnswers = backedUp.Task;
        string slowlyTold = await mail.SendAsync("slowly-told");
        await mail.WaitForRequestsToAppAsync(6);
        await mail.Relay.PauseAsync();
        IReadOnlyList<string> waiting = await mail.SendManyAsync("waiting", 5), soon = await mail.SendManyAsync("soon", 2, DateTimeOffset.UtcNow.AddSeconds(8)), far = await mail.SendManyAsync("far", 3, DateTimeOffset.UtcNow.AddDays(2));
        await RunningMail.EventuallyAsync(() => mail.GetAsync(waiting[0]), answer => answer.GetProperty("last_event").GetString() == "delivery_delayed", TimeSpan.FromSeconds(20));
        List<string> meanwhile = [];
        Task sending = SendUntilAsync(mail, meanwhile, backedUp.Task);
        foreach (string command in mail.Tools.Guide("Back up")) await mail.Tools.RunAsync(command);
        backedUp.SetResult();
        await sending;

        // Then all of it happens, and the installation is lost.
        mail.Relay.Resume();
        await mail.WaitForArrivalAsync([slowlyTold, .. waiting, .. soon, .. meanwhile]);
        await mail.WaitUntilToldAsync(6 + 5 + 2 + meanwhile.Count);
        await mail.StopAsync();
        await mail.Tools.DropDatabaseAsync();
        int sentBefore = mail.Arrived.Count;

        IReadOnlyList<string> restore = mail.Tools.Guide("Restore");
        foreach (string command in restore.SkipLast(1)) await mail.Tools.RunAsync(command);
        await AssertRefusedAsync(mail.Tools, PostgresTools.Worker, "restored --hold");
        await mail.StartApiAsync();
        string early = await mail.SendAsync("accepted-before-the-choice");
        string told = await mail.Tools.RunAsync(restore[^1]);
        await mail.StartWorkerAsync();

        await mail.WaitForArrivalAsync([early, await mail.SendAsync("after")]);
        Assert.Equal(3, int.Parse(ScheduledCount().Match(told).Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        foreach (string id in (string[])[.. waiting, .. soon])
        {
            JsonElement recipient = Assert.Single((await mail.GetAsync(id)).GetProperty("recipients").EnumerateArray());
            Assert.Equal(("failed", "restored"), (recipient.GetProperty("state").GetString(), recipient.GetProperty("cause").GetProperty("code").GetString()));
        }

        foreach (string id in far) Assert.Equal("scheduled", (await mail.GetAsync(id)).GetProperty("last_event").GetString());
        string again = (await mail.Api.PostAsync($"/emails/{waiting[0]}/resend", "", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await mail.WaitForArrivalAsync([again]);

        // The password, the key, the template and the webhook's secret are those of before.
        SmtpSinkMessage last = mail.Relay.Messages[^1];
        Assert.Equal(BackedUpInstallation.RelayUser, last.UserName);
        Assert.Contains($"d={BackedUpInstallation.Domain};", last.Text, StringComparison.Ordinal);
        Assert.Contains($"s={mail.Selector};", last.Text, StringComparison.Ordinal);
        Assert.Contains("Hello waiting-0", last.Text, StringComparison.Ordinal);
        await RunningMail.EventuallyAsync(() => mail.GetAsync(again), answer => answer.GetProperty("last_event").GetString() == "sent", TimeSpan.FromSeconds(20));
        await Task.Delay(TimeSpan.FromSeconds(3)); // what would come a second time would come now: a worker looks every second
        mail.AssertLastEventIsSigned();
        Assert.Equal(sentBefore + 3, mail.Arrived.Count);
        Assert.Equal(mail.Arrived.Count, mail.Arrived.Distinct().Count());
        Assert.Equal(mail.Told.Count, mail.Told.Distinct().Count());
    }

    [Fact]
    public async Task A_move_sends_what_waited_exactly_once_and_needs_the_same_secret_key()
    {
        Assert.SkipWhen(PostgresTools.SkipReason is not null, PostgresTools.SkipReason ?? "");
        await using BackedUpInstallation mail = await BackedUpInstallation.StartAsync(postgres);
        await mail.Relay.PauseAsync();
        IReadOnlyList<string> waiting = await mail.SendManyAsync("waiting", 5);
        await mail.StopAsync();
        foreach (string command in mail.Tools.Guide("Back up")) await mail.Tools.RunAsync(command);
        await mail.Tools.DropDatabaseAsync();
        foreach (string command in mail.Tools.Guide("Restore").SkipLast(1)) await mail.Tools.RunAsync(command);

        foreach (string host in (string[])[PostgresTools.Api, PostgresTools.Worker, PostgresTools.Restored("--send")])
        {
            await AssertRefusedAsync(mail.Tools, host, "wrapped by another SECRET_KEY", ("SECRET_KEY", "another-secret-of-more-than-32-characters"));
            await AssertRefusedAsync(mail.Tools, host, "Set SECRET_KEY to the one that was used before", ("SECRET_KEY", ""));
        }

        await AssertRefusedAsync(mail.Tools, PostgresTools.Restored(""), "Usage:");
        await AssertRefusedAsync(mail.Tools, PostgresTools.Worker, "restored --send");
        await mail.Tools.RunAsync(PostgresTools.Restored("--send"));
        await mail.StartApiAsync();
        await mail.StartWorkerAsync();
        mail.Relay.Resume();

        await mail.WaitForArrivalAsync([.. waiting, await mail.SendAsync("after")]);
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal(waiting.Count + 1, mail.Arrived.Count);
    }

    /// <summary>It ends by itself, in one line that says what to do and no more.</summary>
    private static async Task AssertRefusedAsync(PostgresTools tools, string command, string words, params (string Name, string Value)[] more)
    {
        (int code, string output) = await tools.TryAsync(command, more);
        Assert.Equal(1, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static async Task SendUntilAsync(BackedUpInstallation mail, List<string> ids, Task end)
    {
        while (!end.IsCompleted) ids.Add(await mail.SendAsync($"meanwhile-{ids.Count}"));
    }

    [GeneratedRegex(@"going as planned: (\d+) recipients")]
    private static partial Regex ScheduledCount();
}

using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Mail.Tests.EndToEnd;

/// <summary>A relay that is down: messages wait in the open, and go out by themselves.</summary>
[Trait("Category", "E2E")]
public sealed class InboxDownTests : IAsyncLifetime
{
    private RunningMail _mail = null!;

    public async ValueTask InitializeAsync() => _mail = await RunningMail.StartAsync();

    public ValueTask DisposeAsync() => _mail.DisposeAsync();

    [Fact]
    public async Task Messages_wait_as_delayed_with_reason_and_time_and_go_out_when_the_inbox_is_back()
    {
        await _mail.CommandAsync("mailpit", KnownResourceCommands.StopCommand);
        string id = await _mail.SendAsync(new { from = "a@example.com", to = "patient@example.net", subject = "s", text = "t" });

        JsonElement waiting = await RunningMail.EventuallyAsync(
            () => _mail.GetEmailAsync(id), answer => answer.GetProperty("last_event").GetString() == "delivery_delayed", TimeSpan.FromSeconds(20));
        JsonElement recipient = Assert.Single(waiting.GetProperty("recipients").EnumerateArray());
        Assert.NotEmpty(recipient.GetProperty("reason").GetString()!);
        Assert.True(recipient.GetProperty("next_attempt_at").GetDateTimeOffset() > waiting.GetProperty("created_at").GetDateTimeOffset());

        await _mail.CommandAsync("mailpit", KnownResourceCommands.StartCommand);
        await _mail.WaitForHealthyAsync("mailpit");

        await RunningMail.EventuallyAsync(() => _mail.GetEmailAsync(id), answer => answer.GetProperty("last_event").GetString() == "sent", TimeSpan.FromSeconds(60));
        await _mail.MailForAsync("patient@example.net");
    }
}

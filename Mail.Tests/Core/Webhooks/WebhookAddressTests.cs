using System.Net;
using Mail.Core.Common;
using Mail.Core.Webhooks;
using Mail.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Webhooks;

/// <summary>Nobody makes us ask our own network.</summary>
public sealed class WebhookAddressTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("http://app.example.com/", "https")]
    [InlineData("https://user:secret@app.example.com/", "credentials")]
    [InlineData("https://app.example.com/#part", "#")]
    [InlineData("https://127.0.0.1/", "public")]
    [InlineData("https://[::1]/", "public")]
    [InlineData("https://[::ffff:10.0.0.1]/", "public")]
    [InlineData("https://169.254.169.254/latest/meta-data", "public")]
    [InlineData("https://2130706433/", "public")]
    [InlineData("https://0x7f000001/", "public")]
    [InlineData("https://0177.0.0.1/", "public")]
    [InlineData("https://127.1/", "public")]
    [InlineData("https://10.1.2.3:8443/", "public")]
    [InlineData("https://localhost/", "public")]
    [InlineData("https://app.localhost/", "public")]
    [InlineData("https://metadata.google.internal/", "public")]
    [InlineData("https://intranet/", "public")]
    [InlineData("ftp://app.example.com/", "URL")]
    [InlineData("javascript:alert(1)", "URL")]
    [InlineData("app.example.com", "URL")]
    [InlineData("https:///path", "URL")]
    [InlineData("https://app.example.com/a b", "URL")]
    [InlineData("https://app.example.com/\r\nX: y", "URL")]
    [InlineData("", "URL")]
    public void What_is_plainly_wrong_is_refused_when_it_is_entered(string endpoint, string says)
    {
        Result<string> result = WebhookEndpoint.Check(endpoint, allowPrivate: false);

        Assert.Equal((false, FailureKind.Invalid), (result.IsSuccess, result.Failure!.Kind));
        Assert.StartsWith("`endpoint` ", result.Failure.Detail, StringComparison.Ordinal);
        Assert.Contains(says, result.Failure.Detail, StringComparison.Ordinal);
    }

    [Theory, InlineData("https://app.example.com/hooks?token=1"), InlineData("https://app.example.com:8443/"), InlineData("https://203.0.112.1/"), InlineData("https://münchen.example/")]
    public void A_public_https_address_is_taken(string endpoint) => Assert.True(WebhookEndpoint.Check(endpoint, allowPrivate: false).IsSuccess);

    [Theory, InlineData("127.0.0.1"), InlineData("[::1]"), InlineData("localhost"), InlineData("2130706433"), InlineData("0x7f.1")]
    public async Task A_private_address_that_got_into_the_database_is_never_connected_to(string host)
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync(endpoint: $"http://{host}:{new Uri(scene.Receiver.Url).Port}/")).Webhook; // in Development it may
        (scene.Settings["BASE_URL"], scene.Settings["SECRET_KEY"]) = ("https://mail.example.com", "9tQm2VxK7bRw4LpZ8nCj3HsY6dFg5TqA");
        await scene.StartWorkerAsync("Production");
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();

        Assert.Empty(scene.Receiver.All);
        WebhookAttempt attempt = Assert.Single(await scene.AttemptsAsync(webhook.Id));
        Assert.Equal((false, null, "Its name leads to no public address."), (attempt.IsTaken, attempt.Status, attempt.Problem));
    }

    [Fact]
    public async Task A_name_is_resolved_once_for_a_connection_so_that_what_was_checked_is_what_is_connected_to()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        IPAddress[][] answers = [[IPAddress.Loopback], [IPAddress.Parse("169.254.169.254"), IPAddress.IPv6Loopback], [IPAddress.Parse("::ffff:127.0.0.1")], []];
        List<string> asked = [];
        using WebhookSender sender = Sender((name, _) =>
        {
            asked.Add(name);
            return Task.FromResult(answers[(asked.Count - 1) % answers.Length]);
        });

        foreach (IPAddress[] _ in answers)
        {
            WebhookOutcome outcome = await sender.SendAsync(Event($"http://rebinding.example:{new Uri(receiver.Url).Port}/"), new WebhookBody("{}"u8.ToArray(), null), CancellationToken.None);
            Assert.Equal((false, "Its name leads to no public address."), (outcome.IsTaken, outcome.Problem));
        }

        Assert.Equal(4, asked.Count); // one question for each request: there is no second one whose answer could differ
        Assert.Empty(receiver.All);
    }

    [Fact]
    public async Task Of_a_name_with_public_and_private_addresses_only_the_public_ones_are_tried()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        using WebhookSender sender = Sender((_, _) => Task.FromResult(new[] { IPAddress.Loopback, IPAddress.Parse("192.0.2.1") }));

        WebhookOutcome outcome = await sender.SendAsync(Event($"http://mixed.example:{new Uri(receiver.Url).Port}/"), new WebhookBody("{}"u8.ToArray(), null), CancellationToken.None);

        Assert.False(outcome.IsTaken);
        Assert.Empty(receiver.All);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_not_followed()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        await scene.AddWebhookAsync("/first");
        scene.Receiver.Answer = (context, _) =>
        {
            context.Response.Redirect("http://127.0.0.1:" + new Uri(scene.Receiver.Url).Port + "/second", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();

        Assert.Equal(["/first"], scene.Receiver.All.Select(one => one.Path));
    }

    private static readonly WebhookSecrets _secrets = new(new EphemeralDataProtectionProvider());

    private static WebhookSender Sender(Func<string, CancellationToken, Task<IPAddress[]>> resolve) => new(
        _secrets, Options.Create(new WebhookOptions { Timeout = TimeSpan.FromSeconds(2) }), TimeProvider.System, PublicHttp.CreateHandler(allowPrivate: false, followRedirects: false, resolve));

    private static ClaimedEvent Event(string endpoint) => new(WebhookScene.Project, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "email.sent", WebhookScene.Start, null, 0, Guid.NewGuid())
    {
        Endpoint = endpoint, Secret = _secrets.Protect(WebhookSecrets.New()),
    };
}

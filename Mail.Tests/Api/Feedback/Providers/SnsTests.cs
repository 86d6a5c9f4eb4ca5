using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Feedback.Providers;

/// <summary>What is SNS's own: certificates, subscriptions, topics. Amazon is played.</summary>
public sealed class SnsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly ProviderApi _api = new(postgres);
    private ProviderScene _scene = null!;

    private SesHook Hook => (SesHook)_scene.Hook;

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        _scene = await _api.SceneAsync("ses");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task A_subscription_is_confirmed_where_it_says_and_the_certificate_is_fetched_once(string version)
    {
        const string Confirm = "https://sns.eu-west-3.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn&Token=abc";
        _scene.Sns.Answer = url => url.AbsoluteUri == Confirm ? new(HttpStatusCode.OK) { Content = new StringContent("<ConfirmSubscriptionResponse/>") } : Certificate(url);
        string id = await _scene.SentAsync("bob@example.net");

        JsonElement confirmed = await _scene.PostAsync(Hook.Sign(Subscription(Confirm), DateTimeOffset.UtcNow, version), HttpStatusCode.OK);
        await _scene.TellAsync(Happening.Bounced, id, "bob@example.net");
        await _scene.PostAsync(Hook.Sign(new() { ["Type"] = "UnsubscribeConfirmation", ["Message"] = "You have chosen to deactivate subscription.", ["SubscribeURL"] = Confirm, ["Token"] = "abc" }, DateTimeOffset.UtcNow, version), HttpStatusCode.OK);

        Assert.Equal(0, confirmed.GetProperty("events").GetInt32());
        Assert.Equal([SesHook.CertificateUrl, Confirm], _scene.Sns.Asked.Select(url => url.AbsoluteUri)); // leaving is not undone
        Assert.Equal("bounced", await _scene.StateAsync(id, "bob@example.net"));
    }

    [Theory]
    [InlineData("http://sns.eu-west-3.amazonaws.com/?Token=abc")]
    [InlineData("https://sns.eu-west-3.amazonaws.com.evil.example/?Token=abc")]
    [InlineData("https://evil.example/?sns.eu-west-3.amazonaws.com")]
    [InlineData("https://sns.eu-west-3.amazonaws.com:8443/?Token=abc")]
    [InlineData("https://user@sns.eu-west-3.amazonaws.com/?Token=abc")]
    [InlineData("https://sns.s3-us-west-2.amazonaws.com/?Token=abc")] // a bucket
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public async Task A_subscription_that_leads_elsewhere_is_refused_even_when_it_is_signed(string url)
    {
        await _scene.PostAsync(Hook.Sign(Subscription(url), DateTimeOffset.UtcNow), HttpStatusCode.BadRequest);

        Assert.Equal([SesHook.CertificateUrl], _scene.Sns.Asked.Select(asked => asked.AbsoluteUri));
        Assert.Equal(0, await _scene.RememberedAsync());
    }

    [Theory]
    [InlineData("http://sns.eu-west-3.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://sns.eu-west-3.amazonaws.com.evil.example/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://bucket.s3.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://sns.s3-us-west-2.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem")] // a bucket of that name
    [InlineData("https://sns.s3-website-us-west-2.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://sns.eu-west-3.amazonaws.com/other.pem")]
    [InlineData("https://sns.eu-west-3.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem?x=1")]
    [InlineData("https://sns.eu-west-3.amazonaws.com@evil.example/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("https://127.0.0.1/SimpleNotificationService-0123456789abcdef.pem")]
    [InlineData("nonsense")]
    public async Task A_certificate_from_elsewhere_is_never_fetched(string url)
    {
        JsonElement refused = await _scene.PostAsync(Hook.Sign(new() { ["Type"] = "Notification", ["Message"] = "{}", ["SigningCertURL"] = url }, DateTimeOffset.UtcNow), HttpStatusCode.Unauthorized);

        Assert.Equal("webhook_wrong_signature", refused.GetProperty("name").GetString());
        Assert.Empty(_scene.Sns.Asked);
    }

    [Fact]
    public async Task A_certificate_of_another_name_or_that_has_ended_is_not_believed_and_one_that_is_not_to_be_had_is_asked_for_again()
    {
        string id = await _scene.SentAsync("bob@example.net");
        (string Path, string? Pem)[] cases =
        [
            ("SimpleNotificationService-1.pem", SesHook.CertificateFor("evil.example", DateTimeOffset.UtcNow.AddDays(1))), ("SimpleNotificationService-2.pem", SesHook.CertificateFor("sns.amazonaws.com", DateTimeOffset.UtcNow.AddDays(-1))),
            ("SimpleNotificationService-3.pem", "no certificate"), ("SimpleNotificationService-4.pem", null),
        ];
        _scene.Sns.Answer = url => cases.FirstOrDefault(one => url.AbsolutePath == $"/{one.Path}").Pem is { } pem ? new(HttpStatusCode.OK) { Content = new StringContent(pem) } : null;

        foreach ((string path, string? pem) in cases)
        {
            HookRequest request = Hook.Sign(new() { ["Type"] = "Notification", ["Message"] = "{}", ["SigningCertURL"] = $"https://sns.eu-west-3.amazonaws.com/{path}" }, DateTimeOffset.UtcNow);
            await _scene.PostAsync(request, pem is null ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.Unauthorized);
        }

        Assert.Equal(0, await _scene.RememberedAsync());
        _scene.Sns.Answer = Certificate;
        await _scene.TellAsync(Happening.Delivered, id, "bob@example.net");
        Assert.Equal("delivered", await _scene.StateAsync(id, "bob@example.net"));
    }

    [Fact]
    public async Task Another_topic_another_version_and_raw_delivery_are_refused_before_anything_is_fetched()
    {
        JsonElement topic = await _scene.PostAsync(Hook.Sign(new() { ["Type"] = "Notification", ["Message"] = "{}", ["TopicArn"] = "arn:aws:sns:eu-west-3:999999999999:evil" }, DateTimeOffset.UtcNow), HttpStatusCode.Unauthorized);
        await _scene.PostAsync(Hook.Sign(new() { ["Type"] = "Notification", ["Message"] = "{}" }, DateTimeOffset.UtcNow, version: "3"), HttpStatusCode.Unauthorized);
        JsonElement raw = await _scene.PostAsync(new HookRequest("""{"eventType":"Bounce","bounce":{},"mail":{}}"""), HttpStatusCode.BadRequest);

        Assert.Equal("webhook_wrong_topic", topic.GetProperty("name").GetString());
        Assert.Contains("Raw message delivery must be off", raw.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(_scene.Sns.Asked);
    }

    [Fact]
    public async Task A_confirmation_that_Amazon_does_not_take_has_to_come_again()
    {
        await _scene.PostAsync(Hook.Sign(Subscription("https://sns.eu-west-3.amazonaws.com/?Action=ConfirmSubscription"), DateTimeOffset.UtcNow), HttpStatusCode.ServiceUnavailable);

        Assert.Equal(0, await _scene.RememberedAsync());
    }

    private static Dictionary<string, string> Subscription(string url) => new()
    {
        ["Type"] = "SubscriptionConfirmation", ["Message"] = "You have chosen to subscribe to the topic.\nTo confirm the subscription, visit the SubscribeURL included in this message.", ["SubscribeURL"] = url, ["Token"] = "abc",
    };

    private static HttpResponseMessage? Certificate(Uri url) => url.AbsoluteUri == SesHook.CertificateUrl ? new(HttpStatusCode.OK) { Content = new StringContent(SesHook.Certificate) } : null;
}

using System.Diagnostics;
using Mail.ServiceDefaults.Telemetry;

namespace Mail.Tests.ServiceDefaults;

/// <summary>Tokens of links are in no trace.</summary>
public sealed class HiddenTokenTests
{
    [Theory]
    [InlineData("/a/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ", "/a/REDACTED")]
    [InlineData("/t/c/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ/more", "/t/c/REDACTED/more")]
    [InlineData("https://hooks.example.com/services/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ?x=*", "https://hooks.example.com/services/REDACTED?x=*")]
    [InlineData("/emails/019a0000-0000-7000-8000-000000000001/html", "/emails/019a0000-0000-7000-8000-000000000001/html")]
    [InlineData("https://a-name-that-is-rather-long-for-a-host-of-the-web.example.com/x", "https://a-name-that-is-rather-long-for-a-host-of-the-web.example.com/x")]
    public void Whatever_is_longer_than_an_id_is_left_out(string address, string shown)
    {
        using HiddenTokens processor = new();
        using Activity span = new("GET");
        span.SetTag("url.path", address).SetTag("url.full", address).SetTag("http.route", "/a/{token}");

        processor.OnEnd(span);

        Assert.Equal((shown, shown, "/a/{token}"), ((string?)span.GetTagItem("url.path"), (string?)span.GetTagItem("url.full"), (string?)span.GetTagItem("http.route")));
    }
}

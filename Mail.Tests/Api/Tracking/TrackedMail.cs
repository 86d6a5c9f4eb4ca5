using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Relays;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Tracking;

/// <summary>Mail that was sent through the real API, queue and worker, and what a reader finds in it.</summary>
internal static partial class TrackedMail
{
    public const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    public static async Task<(string Id, List<RelayMessage> Mails)> SendTrackedAsync(this ApiFixture api, HttpClient client, string body, TimeSpan? sentBefore = null)
    {
        string id = (await client.PostAsync("/emails", body, HttpStatusCode.OK)).GetProperty("id").GetString()!;
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay);
        await Eventually.TrueAsync(async () => await api.CountAsync($"deliveries WHERE message_id = '{id}'") == 0);
        await api.AgeAsync(id, sentBefore ?? TimeSpan.FromMinutes(1));
        return (id, [.. relay.Offered.Where(offer => offer.Id.ToString() == id)]);
    }

    /// <summary>As if the mail had left earlier: who reads it in the next second is no person.</summary>
    public static async Task AgeAsync(this ApiFixture api, string id, TimeSpan by)
    {
        await using Npgsql.NpgsqlCommand age = api.Database.CreateCommand($"UPDATE events SET created_at = created_at - interval '{by.TotalSeconds} seconds' WHERE message_id = '{id}' AND type = 'email.sent'");
        await age.ExecuteNonQueryAsync();
    }

    public static string Html(this RelayMessage mail) => HtmlOf(mail.Mime);

    public static string HtmlOf(ReadOnlyMemory<byte> mime) => ParsedMessage.Parse(mime).HtmlBody!.TrimEnd();

    public static List<Uri> Links(this RelayMessage mail) => LinksOf(mail.Html());

    public static List<Uri> LinksOf(string html) => [.. Link().Matches(html).Select(match => new Uri(new Uri(match.Value).PathAndQuery, UriKind.Relative))];

    public static Uri? Picture(this RelayMessage mail) => PictureOf(mail.Html());

    public static Uri? PictureOf(string html) => PictureUrl().Match(html) is { Success: true } match ? new Uri(new Uri(match.Groups[1].Value).PathAndQuery, UriKind.Relative) : null;

    /// <summary>Somebody who reads: neither key nor cookie, and no redirect is followed.</summary>
    public static HttpClient Reader(this ApiFixture api, string? agent = Firefox)
    {
        HttpClient reader = api.CreateClient(new Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (agent is not null) Assert.True(reader.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent));
        return reader;
    }

    public static async Task<HttpResponseMessage> VisitAsync(this HttpClient reader, Uri link, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method ?? HttpMethod.Get, link);
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await reader.SendAsync(request);
    }

    public static async Task<List<JsonElement>> HitsAsync(this HttpClient client, string id) =>
        [.. (await client.GetAsync($"/emails/{id}/events", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Where(one => one.GetProperty("type").GetString() is "email.opened" or "email.clicked")];

    public static string Text(this RelayMessage mail) => Encoding.UTF8.GetString(mail.Mime.Span);

    [GeneratedRegex("https?://[^\"/]+/(?:[^\"]*/)?t/c/[A-Za-z0-9_-]+")]
    private static partial Regex Link();

    [GeneratedRegex("<img src=\"(https?://[^\"]+/t/o/[A-Za-z0-9_-]+)\"")]
    private static partial Regex PictureUrl();
}

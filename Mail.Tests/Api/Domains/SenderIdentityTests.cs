using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Domains;

/// <summary>An address is verified by the link that is mailed to it, and by nothing else.</summary>
public sealed partial class SenderIdentityTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly ApiFixture _api = new(postgres);
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        (_api.Settings["environment"], _api.Settings["EMAIL_FROM"], _api.Settings["BASE_URL"]) = ("Production", "no-reply@mail.example", "https://mail.example/base/");
        _client = _api.ClientWith(await _api.AddProjectAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task The_link_shows_a_page_and_only_its_button_verifies()
    {
        JsonElement added = await _client.PostAsync("/sender-identities", """{"email":"Me@Gmail.com","name":"Me","reply_to":"r@example.com","company":"Me Inc.","postal_address":"1 Street\nTown"}""", HttpStatusCode.Created);
        string id = DomainTests.Text(added, "id");
        Assert.Equal(("sender_identity", "Me@gmail.com", "pending", "1 Street\nTown"), (DomainTests.Text(added, "object"), DomainTests.Text(added, "email").Replace("Gmail", "gmail", StringComparison.Ordinal), DomainTests.Text(added, "status"), DomainTests.Text(added, "postal_address")));
        await _client.PostAsync("/emails", SenderRuleTests.Mail("me@gmail.com"), HttpStatusCode.UnprocessableEntity);
        string link = await LastLinkAsync();
        Assert.StartsWith("https://mail.example/base/sender-identities/confirm/", link, StringComparison.Ordinal);
        string path = link["https://mail.example/base".Length..];

        using HttpClient browser = _api.ClientWith(null);
        for (int i = 0; i < 3; i++) Assert.Contains("<form method=\"post\">", await PageAsync(browser, HttpMethod.Get, path, HttpStatusCode.OK), StringComparison.Ordinal);
        Assert.Equal("pending", DomainTests.Text(await _client.GetAsync($"/sender-identities/{id}", HttpStatusCode.OK), "status"));
        Assert.Contains("L’adresse est vérifiée", await PageAsync(browser, HttpMethod.Post, path, HttpStatusCode.OK, "fr-CA,fr;q=0.9"), StringComparison.Ordinal);
        Assert.Contains("The address is verified", await PageAsync(browser, HttpMethod.Post, path, HttpStatusCode.OK), StringComparison.Ordinal);

        await _client.PostAsync("/emails", SenderRuleTests.Mail("Me <ME@gmail.com>"), HttpStatusCode.OK);
        await _client.PostAsync("/emails", SenderRuleTests.Mail("you@gmail.com"), HttpStatusCode.UnprocessableEntity);
        await _client.PostAsync($"/sender-identities/{id}/resend", "", HttpStatusCode.Conflict);
        await _client.DeleteAsync($"/sender-identities/{id}", HttpStatusCode.OK);
        await _client.PostAsync("/emails", SenderRuleTests.Mail("me@gmail.com"), HttpStatusCode.UnprocessableEntity);
        Assert.Contains("not known", await PageAsync(browser, HttpMethod.Post, path, HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_in_the_project_can_read_the_mail_and_it_goes_over_the_installations_relay()
    {
        await _client.PostAsync("/sender-identities", """{"email":"me@gmail.com"}""", HttpStatusCode.Created);
        JsonElement mail = (await _client.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data")[0];
        string id = DomainTests.Text(mail, "id");

        JsonElement shown = await _client.GetAsync($"/emails/{id}", HttpStatusCode.OK);

        Assert.Equal(("no-reply@mail.example", JsonValueKind.Null, JsonValueKind.Null), (DomainTests.Text(shown, "from"), shown.GetProperty("html").ValueKind, shown.GetProperty("text").ValueKind));
        foreach (string part in (string[])["html", "text", "raw"]) await _client.GetAsync($"/emails/{id}/{part}", HttpStatusCode.NotFound);
        // Nor by asking for all that is known of the person.
        string export = await _client.GetStringAsync(new Uri("/privacy/export?email=me@gmail.com", UriKind.Relative));
        Assert.Contains(id, export, StringComparison.Ordinal);
        Assert.DoesNotContain("sender-identities/confirm", export, StringComparison.Ordinal);
        StoredMessage stored = (await _api.Services.GetRequiredService<MessageReader>().FindAsync(await ProjectOfAsync(id), new MessageId(Guid.Parse(id)), CancellationToken.None))!;
        Assert.Equal(("default", "verification"), (stored.Content.OnlyRelay, stored.Envelope.Source));
    }

    [Fact]
    public async Task A_link_that_is_altered_over_or_not_the_last_one_verifies_nothing()
    {
        JsonElement added = await _client.PostAsync("/sender-identities", """{"email":"me@gmail.com"}""", HttpStatusCode.Created);
        string id = DomainTests.Text(added, "id"), first = (await LastLinkAsync())["https://mail.example/base".Length..];
        using HttpClient browser = _api.ClientWith(null);
        char last = first[^1], other = first[^10] == 'A' ? 'B' : 'A';

        Assert.Equal(429, (int)await StatusAsync($"/sender-identities/{id}/resend"));
        await ExecuteAsync("UPDATE sender_identities SET mailed_at = mailed_at - interval '2 minutes'");
        Assert.Equal(200, (int)await StatusAsync($"/sender-identities/{id}/resend"));
        await PageAsync(browser, HttpMethod.Post, first, HttpStatusCode.Gone);
        await PageAsync(browser, HttpMethod.Post, first[..^10] + other + first[^9..], HttpStatusCode.NotFound);
        foreach (string token in (string[])["x", "%3Cscript%3E", new string('A', 4000), $"{last}{first[^79..]}"])
            await PageAsync(browser, HttpMethod.Post, $"/sender-identities/confirm/{token}", HttpStatusCode.NotFound);

        Assert.Equal("pending", DomainTests.Text(await _client.GetAsync($"/sender-identities/{id}", HttpStatusCode.OK), "status"));
        Assert.Contains("<form", await PageAsync(browser, HttpMethod.Get, (await LastLinkAsync())["https://mail.example/base".Length..], HttpStatusCode.OK), StringComparison.Ordinal);

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using HttpResponseMessage response = await _client.PostAsync(new Uri(path, UriKind.Relative), ApiFixture.Json(""));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_link_works_for_seven_days_and_then_says_so_and_verifies_nothing()
    {
        ManualClock clock = new(DateTimeOffset.UtcNow);
        await using ApiFixture later = new(postgres) { Replace = services => services.AddSingleton<TimeProvider>(clock) };
        await later.InitializeAsync();
        (later.Settings["EMAIL_FROM"], later.Settings["BASE_URL"]) = ("no-reply@mail.example", "https://mail.example/base/");
        using HttpClient client = later.ClientWith(ApiFixture.LiveKey), browser = later.ClientWith(null);
        string id = DomainTests.Text(await client.PostAsync("/sender-identities", """{"email":"me@gmail.com"}""", HttpStatusCode.Created), "id");
        string path = (await LastLinkAsync(later))["https://mail.example/base".Length..];

        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Contains("<form", await PageAsync(browser, HttpMethod.Get, path, HttpStatusCode.OK), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("This link is over", await PageAsync(browser, HttpMethod.Get, path, HttpStatusCode.Gone), StringComparison.Ordinal);
        Assert.Contains("n’est plus valable", await PageAsync(browser, HttpMethod.Post, path, HttpStatusCode.Gone, "fr"), StringComparison.Ordinal);

        Assert.Equal("pending", DomainTests.Text(await client.GetAsync($"/sender-identities/{id}", HttpStatusCode.OK), "status"));
    }

    [Fact]
    public async Task A_stranger_is_not_flooded_with_links()
    {
        for (int i = 0; i < 5; i++)
        {
            JsonElement added = await _client.PostAsync("/sender-identities", """{"email":"victim@gmail.com"}""", HttpStatusCode.Created);
            await _client.DeleteAsync($"/sender-identities/{DomainTests.Text(added, "id")}", HttpStatusCode.OK);
        }

        using HttpClient other = _api.ClientWith(await _api.AddProjectAsync());
        await other.PostAsync("/sender-identities", """{"email":"Victim@gmail.com"}""", HttpStatusCode.TooManyRequests);

        Assert.Equal((5, 0), (await _api.CountAsync("messages"), await _api.CountAsync("sender_identities")));
    }

    [Theory]
    [InlineData("{}", "Missing `email` field.")]
    [InlineData("""{"email":"no address"}""", "`email` is not an address")]
    [InlineData("""{"email":"Me <me@gmail.com>"}""", "`email` must be the address alone")]
    [InlineData("""{"email":"me@gmail.com\r\nBcc: x@example.com"}""", "`email` is not an address")]
    [InlineData("""{"email":"me@gmail.com","name":"a\r\nb"}""", "`name` must not contain line breaks")]
    [InlineData("""{"email":"me@gmail.com","name":"a\u0000b"}""", "`name` must not contain")]
    [InlineData("""{"email":"me@gmail.com","company":"\ud800"}""", "`company` ")]
    [InlineData("""{"email":"me@gmail.com","reply_to":"nobody"}""", "`reply_to` is not an address")]
    [InlineData("""{"email":"me@gmail.com","verified":true}""", "`verified` cannot be set of a sender identity")]
    [InlineData("""{"email":5}""", "`email` ")]
    public async Task What_cannot_be_used_is_refused_and_nothing_is_stored(string body, string message)
    {
        JsonElement error = await _client.PostAsync("/sender-identities", body, HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith(message, DomainTests.Text(error, "message"), StringComparison.Ordinal);
        Assert.Equal((0, 0), (await _api.CountAsync("sender_identities"), await _api.CountAsync("messages")));
    }

    [Fact]
    public async Task Changes_duplicates_long_texts_and_another_projects_identities()
    {
        string id = DomainTests.Text(await _client.PostAsync("/sender-identities", """{"email":"me@gmail.com","name":"Me"}""", HttpStatusCode.Created), "id");
        using HttpClient other = _api.ClientWith(await _api.AddProjectAsync());

        await _client.PostAsync("/sender-identities", """{"email":"ME@GMAIL.com"}""", HttpStatusCode.Conflict);
        await _client.PostAsync("/sender-identities", $$"""{"email":"you@gmail.com","name":"{{new string('x', 201)}}"}""", HttpStatusCode.UnprocessableEntity);
        await _client.PostAsync("/sender-identities", $$"""{"email":"{{new string('x', 400)}}@gmail.com"}""", HttpStatusCode.UnprocessableEntity);
        await _client.PatchAsync($"/sender-identities/{id}", """{"email":"you@gmail.com"}""", HttpStatusCode.UnprocessableEntity);
        JsonElement changed = await _client.PatchAsync($"/sender-identities/{id}", """{"name":null,"company":"Me Inc."}""", HttpStatusCode.OK);
        Assert.Equal((JsonValueKind.Null, "Me Inc."), (changed.GetProperty("name").ValueKind, DomainTests.Text(changed, "company")));
        await other.GetAsync($"/sender-identities/{id}", HttpStatusCode.NotFound);
        await other.PatchAsync($"/sender-identities/{id}", """{"name":"x"}""", HttpStatusCode.NotFound);
        await other.PostAsync($"/sender-identities/{id}/resend", "", HttpStatusCode.NotFound);
        await other.DeleteAsync($"/sender-identities/{id}", HttpStatusCode.NotFound);
        Assert.Empty((await other.GetAsync("/sender-identities", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    private static async Task<string> PageAsync(HttpClient browser, HttpMethod method, string path, HttpStatusCode expected, string language = "en")
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.Add("Accept-Language", language);
        using HttpResponseMessage response = await browser.SendAsync(request);
        string page = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {page}");
        if (expected == HttpStatusCode.OK) Assert.Contains("default-src 'none'", string.Join(";", response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        return WebUtility.HtmlDecode(page);
    }

    private Task<string> LastLinkAsync() => LastLinkAsync(_api);

    private static async Task<string> LastLinkAsync(ApiFixture api)
    {
        await using NpgsqlCommand command = api.Database.CreateCommand("SELECT project_id, id FROM messages ORDER BY id DESC LIMIT 1");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        StoredMessage message = (await api.Services.GetRequiredService<MessageReader>().FindAsync(new ProjectId(reader.GetGuid(0)), new MessageId(reader.GetGuid(1)), CancellationToken.None))!;
        return Link().Match((await api.Services.GetRequiredService<MessageComposer>().ComposeAsync(message, CancellationToken.None)).Text!).Value; // it is stored encrypted
    }

    private async Task<ProjectId> ProjectOfAsync(string message)
    {
        await using NpgsqlCommand command = _api.Database.CreateCommand("SELECT project_id FROM messages WHERE id = $1");
        command.Parameters.AddTyped(Guid.Parse(message));
        return new ProjectId((Guid)(await command.ExecuteScalarAsync())!);
    }

    private async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = _api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex("https://[^\\s]+")]
    private static partial Regex Link();
}

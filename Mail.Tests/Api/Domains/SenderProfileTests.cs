using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Tests.Api.Smtp;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Domains;

/// <summary>What a verified sender identity says of itself stands in mail that does not say it.</summary>
public sealed class SenderProfileTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string From = "me@gmail.com";

    private readonly ApiFixture _api = new(postgres);
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        (_api.Settings["EMAIL_FROM"], _api.Settings["Templates:Layout:company_name"], _api.Settings["Templates:Layout:postal_address"]) = ("no-reply@mail.example", "House Ltd.", "9 House Street");
        _client = _api.ClientWith(ApiFixture.LiveKey);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_verified_identitys_name_and_reply_to_are_used_where_the_message_gives_none()
    {
        string id = await AddAsync(_client, """{"email":"me@gmail.com","name":"Müller, \"Me\" & Co","reply_to":"Desk <desk@example.com>"}""");
        Assert.Equal((From, ""), await SentAsync(_client, From, "")); // not verified yet
        await VerifyAsync(id);

        Assert.Equal(("\"Müller, \\\"Me\\\" & Co\" <me@gmail.com>", "Desk <desk@example.com>"), await SentAsync(_client, From, ""));
        Assert.Equal(("Own <me@gmail.com>", "Desk <desk@example.com>"), await SentAsync(_client, "Own <me@gmail.com>", ""));
        Assert.Equal(("Own <me@gmail.com>", "own@example.com"), await SentAsync(_client, "Own <me@gmail.com>", ""","reply_to":"own@example.com" """));
        Assert.Equal(("you@gmail.com", ""), await SentAsync(_client, "you@gmail.com", ""));
        using HttpClient other = _api.ClientWith(await _api.AddProjectAsync());
        Assert.Equal((From, ""), await SentAsync(other, From, ""));

        await _client.PatchAsync($"/sender-identities/{id}", """{"name":"Me"}""", HttpStatusCode.OK);
        Assert.Equal(("Me <me@gmail.com>", "Desk <desk@example.com>"), await SentAsync(_client, From, "")); // at once
        await _client.DeleteAsync($"/sender-identities/{id}", HttpStatusCode.OK);
        Assert.Equal((From, ""), await SentAsync(_client, From, ""));
    }

    [Fact]
    public async Task Its_company_and_postal_address_stand_in_the_layout_between_the_messages_own_and_the_installations()
    {
        string id = await AddAsync(_client, """{"email":"me@gmail.com","company":"Me <Inc.>","postal_address":"1 Street\nTown"}""");
        await VerifyAsync(id);

        string mine = await HtmlAsync(From, ""), own = await HtmlAsync(From, ""","company_name":"Own GmbH","postal_address":"" """), house = await HtmlAsync("you@gmail.com", "");

        Assert.Contains("Me &lt;Inc.&gt;<br>1 Street, Town", mine, StringComparison.Ordinal);
        Assert.Contains("Own GmbH<br>1 Street, Town", own, StringComparison.Ordinal); // blank counts as not given
        Assert.Contains("House Ltd.<br>9 House Street", house, StringComparison.Ordinal);
        await _client.PatchAsync($"/sender-identities/{id}", """{"company":null}""", HttpStatusCode.OK);
        Assert.Contains("House Ltd.<br>1 Street, Town", await HtmlAsync(From, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_by_smtp_stays_as_its_app_wrote_it()
    {
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, settings: ("EMAIL_FROM", "no-reply@mail.example"));
        await AddAsync(mail.Client, """{"email":"me@gmail.com","name":"Me","reply_to":"desk@example.com"}""");
        await ExecuteAsync(mail.Api, "UPDATE sender_identities SET verified_at = now()");

        string raw = await mail.RawAsync(SubmissionCase.IdIn(await mail.SendAsync("From: me@gmail.com\nTo: b@example.com\nSubject: s\n\nBody\n", "b@example.com")));

        Assert.StartsWith("From: me@gmail.com\r\nTo: b@example.com\r\nSubject: s\r\nMessage-ID:", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("Reply-To", raw, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> AddAsync(HttpClient client, string body) => DomainTests.Text(await client.PostAsync("/sender-identities", body, HttpStatusCode.Created), "id");

    private async Task VerifyAsync(string id)
    {
        await ExecuteAsync(_api, $"UPDATE sender_identities SET verified_at = now() WHERE id = '{id}'");
        await _client.PatchAsync($"/sender-identities/{id}", "{}", HttpStatusCode.OK); // what was read before is forgotten
    }

    private static async Task ExecuteAsync(ApiFixture api, string sql)
    {
#pragma warning disable CA2100 // a test's own constants
        await using NpgsqlCommand command = api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private static async Task<(string From, string ReplyTo)> SentAsync(HttpClient client, string from, string more)
    {
        JsonElement sent = await client.PostAsync("/emails", $$"""{"from":{{JsonSerializer.Serialize(from)}},"to":"a@example.com","subject":"s","text":"t"{{more}}}""", HttpStatusCode.OK);
        JsonElement mail = await client.GetAsync($"/emails/{DomainTests.Text(sent, "id")}", HttpStatusCode.OK);
        string raw = Encoding.UTF8.GetString(await client.GetByteArrayAsync(new Uri($"/emails/{DomainTests.Text(sent, "id")}/raw", UriKind.Relative)));
        string replyTo = mail.GetProperty("reply_to") is { ValueKind: JsonValueKind.Array } all ? string.Join(", ", all.EnumerateArray().Select(one => one.GetString())) : "";
        Assert.Equal(replyTo.Length > 0, raw.Contains("\r\nReply-To: ", StringComparison.Ordinal));
        return (DomainTests.Text(mail, "from"), replyTo);
    }

    private async Task<string> HtmlAsync(string from, string more)
    {
        string body = "{\"from\":\"" + from + "\",\"to\":\"a@example.com\",\"template\":{\"id\":\"welcome\",\"variables\":{\"start_url\":\"https://example.com/\"" + more + "}}}";
        string id = DomainTests.Text(await _client.PostAsync("/emails", body, HttpStatusCode.OK), "id");
        string html = await _client.GetStringAsync(new Uri($"/emails/{id}/html", UriKind.Relative));
        return html.ReplaceLineEndings("").Replace("  ", "", StringComparison.Ordinal);
    }
}

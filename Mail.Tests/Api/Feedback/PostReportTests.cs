using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Feedback;

public sealed class PostReportTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_bounce_is_recognised_by_its_Message_ID_and_recipient()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, _) = await mail.SentAsync(["jo@example.org", "al@example.org"]);

        JsonElement first = await PostAsync(mail.Client, FeedbackCase.Bounce("al@example.org", messageId: $"{id}@example.com"));
        JsonElement second = await PostAsync(mail.Client, FeedbackCase.Bounce("al@example.org", messageId: $"{id}@example.com"));

        Assert.Equal(("delivery", id, "al@example.org", "bounced", "changed", true), Facts(first));
        Assert.Equal("nothing_new", Facts(second).Effect);
        Assert.Equal(("sent", "bounced"), (await mail.StateAsync(id, "jo@example.org"), await mail.StateAsync(id, "al@example.org")));
    }

    [Fact]
    public async Task A_mail_from_a_mailbox_is_recognised_by_the_return_path_in_its_headers()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org"]);

        JsonElement answer = await PostAsync(mail.Client, $"Delivered-To: <{paths[0].ToUpperInvariant()}>\n" + FeedbackCase.Bounce("someone@elsewhere.example"));

        Assert.Equal(("delivery", id, "jo@example.org", "bounced", "changed", true), Facts(answer));
    }

    [Fact]
    public async Task A_project_learns_and_changes_nothing_of_another_ones_mail()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org"]);
        using HttpClient stranger = mail.Api.ClientWith(await mail.Api.AddProjectAsync());

        JsonElement byPath = await PostAsync(stranger, $"Delivered-To: {paths[0]}\n" + FeedbackCase.Bounce("jo@example.org"));
        JsonElement byId = await PostAsync(stranger, FeedbackCase.Bounce("jo@example.org", messageId: $"{id}@example.com"));

        foreach (JsonElement answer in new[] { byPath, byId })
        {
            JsonElement fate = answer.GetProperty("deliveries").EnumerateArray().Single();
            Assert.Equal((JsonValueKind.Null, "unmatched"), (fate.GetProperty("email_id").ValueKind, fate.GetProperty("effect").GetString()));
        }

        Assert.Equal("sent", await mail.StateAsync(id, "jo@example.org"));
    }

    [Fact]
    public async Task What_is_no_report_says_so_and_changes_nothing()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);

        JsonElement answer = await PostAsync(mail.Client, "From: jo@example.org\nSubject: Hello\n\nHow are you?\n");

        Assert.Equal(("none", 0), (answer.GetProperty("kind").GetString(), answer.GetProperty("deliveries").GetArrayLength()));
    }

    [Theory]
    [InlineData("", HttpStatusCode.UnprocessableEntity, "`body`")]
    [InlineData("\r\n\r\nonly a body", HttpStatusCode.UnprocessableEntity, "`body`")]
    public async Task A_body_that_is_no_mail_is_refused(string body, HttpStatusCode expected, string named)
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);

        JsonElement answer = await PostAsync(mail.Client, body, expected);

        Assert.Contains(named, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_the_limit_and_one_of_endless_headers_are_refused_and_nothing_is_stored()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres, ("Feedback:MaxReportBytes", "2000000"));
        (string id, _) = await mail.SentAsync(["jo@example.org"]);

        await PostAsync(mail.Client, new string('x', 2_000_001), HttpStatusCode.RequestEntityTooLarge);
        await PostAsync(mail.Client, string.Concat(Enumerable.Repeat($"X: {new string('y', 900)}\n", 1300)), HttpStatusCode.UnprocessableEntity);

        Assert.Empty(await mail.EventsAsync(id));
    }

    [Fact]
    public async Task It_needs_a_key_with_its_scope()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        using HttpClient nobody = mail.Api.ClientWith(null);
        await PostAsync(nobody, FeedbackCase.Bounce("jo@example.org"), HttpStatusCode.Unauthorized);
        string key = await mail.Api.AddProjectAsync();
        await using (Npgsql.NpgsqlCommand command = mail.Api.Database.CreateCommand("UPDATE api_keys SET scopes = '{emails:send}' WHERE name = 'test'")) await command.ExecuteNonQueryAsync();
        using HttpClient sender = mail.Api.ClientWith(key);

        JsonElement answer = await PostAsync(sender, FeedbackCase.Bounce("jo@example.org"), HttpStatusCode.Unauthorized);

        Assert.Contains("reports:write", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static (string? Kind, string? Id, string? Email, string? State, string? Effect, bool Hard) Facts(JsonElement answer)
    {
        JsonElement fate = answer.GetProperty("deliveries").EnumerateArray().Single();
        return (answer.GetProperty("kind").GetString(), fate.GetProperty("email_id").GetString(), fate.GetProperty("email").GetString(), fate.GetProperty("state").GetString(),
            fate.GetProperty("effect").GetString(), fate.GetProperty("hard").GetBoolean());
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string mail, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")));
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        using HttpResponseMessage response = await client.PostAsync(new Uri("/inbound/report", UriKind.Relative), content);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }
}

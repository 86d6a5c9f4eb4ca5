using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Messages;

public sealed class BatchTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Good = """{"from":"a@example.com","to":"b@example.net","subject":"s","text":"t"}""";
    private const string Bad = """{"from":"a@example.com","to":"nobody","subject":"s","text":"t"}""";

    [Fact]
    public async Task Strict_refuses_all_for_one_and_names_its_place()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement error = await client.PostAsync("/emails/batch", $"[{Good},{Bad}]", HttpStatusCode.UnprocessableEntity);

        Assert.Contains("`1.to.0`", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty((await client.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Permissive_takes_what_can_be_taken_and_lists_the_rest()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement answer = await client.PostAsync("/emails/batch", $"[{Good},{Bad},{Good}]", HttpStatusCode.OK, ("x-batch-validation", "permissive"));

        Assert.Equal(2, answer.GetProperty("data").GetArrayLength());
        Assert.Equal(1, answer.GetProperty("errors")[0].GetProperty("index").GetInt32());
        Assert.Equal(2, (await client.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null]")]
    public async Task An_empty_batch_or_a_hole_in_it_is_refused(string body)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        await client.PostAsync("/emails/batch", body, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_batch_of_101_is_refused()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        await client.PostAsync("/emails/batch", $"[{string.Join(",", Enumerable.Repeat(Good, 101))}]", HttpStatusCode.UnprocessableEntity);
    }

    /// <summary>What Resend's batches refuse: attachments, and together with a time.</summary>
    [Fact]
    public async Task Attachments_and_times_go_together_in_a_batch()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string later = Good.Replace("\"text\"", "\"scheduled_at\":\"in 2 hours\",\"attachments\":[{\"filename\":\"a.txt\",\"content\":\"aGVsbG8=\"}],\"text\"", StringComparison.Ordinal);

        JsonElement answer = await client.PostAsync("/emails/batch", $"[{later},{Good},{later}]", HttpStatusCode.OK);

        string[] ids = [.. answer.GetProperty("data").EnumerateArray().Select(created => created.GetProperty("id").GetString()!)];
        string[] states = [.. (await Task.WhenAll(ids.Select(id => client.GetAsync($"/emails/{id}", HttpStatusCode.OK)))).Select(email => email.GetProperty("last_event").GetString()!)];
        Assert.Equal(["scheduled", "queued", "scheduled"], states);
        Assert.Contains("aGVsbG8=", await client.GetStringAsync(new Uri($"/emails/{ids[2]}/raw", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(1, (await client.PostAsync($"/emails/{ids[2]}/cancel", "", HttpStatusCode.OK)).GetProperty("canceled").GetArrayLength());
    }

    [Fact]
    public async Task Permissive_refuses_a_message_for_its_time_or_attachment_and_takes_the_others()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string tooLate = Good.Replace("\"text\"", "\"scheduled_at\":\"in 31 days\",\"text\"", StringComparison.Ordinal);
        string noBase64 = Good.Replace("\"text\"", "\"attachments\":[{\"filename\":\"a.txt\"}],\"text\"", StringComparison.Ordinal);

        JsonElement answer = await client.PostAsync("/emails/batch", $"[{tooLate},{Good},{noBase64}]", HttpStatusCode.OK, ("x-batch-validation", "permissive"));

        Assert.Single(answer.GetProperty("data").EnumerateArray());
        Assert.Equal(
            ["0 `scheduled_at` is more than 30 days ahead.", "2 Missing `attachments.0.content` field."],
            answer.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("index")} {error.GetProperty("message")}"));
    }

    [Fact]
    public async Task A_batch_that_is_refused_whole_stores_nothing_and_a_mode_that_is_none_is_422()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement none = await client.PostAsync("/emails/batch", $"[{Bad},{Bad}]", HttpStatusCode.OK, ("x-batch-validation", "permissive"));
        JsonElement error = await client.PostAsync("/emails/batch", $"[{Good}]", HttpStatusCode.UnprocessableEntity, ("x-batch-validation", "lenient"));

        Assert.Equal((0, 2), (none.GetProperty("data").GetArrayLength(), none.GetProperty("errors").GetArrayLength()));
        Assert.Contains("`x-batch-validation`", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty((await client.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Nothing_is_fetched_for_a_batch()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string byUrl = Good.Replace("\"text\"", "\"attachments\":[{\"filename\":\"a.pdf\",\"path\":\"https://files.example.com/a.pdf\"}],\"text\"", StringComparison.Ordinal);

        JsonElement error = await client.PostAsync("/emails/batch", $"[{Good},{byUrl}]", HttpStatusCode.UnprocessableEntity);

        Assert.Contains("`1.attachments.0.path` is not fetched for a batch", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty((await client.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }
}

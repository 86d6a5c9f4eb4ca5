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

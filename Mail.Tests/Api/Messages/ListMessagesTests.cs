using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Messages;

public sealed class ListMessagesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Pages_follow_each_other_in_both_directions_without_gap_or_repetition()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        List<string> sent = [];
        for (int i = 0; i < 5; i++)
            sent.Insert(0, (await client.PostAsync("/emails", $$"""{"from":"a@example.com","to":"u{{i}}@example.net","subject":"s{{i}}","text":"t"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!);

        JsonElement first = await client.GetAsync("/emails?limit=2", HttpStatusCode.OK);
        JsonElement second = await client.GetAsync($"/emails?limit=2&after={sent[1]}", HttpStatusCode.OK);
        JsonElement third = await client.GetAsync($"/emails?limit=2&after={sent[3]}", HttpStatusCode.OK);
        JsonElement back = await client.GetAsync($"/emails?limit=2&before={sent[4]}", HttpStatusCode.OK);

        AssertPage(sent[..2], true, first);
        AssertPage(sent[2..4], true, second);
        AssertPage(sent[4..], false, third);
        AssertPage(sent[2..4], true, back);
    }

    [Fact]
    public async Task The_list_is_filtered_by_state_and_by_part_of_an_address()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string now = (await client.PostAsync("/emails", """{"from":"a@example.com","to":"ada@example.net","subject":"s","text":"t"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        string later = (await client.PostAsync("/emails", """{"from":"a@example.com","to":"grace@example.net","subject":"s","text":"t","scheduled_at":"in 1 hour"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;

        Assert.Equal([later], Ids(await client.GetAsync("/emails?status=scheduled", HttpStatusCode.OK)));
        Assert.Equal([now], Ids(await client.GetAsync("/emails?status=queued&to=ADA", HttpStatusCode.OK)));
        Assert.Empty(Ids(await client.GetAsync("/emails?status=bounced", HttpStatusCode.OK)));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=x")]
    [InlineData("after=x")]
    [InlineData("status=lost")]
    public async Task A_bad_query_is_refused(string query)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement error = await client.GetAsync($"/emails?{query}", HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{query.Split('=')[0]}`", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static void AssertPage(List<string> ids, bool hasMore, JsonElement page)
    {
        Assert.Equal(ids, Ids(page));
        Assert.Equal(hasMore, page.GetProperty("has_more").GetBoolean());
    }

    private static List<string> Ids(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}

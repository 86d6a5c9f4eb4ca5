using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Projects;

public sealed class ProjectTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_project_says_where_its_mail_is_processed()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());

        JsonElement before = await client.GetAsync("/project", HttpStatusCode.OK);
        JsonElement changed = await client.PatchAsync("/project", """{"region":"eu","default_locale":"fr-CA","name":" Ours "}""", HttpStatusCode.OK);
        JsonElement part = await client.PatchAsync("/project", """{"default_locale":"en"}""", HttpStatusCode.OK);
        JsonElement cleared = await client.PatchAsync("/project", """{"region":null}""", HttpStatusCode.OK);

        Assert.Equal(("project", JsonValueKind.Null), (before.GetProperty("object").GetString(), before.GetProperty("region").ValueKind));
        Assert.Equal(("eu", "fr-CA", "Ours"), (changed.GetProperty("region").GetString(), changed.GetProperty("default_locale").GetString(), changed.GetProperty("name").GetString()));
        Assert.Equal("eu", part.GetProperty("region").GetString());
        Assert.Equal(JsonValueKind.Null, cleared.GetProperty("region").ValueKind);
        Assert.Equal("Other", (await other.GetAsync("/project", HttpStatusCode.OK)).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("""{"region":"Europe!"}""", "region")]
    [InlineData("""{"region":""}""", "region")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":"a\u0000b"}""", "name")]
    [InlineData("""{"default_locale":"not a tag"}""", "default_locale")]
    [InlineData("""{"default_locale":null}""", "default_locale")]
    [InlineData("""{"id":"x"}""", "id")]
    [InlineData("""{"name":5}""", "name")]
    public async Task A_wrong_value_is_refused_with_its_field(string body, string field)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        JsonElement before = await client.GetAsync("/project", HttpStatusCode.OK);

        JsonElement error = await client.PatchAsync("/project", body, HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith($"`{field}` ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before.GetRawText(), (await client.GetAsync("/project", HttpStatusCode.OK)).GetRawText());
    }
}

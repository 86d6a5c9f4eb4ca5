using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.ActionLinks;

public sealed class ActionLinkBadInputTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Good = "\"purpose\":\"p\",\"subject\":\"s\",\"title\":\"t\",\"button\":\"b\"";

    [Theory]
    [InlineData("""{"subject":"s","title":"t","button":"b"}""", 422, "purpose")]
    [InlineData("""{"purpose":"P!","subject":"s","title":"t","button":"b"}""", 422, "purpose")]
    [InlineData("""{"purpose":"p","title":"t","button":"b"}""", 422, "subject")]
    [InlineData("""{"purpose":"p","subject":"a\u0000","title":"t","button":"b"}""", 422, "subject")]
    [InlineData("""{"purpose":"p","subject":"s","button":"b"}""", 422, "title")]
    [InlineData("""{"purpose":"p","subject":"s","title":"a\u0000","button":"b"}""", 422, "title")]
    [InlineData("""{"purpose":"p","subject":"s","title":"a\ud800","button":"b"}""", 422, "title")]
    [InlineData("""{"purpose":"p","subject":"s","title":"a\nb","button":"b"}""", 422, "title")]
    [InlineData("""{"purpose":"p","subject":"s","title":"t"}""", 422, "button")]
    [InlineData("""{"purpose":"p","subject":"s","title":"t","choices":[]}""", 422, "choices")]
    [InlineData("""{"purpose":"p","subject":"s","title":"t","choices":[null]}""", 422, "choices.0.key")]
    [InlineData("""{"purpose":"p","subject":"s","title":"t","choices":[{"key":"a b","label":"l"}]}""", 422, "choices.0.key")]
    [InlineData("""{"purpose":"p","subject":"s","title":"t","choices":[{"key":"a","label":"l"},{"key":"a","label":"m"}]}""", 422, "choices.1.key")]
    [InlineData("""{"purpose":"p","subject":"s","title":"t","choices":[{"key":"a"}]}""", 422, "choices.0.label")]
    [InlineData("""{"purpose":"p","subject":"s","title":"t","button":"b","choices":[{"key":"a","label":"l"}]}""", 422, "button")]
    [InlineData("""{"purpose":7}""", 422, "purpose")]
    [InlineData("""{"purpose":""", 400, "JSON")]
    [InlineData("[]", 400, "object")]
    [InlineData("null", 400, "null")]
    [InlineData("", 400, "JSON")]
    [InlineData("{" + Good + ",\"expires_at\":\"2020-01-01T00:00:00Z\"}", 422, "expires_at")]
    [InlineData("{" + Good + ",\"expires_at\":\"2100-01-01T00:00:00Z\"}", 422, "expires_at")]
    [InlineData("{" + Good + ",\"expires_at\":\"soon\"}", 422, "expires_at")]
    [InlineData("{" + Good + ",\"redirect_url\":\"javascript:alert(1)\"}", 422, "redirect_url")]
    [InlineData("{" + Good + ",\"redirect_url\":\"//evil.example\"}", 422, "redirect_url")]
    [InlineData("{" + Good + ",\"redirect_url\":\"https://a:b@evil.example\"}", 422, "redirect_url")]
    [InlineData("{" + Good + ",\"redirect_url\":\"/here\"}", 422, "redirect_url")]
    [InlineData("{" + Good + ",\"metadata\":[1]}", 422, "metadata")]
    [InlineData("{" + Good + ",\"metadata\":{\"a\":\"\\u0000\"}}", 422, "metadata")]
    [InlineData("{" + Good + ",\"metadata\":{\"a\":\"\\ud800\"}}", 422, "metadata")]
    [InlineData("{" + Good + ",\"locale\":\"!!\"}", 422, "locale")]
    [InlineData("{" + Good + ",\"group\":\"g\",\"single_use\":false}", 422, "group")]
    public async Task A_wrong_body_is_refused_by_its_field_and_nothing_is_stored(string body, int status, string field)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement refusal = await client.PostAsync("/action-links", body, (HttpStatusCode)status);

        Assert.Contains(field, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await api.CountAsync("action_links"));
    }

    [Theory]
    [InlineData("title", 201)]
    [InlineData("text", 4001)]
    [InlineData("subject", 321)]
    [InlineData("group", 201)]
    [InlineData("redirect_url", 2001)]
    public async Task What_is_too_long_is_refused(string field, int length)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        Dictionary<string, string> body = new() { ["purpose"] = "p", ["subject"] = "s", ["title"] = "t", ["button"] = "b", [field] = new string('a', length) };

        JsonElement refusal = await client.PostAsync("/action-links", JsonSerializer.Serialize(body), HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{field}`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}

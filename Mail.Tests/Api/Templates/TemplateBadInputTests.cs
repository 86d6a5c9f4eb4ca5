using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Templates;

public sealed class TemplateBadInputTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("", 400, "not valid JSON")]
    [InlineData("[]", 400, "must be a JSON object")]
    [InlineData("{}", 422, "Missing `key` field.")]
    [InlineData("""{"key":"Bad Key"}""", 422, "`key` must be 1 to 64")]
    [InlineData("""{"key":"../etc"}""", 422, "`key` must be 1 to 64")]
    [InlineData("""{"key":"a","alias":"b"}""", 422, "`alias` contradicts `key`")]
    [InlineData("""{"key":"a","colour":"red"}""", 422, "`colour` is no field of a template")]
    [InlineData("""{"key":"a","name":null}""", 422, "`name` must not be null")]
    [InlineData("""{"key":"a","name":""}""", 422, "`name` must have 1 to 100 characters")]
    [InlineData("""{"key":"a","lane":"fast"}""", 422, "`lane`")]
    [InlineData("""{"key":"a","mjml":"<mjml/>","html":"<p>"}""", 422, "`html` cannot stand beside `mjml`")]
    [InlineData("""{"key":"a","html":7}""", 422, "`html` has a value of the wrong type.")]
    [InlineData("""{"key":"a","html":"a\u0000b"}""", 422, "`html` contains a NUL character")]
    [InlineData("""{"key":"a","default_locale":"klingon!"}""", 422, "`default_locale` is not a language tag")]
    [InlineData("""{"key":"a","layout":"layout"}""", 422, "`layout` must begin with `_`")]
    [InlineData("""{"key":"a","strings":{"e":{}}}""", 422, "`strings.e` is not a language tag")]
    [InlineData("""{"key":"a","strings":{"en":{"a b":"x"}}}""", 422, "`strings.en.a b` must be a name")]
    [InlineData("""{"key":"a","strings":{"en":{"a":"\u0000"}}}""", 422, "`strings.en.a` must be text")]
    [InlineData("""{"key":"a","strings":{"en":null}}""", 422, "`strings` must not hold null")]
    [InlineData("""{"key":"a","strings":{"en":{"a":null}}}""", 422, "`strings` must not hold null")]
    [InlineData("""{"key":"a","variables":{"a-b":{"type":"string"}}}""", 422, "`variables.a-b` must be a name")]
    [InlineData("""{"key":"a","variables":{"locale":{"type":"string"}}}""", 422, "`variables.locale` has a name that every template knows")]
    [InlineData("""{"key":"a","variables":{"__proto__":{"type":"colour"}}}""", 422, "`__proto__.type`")]
    [InlineData("""{"key":"a","variables":{"a":{"type":"list"}}}""", 422, "`variables.a.fields` must name")]
    [InlineData("""{"key":"a","variables":{"a":{"type":"string","fields":{"b":{"type":"string"}}}}}""", 422, "`variables.a.fields` is for lists only")]
    [InlineData("""{"key":"a","variables":{"a":{"type":"list","fields":{"b":{"type":"list"}}}}}""", 422, "`variables.a.fields.b.type` cannot be a list")]
    [InlineData("""{"key":"a","variables":{"a":{"type":"number","default":"x"}}}""", 422, "`variables.a.default` must be a number.")]
    [InlineData("""{"key":"a","variables":{"a":{"type":"string","required":true,"default":"x"}}}""", 422, "`variables.a.default` is never used")]
    [InlineData("""{"key":"a","variables":[{"type":"string"}]}""", 422, "`variables` must be a list of")]
    [InlineData("""{"key":"a","variables":{"a":null}}""", 422, "`variables` must say of each variable")]
    [InlineData("""{"key":"a","variables":{"u":{"type":"url"}},"sample":{"u":"javascript:alert(1)"}}""", 422, "`sample.u` must be an absolute http or https URL.")]
    [InlineData("""{"key":"a","revision":1}""", 422, "`revision` is for changes")]
    public async Task Wrong_body_names_its_field_and_stores_nothing(string body, int status, string message)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement refusal = await client.PostAsync("/templates", body, (HttpStatusCode)status);

        Assert.Contains(message, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain((await client.GetAsync("/templates?limit=100", HttpStatusCode.OK)).GetProperty("data").EnumerateArray(), template => !template.GetProperty("built_in").GetBoolean());
    }

    [Theory]
    [InlineData("/templates/no-such", "GET")]
    [InlineData("/templates/..%2f..%2fetc", "GET")]
    [InlineData("/templates/00000000-0000-0000-0000-000000000000/versions", "GET")]
    [InlineData("/templates/no-such/versions/999999999999", "GET")]
    [InlineData("/template-layouts/no-such", "GET")]
    [InlineData("/templates/no-such", "DELETE")]
    [InlineData("/template-layouts/_no", "DELETE")]
    public async Task What_is_not_there_is_404(string path, string method)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        using HttpRequestMessage request = new(new HttpMethod(method), path);

        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("rollback", "{}", 422)]
    [InlineData("rollback", """{"version":0}""", 422)]
    [InlineData("rollback", """{"version":"x"}""", 422)]
    [InlineData("publish", """{"note":7}""", 422)]
    [InlineData("publish", "[", 400)]
    [InlineData("duplicate", "{}", 422)]
    [InlineData("duplicate", """{"key":"there"}""", 409)]
    [InlineData("render", """{"locale":"???"}""", 422)]
    [InlineData("render", """{"version":5}""", 404)]
    [InlineData("render", """{"variables":{"n":"x"}}""", 422)]
    [InlineData("render", """{"template":{}}""", 422)]
    public async Task Wrong_call_of_a_template_is_refused(string what, string body, int status)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", """{"key":"there","subject":"S","html":"<p>{{n}}</p>","variables":{"n":{"type":"number"}}}""", HttpStatusCode.Created);

        await client.PostAsync($"/templates/there/{what}", body, (HttpStatusCode)status);
    }

    [Theory]
    [InlineData("_layout", """{"partials":{"../../x":"<mj-text/>"}}""")]
    [InlineData("_layout", """{"partials":{"a":7}}""")]
    [InlineData("layout", "{}")]
    [InlineData("_layout", """{"variables":{"a":{"type":"nothing"}}}""")]
    [InlineData("_layout", """{"strings":{"x":{}}}""")]
    public async Task Wrong_layout_is_refused(string key, string body)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        using HttpRequestMessage request = new(HttpMethod.Put, $"/template-layouts/{key}") { Content = ApiFixture.Json(body) };

        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Fact]
    public async Task Key_without_the_scope_changes_nothing()
    {
        using HttpClient anonymous = api.ClientWith(null);

        await anonymous.PostAsync("/templates", """{"key":"a"}""", HttpStatusCode.Unauthorized);
    }
}

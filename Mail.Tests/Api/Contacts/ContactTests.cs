using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Contacts;

public sealed class ContactTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Template = """
        {"key":"seat","subject":"Hello {{name}}","html":"<p>{{t \"hi\"}} {{name}}, row {{row}}, {{datetime at}}</p>","strings":{"en":{"subject":"Hello {{name}}","hi":"Hi"},"fr":{"subject":"Bonjour {{name}}","hi":"Salut"}},
         "variables":{"name":{"type":"string","required":true},"row":{"type":"number","required":true},"at":{"type":"date","required":true},"zone":{"type":"time_zone"}}}
        """;

    [Fact]
    public async Task Contact_is_kept_changed_listed_and_removed()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        JsonElement added = await client.PostAsync("/contacts", """{"email":"Zoé <Zoe@Example.com>","name":"Zoé","locale":"fr","time_zone":"Europe/Paris","attributes":{"row":7,"vip":true,"seat":"A"} }""", HttpStatusCode.Created);
        string id = added.GetProperty("id").GetString()!;
        Assert.Equal("zoe@example.com", added.GetProperty("email").GetString());
        Assert.Equal("contact_exists", (await client.PostAsync("/contacts", """{"email":"zoe@example.com"}""", HttpStatusCode.Conflict)).GetProperty("name").GetString());

        JsonElement changed = await client.PatchAsync("/contacts/ZOE@example.com", """{"name":null,"attributes":{"row":8,"vip":null}}""", HttpStatusCode.OK);
        Assert.Equal(("fr", JsonValueKind.Null, """{"row":8,"seat":"A"}"""), (changed.GetProperty("locale").GetString(), changed.GetProperty("name").ValueKind, changed.GetProperty("attributes").GetRawText().Replace(" ", "", StringComparison.Ordinal)));

        await client.PostAsync($"/contacts/{id}/consents", """{"purpose":"news","granted":true,"source":"sign-up form","at":"2026-01-02T03:04:05Z"}""", HttpStatusCode.Created);
        await client.PostAsync($"/contacts/{id}/consents", """{"purpose":"news","granted":false}""", HttpStatusCode.Created);
        JsonElement read = await client.GetAsync($"/contacts/{id}", HttpStatusCode.OK);
        Assert.Equal([false, true], read.GetProperty("consents").EnumerateArray().Select(consent => consent.GetProperty("granted").GetBoolean()));

        using HttpResponseMessage put = await client.PutAsync(new Uri("/contacts/zoe@example.com", UriKind.Relative), ApiFixture.Json("""{"locale":"de"}"""));
        JsonElement replaced = JsonDocument.Parse(await put.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((id, "de", "{}"), (replaced.GetProperty("id").GetString(), replaced.GetProperty("locale").GetString(), replaced.GetProperty("attributes").GetRawText()));

        await client.PostAsync("/contacts", """{"email":"second@example.com"}""", HttpStatusCode.Created);
        JsonElement page = await client.GetAsync("/contacts?limit=1", HttpStatusCode.OK);
        Assert.Equal(("second@example.com", true), (page.GetProperty("data")[0].GetProperty("email").GetString(), page.GetProperty("has_more").GetBoolean()));
        JsonElement rest = await client.GetAsync($"/contacts?limit=1&after={page.GetProperty("data")[0].GetProperty("id").GetString()}", HttpStatusCode.OK);
        Assert.Equal(("zoe@example.com", false), (rest.GetProperty("data")[0].GetProperty("email").GetString(), rest.GetProperty("has_more").GetBoolean()));
        Assert.Single((await client.GetAsync("/contacts?email=second", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());

        await client.DeleteAsync($"/contacts/{id}", HttpStatusCode.OK);
        await client.GetAsync($"/contacts/{id}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Template_takes_from_the_contact_what_the_call_does_not_say()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", Template, HttpStatusCode.Created);
        await client.PostAsync("/templates/seat/publish", "", HttpStatusCode.OK);
        await client.PostAsync("/contacts", """{"email":"zoe@example.com","name":"Zoé","locale":"fr-CA","time_zone":"Asia/Tokyo","attributes":{"row":7,"at":"no date"} }""", HttpStatusCode.Created);

        string known = await SendAsync(client, """{"from":"a@example.com","to":"ZOE@example.com","template":{"id":"seat","variables":{"at":"2026-11-21T20:00:00Z"}}}""");
        string said = await SendAsync(client, """{"from":"a@example.com","to":"zoe@example.com","template":{"id":"seat","locale":"en","variables":{"at":"2026-11-21T20:00:00Z","name":"Miss Z","row":1,"zone":"UTC"}}}""");
        JsonElement several = await client.PostAsync("/emails", """{"from":"a@example.com","to":["zoe@example.com","b@example.com"],"template":{"id":"seat","variables":{"at":"2026-11-21T20:00:00Z"}}}""", HttpStatusCode.UnprocessableEntity);
        JsonElement misfit = await client.PostAsync("/emails", """{"from":"a@example.com","to":"zoe@example.com","template":{"id":"seat"}}""", HttpStatusCode.UnprocessableEntity);

        Assert.Equal("<p>Salut Zoé, row 7, 22 novembre 2026 à 05:00</p>", Plain(known));
        Assert.Equal("<p>Hi Miss Z, row 1, 21 November 2026 at 20:00</p>", Plain(said));
        Assert.StartsWith("Missing `template.variables.name` field.", several.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Missing `template.variables.at` field.", misfit.GetProperty("message").GetString()); // what does not fit counts as not there
    }

    [Fact]
    public async Task Batch_takes_each_recipient_s_own()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", """{"key":"hi","subject":"Hi {{name}}","html":"<p>x</p>","variables":{"name":{"type":"string","required":true}}}""", HttpStatusCode.Created);
        await client.PostAsync("/templates/hi/publish", "", HttpStatusCode.OK);
        await client.PostAsync("/contacts", """{"email":"a@example.com","name":"Ann"}""", HttpStatusCode.Created);
        await client.PostAsync("/contacts", """{"email":"b@example.com","name":"Bob"}""", HttpStatusCode.Created);

        JsonElement sent = await client.PostAsync("/emails/batch", """[{"from":"x@example.com","to":"a@example.com","template":{"id":"hi"}},{"from":"x@example.com","to":"b@example.com","template":{"id":"hi"}}]""", HttpStatusCode.OK);

        List<string?> subjects = [];
        foreach (JsonElement one in sent.GetProperty("data").EnumerateArray()) subjects.Add((await client.GetAsync($"/emails/{one.GetProperty("id").GetString()}", HttpStatusCode.OK)).GetProperty("subject").GetString());
        Assert.Equal(["Hi Ann", "Hi Bob"], subjects);
    }

    [Theory]
    [InlineData("{}", "Missing `email` field.")]
    [InlineData("""{"email":"no address"}""", "`email` is not an address")]
    [InlineData("""{"email":"a@example.com","colour":1}""", "`colour` is no field of a contact")]
    [InlineData("""{"email":"a@example.com","name":"a\nb"}""", "`name` must be one line")]
    [InlineData("""{"email":"a@example.com","name":"\u0000"}""", "`name` must be one line")]
    [InlineData("""{"email":"a@example.com","locale":"??"}""", "`locale` is not a language tag")]
    [InlineData("""{"email":"a@example.com","time_zone":"../../etc/passwd"}""", "`time_zone` must be the name of a time zone")]
    [InlineData("""{"email":"a@example.com","attributes":{"a b":1}}""", "`attributes.a b` must be a name")]
    [InlineData("""{"email":"a@example.com","attributes":{"a":[1]}}""", "`attributes.a` must be a string")]
    [InlineData("""{"email":"a@example.com","attributes":{"a":"\ud800"}}""", "`attributes.a` must be a string")]
    [InlineData("""{"email":"a@example.com","attributes":7}""", "`attributes` has a value of the wrong type.")]
    public async Task Wrong_contact_is_refused_and_not_stored(string body, string message)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement refusal = await client.PostAsync("/contacts", body, HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith(message, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty((await client.GetAsync("/contacts", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"purpose":"a b","granted":true}""")]
    [InlineData("""{"purpose":"news"}""")]
    [InlineData("""{"purpose":"news","granted":true,"at":"2999-01-01T00:00:00Z"}""")]
    [InlineData("""{"purpose":"news","granted":"yes"}""")]
    public async Task Wrong_consent_is_refused(string body)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/contacts", """{"email":"a@example.com"}""", HttpStatusCode.Created);

        await client.PostAsync("/contacts/a@example.com/consents", body, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Another_project_s_contact_is_not_found_and_not_used()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        using HttpClient other = api.ClientWith(await api.AddProjectAsync());
        string id = (await client.PostAsync("/contacts", """{"email":"a@example.com","name":"Ann","locale":"fr"}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

        await other.GetAsync($"/contacts/{id}", HttpStatusCode.NotFound);
        await other.GetAsync("/contacts/a@example.com", HttpStatusCode.NotFound);
        await other.GetAsync("/contacts/neither", HttpStatusCode.NotFound);
        await other.PatchAsync($"/contacts/{id}", "{}", HttpStatusCode.NotFound);
        await other.DeleteAsync($"/contacts/{id}", HttpStatusCode.NotFound);
        await other.PostAsync($"/contacts/{id}/consents", """{"purpose":"news","granted":true}""", HttpStatusCode.NotFound);
        string sent = await SendAsync(other, """{"from":"x@example.com","to":"a@example.com","template":{"id":"password-reset","variables":{"code":"1"}}}""");
        Assert.DoesNotContain("Ann", sent, StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(HttpClient client, string body)
    {
        string id = (await client.PostAsync("/emails", body, HttpStatusCode.OK)).GetProperty("id").GetString()!;
        using HttpResponseMessage html = await client.GetAsync(new Uri($"/emails/{id}/html", UriKind.Relative));
        return await html.Content.ReadAsStringAsync();
    }

    private static string Plain(string html) => WebUtility.HtmlDecode(html);
}

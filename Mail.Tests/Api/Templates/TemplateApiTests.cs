using System.Net;
using System.Text.Json;
using Mail.Tests.Core.Templates;

namespace Mail.Tests.Api.Templates;

public sealed class TemplateApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Order = """
        {"key":"order-confirmation","name":"Order confirmation","html":"<p>Hello {{name}}</p><p><a href=\"{{url}}\">Your order</a></p>","subject":"Order of {{name}}",
         "variables":{"name":{"type":"string","required":true},"url":{"type":"url","required":true}},"sample":{"name":"Ann","url":"https://shop.example/1"}}
        """;

    [Fact]
    public async Task Template_is_written_published_sent_and_rolled_back()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement created = await client.PostAsync("/templates", Order, HttpStatusCode.Created);
        string id = created.GetProperty("id").GetString()!;
        Assert.Equal(("template", "draft", 1, true), (created.GetProperty("object").GetString(), created.GetProperty("status").GetString(), created.GetProperty("revision").GetInt32(), created.GetProperty("has_changes").GetBoolean()));
        JsonElement refused = await client.PostAsync("/emails", Mail("order-confirmation"), HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith("`template.id` names no published template: 'order-confirmation'.", refused.GetProperty("message").GetString(), StringComparison.Ordinal);

        Assert.Equal(1, (await client.PostAsync("/templates/order-confirmation/publish", """{"note":"first"}""", HttpStatusCode.OK)).GetProperty("version").GetInt32());
        string first = (await client.PostAsync("/emails", Mail("order-confirmation"), HttpStatusCode.OK)).GetProperty("id").GetString()!;

        await client.PatchAsync($"/templates/{id}", """{"html":"<p>Dear {{name}}, see {{url}}</p>"}""", HttpStatusCode.OK);
        string between = (await client.PostAsync("/emails", Mail(id), HttpStatusCode.OK)).GetProperty("id").GetString()!;
        Assert.Equal(2, (await client.PostAsync($"/templates/{id}/publish", "", HttpStatusCode.OK)).GetProperty("version").GetInt32());
        string second = (await client.PostAsync("/emails", Mail(id), HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await client.PostAsync($"/templates/{id}/rollback", """{"version":1}""", HttpStatusCode.OK);
        string back = (await client.PostAsync("/emails", Mail("order-confirmation"), HttpStatusCode.OK)).GetProperty("id").GetString()!;

        // Each message is the version that was published when it was accepted, whatever was published since.
        bool[] areFirst = await Task.WhenAll(new[] { first, between, second, back }.Select(async message => (await HtmlOfAsync(client, message)).Contains("Hello Ann &amp; Bob", StringComparison.Ordinal)));
        Assert.Equal([true, true, false, true], areFirst);
        JsonElement mail = await client.GetAsync($"/emails/{first}", HttpStatusCode.OK);
        Assert.Equal("Order of Ann & Bob", mail.GetProperty("subject").GetString());
        using HttpResponseMessage text = await client.GetAsync(new Uri($"/emails/{first}/text", UriKind.Relative));
        Assert.Equal("Hello Ann & Bob\n\nYour order: https://shop.example/7\n", await text.Content.ReadAsStringAsync());

        JsonElement versions = await client.GetAsync($"/templates/{id}/versions", HttpStatusCode.OK);
        Assert.Equal([(2, false, null), (1, true, "first")], versions.GetProperty("data").EnumerateArray().Select(one => (one.GetProperty("version").GetInt32(), one.GetProperty("is_published").GetBoolean(), one.GetProperty("note").GetString())));
        JsonElement taken = (await client.GetAsync("/templates", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().First();
        Assert.Equal(versions.GetProperty("data")[1].GetProperty("created_at").GetDateTimeOffset(), taken.GetProperty("published_at").GetDateTimeOffset()); // of what messages take, not of the last publication
        JsonElement diff = await client.GetAsync($"/templates/{id}/diff?from=1&to=2", HttpStatusCode.OK);
        JsonElement file = Assert.Single(diff.GetProperty("files").EnumerateArray());
        Assert.Equal("@@ -1,1 +1,1 @@\n-<p>Hello {{name}}</p><p><a href=\"{{url}}\">Your order</a></p>\n+<p>Dear {{name}}, see {{url}}</p>\n", file.GetProperty("diff").GetString());

        await client.DeleteAsync($"/templates/{id}", HttpStatusCode.OK);
        await client.PostAsync("/emails", Mail("order-confirmation"), HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Hello Ann", await HtmlOfAsync(client, first), StringComparison.Ordinal); // what was accepted is sent
        await client.PostAsync("/templates", Order, HttpStatusCode.Created); // the key is free again
    }

    [Fact]
    public async Task What_a_read_shows_a_change_takes()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        JsonElement created = await client.PostAsync("/templates", Order, HttpStatusCode.Created);
        Assert.Equal("url", created.GetProperty("variables").GetProperty("url").GetProperty("type").GetString());

        string shown = $$"""{"lane":{{created.GetProperty("lane").GetRawText()}},"variables":{{created.GetProperty("variables").GetRawText()}},"sample":{{created.GetProperty("sample").GetRawText()}},"strings":{{created.GetProperty("strings").GetRawText()}}}""";
        JsonElement changed = await client.PatchAsync("/templates/order-confirmation", shown, HttpStatusCode.OK);
        Assert.Equal(created.GetProperty("variables").ToString(), changed.GetProperty("variables").ToString());

        await client.PostAsync("/templates/order-confirmation/publish", "", HttpStatusCode.OK);
        JsonElement source = (await client.GetAsync("/templates/order-confirmation/versions/1", HttpStatusCode.OK)).GetProperty("source");
        Assert.Equal("normal", source.GetProperty("lane").GetString());
        Assert.Equal("string", source.GetProperty("variables").GetProperty("name").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Project_sees_its_own_templates_and_the_built_in_ones_that_it_has_not_replaced()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        using HttpClient other = api.ClientWith(await api.AddProjectAsync());
        Assert.Equal("password-reset", (await client.PostAsync("/templates/password-reset/duplicate", """{"key":"password-reset"}""", HttpStatusCode.Created)).GetProperty("key").GetString());

        JsonElement mine = (await client.GetAsync("/templates", HttpStatusCode.OK)).GetProperty("data");
        Assert.Single(mine.EnumerateArray(), template => template.GetProperty("key").GetString() == "password-reset" && !template.GetProperty("built_in").GetBoolean());
        JsonElement theirs = (await other.GetAsync("/templates?limit=100", HttpStatusCode.OK)).GetProperty("data");
        Assert.Single(theirs.EnumerateArray(), template => template.GetProperty("key").GetString() == "password-reset" && template.GetProperty("built_in").GetBoolean());
        JsonElement builtIn = await other.GetAsync("/templates/password-reset", HttpStatusCode.OK);
        Assert.Contains("<mjml", builtIn.GetProperty("mjml").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_comes_by_pages()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        using HttpClient other = api.ClientWith(await api.AddProjectAsync());
        foreach (string key in (string[])["b", "a", "welcome"]) await client.PostAsync("/templates", $$"""{"key":"{{key}}"}""", HttpStatusCode.Created);
        string foreign = (await other.PostAsync("/templates", """{"key":"theirs"}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;
        string[] all = Keys(await client.GetAsync("/templates?limit=100", HttpStatusCode.OK));

        List<string> seen = [];
        JsonElement page;
        string after = "";
        do
        {
            page = await client.GetAsync($"/templates?limit=7{after}", HttpStatusCode.OK);
            seen.AddRange(Keys(page));
            JsonElement last = page.GetProperty("data").EnumerateArray().Last();
            after = $"&after={last.GetProperty("id").GetString() ?? last.GetProperty("key").GetString()}";
        }
        while (page.GetProperty("has_more").GetBoolean());
        JsonElement back = await client.GetAsync($"/templates?limit=2&before={all[4]}", HttpStatusCode.OK);
        JsonElement first = await client.GetAsync($"/templates?limit=4&before={all[2]}", HttpStatusCode.OK);

        Assert.Equal(["a", "b", "welcome"], all[..3]);
        Assert.Single(all, key => key == "welcome");
        Assert.Equal(all, seen);
        Assert.Equal((all[2], all[3], true), (Keys(back)[0], Keys(back)[1], back.GetProperty("has_more").GetBoolean()));
        Assert.Equal((2, false), (Keys(first).Length, first.GetProperty("has_more").GetBoolean()));
        Assert.Equal(20, Keys(await client.GetAsync("/templates", HttpStatusCode.OK)).Length);
        foreach (string wrong in (string[])["limit=0", "limit=101", "limit=x", "after=none", $"after={foreign}", "after=a&before=b", "after=%00", "before=%EF%BF%BD"])
            Assert.StartsWith($"`{(wrong.Contains("&before", StringComparison.Ordinal) ? "before" : wrong[..wrong.IndexOf('=', StringComparison.Ordinal)])}`", (await client.GetAsync($"/templates?{wrong}", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);

        static string[] Keys(JsonElement list) => [.. list.GetProperty("data").EnumerateArray().Select(template => template.GetProperty("key").GetString()!)];
    }

    [Fact]
    public async Task Preview_of_a_version_says_what_the_preview_of_the_draft_says()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", """{"key":"plain","subject":"Hi","html":"<p>Hi <a href=\"http://a.example/\">there</a><img src=\"https://a.example/a.png\"></p>","variables":{"never":{"type":"string"}}}""", HttpStatusCode.Created);
        await client.PostAsync("/templates/plain/publish", "", HttpStatusCode.OK);

        JsonElement draft = await client.PostAsync("/templates/plain/render", "", HttpStatusCode.OK);
        JsonElement version = await client.PostAsync("/templates/plain/render", """{"version":1}""", HttpStatusCode.OK);

        Assert.NotEmpty(draft.GetProperty("problems").EnumerateArray());
        Assert.Equal(draft.GetProperty("problems").GetRawText(), version.GetProperty("problems").GetRawText());
    }

    [Fact]
    public async Task Copy_of_a_built_in_template_can_be_published_and_takes_its_place()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(TemplateSamples.Folder, "node_modules", "mjml")), "The MJML compiler is not installed: run npm ci in templates/.");
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates/password-reset/duplicate", """{"key":"password-reset","name":"Ours"}""", HttpStatusCode.Created);
        JsonElement strings = (await client.GetAsync("/templates/password-reset", HttpStatusCode.OK)).GetProperty("strings");
        Dictionary<string, Dictionary<string, string>> texts = strings.Deserialize<Dictionary<string, Dictionary<string, string>>>()!;
        texts["en"]["subject"] = "Our own words";
        await client.PatchAsync("/templates/password-reset", JsonSerializer.Serialize(new { strings = texts }), HttpStatusCode.OK);

        JsonElement published = await client.PostAsync("/templates/password-reset/publish", "", HttpStatusCode.OK);
        string id = (await client.PostAsync("/emails", """{"from":"a@example.com","to":"b@example.com","template":{"id":"password-reset","variables":{"code":"123456"}}}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;

        Assert.All(published.GetProperty("problems").EnumerateArray(), problem => Assert.Equal("note", problem.GetProperty("severity").GetString()));
        Assert.Equal("Our own words", (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Resend_s_form_of_a_template_works()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", """
            {"name":"welcome","alias":"welcome-x","subject":"Hi {{{NAME}}}","html":"<p>{{{NAME}}} of {{{TEAM}}}</p>","variables":[{"key":"NAME","type":"string"},{"key":"TEAM","type":"string","fallback_value":"nobody"}]}
            """, HttpStatusCode.Created);
        await client.PostAsync("/templates/welcome-x/publish", "", HttpStatusCode.OK);

        JsonElement missing = await client.PostAsync("/emails", """{"from":"a@example.com","to":"b@example.com","template":{"id":"welcome-x"}}""", HttpStatusCode.UnprocessableEntity);
        string id = (await client.PostAsync("/emails", """{"from":"a@example.com","to":"b@example.com","template":{"id":"welcome-x","variables":{"NAME":"<script>Ann"}}}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;

        Assert.Equal("Missing `template.variables.NAME` field.", missing.GetProperty("message").GetString());
        Assert.Equal("<p>&lt;script&gt;Ann of nobody</p>", await HtmlOfAsync(client, id));
    }

    [Fact]
    public async Task Publishing_what_has_errors_names_them_all_and_publishes_nothing()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", """{"key":"broken","subject":"S","html":"<p>{{a}}</p>\n<p>{{#if b}}</p>"}""", HttpStatusCode.Created);

        JsonElement refusal = await client.PostAsync("/templates/broken/publish", "", HttpStatusCode.UnprocessableEntity);

        Assert.Equal(("template_has_errors", 422), (refusal.GetProperty("name").GetString(), refusal.GetProperty("statusCode").GetInt32()));
        Assert.Contains(refusal.GetProperty("problems").EnumerateArray(), problem => problem.GetProperty("line").ValueKind is JsonValueKind.Number && problem.GetProperty("line").GetInt32() == 1 && problem.GetProperty("column").GetInt32() == 6);
        Assert.True(refusal.GetProperty("problems").GetArrayLength() >= 2);
        Assert.Empty((await client.GetAsync("/templates/broken/versions", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Preview_shows_the_draft_a_version_and_what_is_not_stored()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", Order, HttpStatusCode.Created);
        await client.PostAsync("/templates/order-confirmation/publish", "", HttpStatusCode.OK);
        await client.PatchAsync("/templates/order-confirmation", """{"subject":"New {{name}}"}""", HttpStatusCode.OK);

        Assert.Equal("New Ann", (await client.PostAsync("/templates/order-confirmation/render", "", HttpStatusCode.OK)).GetProperty("subject").GetString());
        Assert.Equal("Order of Bob", (await client.PostAsync("/templates/order-confirmation/render", """{"version":1,"variables":{"name":"Bob"}}""", HttpStatusCode.OK)).GetProperty("subject").GetString());
        JsonElement unstored = await client.PostAsync("/templates/render", """{"template":{"subject":"S {{x}}","html":"<p>{{x}}</p>","variables":{"x":{"type":"string","required":true}}}}""", HttpStatusCode.OK);
        Assert.Equal(("S x", "<p>x</p>", "x\n", 8), (unstored.GetProperty("subject").GetString(), unstored.GetProperty("html").GetString(), unstored.GetProperty("text").GetString(), unstored.GetProperty("size").GetInt32()));
        Assert.Contains("code", (await client.PostAsync("/templates/password-reset/render", """{"locale":"fr"}""", HttpStatusCode.OK)).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_edit_at_once_do_not_overwrite_each_other()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", Order, HttpStatusCode.Created);

        Assert.Equal(2, (await client.PatchAsync("/templates/order-confirmation", """{"name":"A","revision":1}""", HttpStatusCode.OK)).GetProperty("revision").GetInt32());
        JsonElement refused = await client.PatchAsync("/templates/order-confirmation", """{"name":"B","revision":1}""", HttpStatusCode.Conflict);

        Assert.Equal("changed_meanwhile", refused.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Layout_of_a_project_takes_the_place_of_the_built_in_one()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(TemplateSamples.Folder, "node_modules", "mjml")), "The MJML compiler is not installed: run npm ci in templates/.");
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Assert.True((await client.GetAsync("/template-layouts/_layout", HttpStatusCode.OK)).GetProperty("built_in").GetBoolean());
        using HttpRequestMessage put = new(HttpMethod.Put, "/template-layouts/_layout") { Content = ApiFixture.Json("""{"partials":{"top.mjml":"<mj-section><mj-column><mj-text>Top of {{app}}</mj-text></mj-column></mj-section>"},"variables":{"app":{"type":"string","default":"Acme"}}}""") };
        using HttpResponseMessage stored = await client.SendAsync(put);
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);

        JsonElement preview = await client.PostAsync("/templates/render", """{"template":{"subject":"S","layout":"_layout","mjml":"<mjml><mj-body><mj-include path=\"../_layout/top.mjml\" /></mj-body></mjml>"}}""", HttpStatusCode.OK);
        JsonElement lost = await client.PostAsync("/templates/render", """{"template":{"subject":"S","layout":"_layout","mjml":"<mjml><mj-body><mj-include path=\"../_layout/header.mjml\" /></mj-body></mjml>"}}""", HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Top of Acme", preview.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("There is no partial", lost.GetProperty("message").GetString(), StringComparison.Ordinal);
        await client.DeleteAsync("/template-layouts/_layout", HttpStatusCode.OK);
        Assert.True((await client.GetAsync("/template-layouts/_layout", HttpStatusCode.OK)).GetProperty("built_in").GetBoolean());
    }

    [Fact]
    public async Task Another_project_s_template_is_not_found()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        using HttpClient other = api.ClientWith(await api.AddProjectAsync());
        string id = (await client.PostAsync("/templates", Order, HttpStatusCode.Created)).GetProperty("id").GetString()!;
        await client.PostAsync($"/templates/{id}/publish", "", HttpStatusCode.OK);

        foreach (string path in (string[])["", "/versions", "/versions/1", "/diff"]) await other.GetAsync($"/templates/{id}{path}", HttpStatusCode.NotFound);
        foreach (string path in (string[])["/publish", "/render"]) await other.PostAsync($"/templates/{id}{path}", "", HttpStatusCode.NotFound);
        await other.PostAsync($"/templates/{id}/rollback", """{"version":1}""", HttpStatusCode.NotFound);
        await other.PostAsync($"/templates/{id}/duplicate", """{"key":"mine"}""", HttpStatusCode.NotFound);
        await other.PatchAsync($"/templates/{id}", """{"name":"x"}""", HttpStatusCode.NotFound);
        await other.DeleteAsync($"/templates/{id}", HttpStatusCode.NotFound);
        await other.PostAsync("/emails", Mail(id), HttpStatusCode.UnprocessableEntity);
    }

    private static string Mail(string template) =>
        $$"""{"from":"shop@example.com","to":"ann@example.com","template":{"id":"{{template}}","variables":{"name":"Ann & Bob","url":"https://shop.example/7"} } }""";

    private static async Task<string> HtmlOfAsync(HttpClient client, string id)
    {
        using HttpResponseMessage response = await client.GetAsync(new Uri($"/emails/{id}/html", UriKind.Relative));
        return await response.Content.ReadAsStringAsync();
    }
}

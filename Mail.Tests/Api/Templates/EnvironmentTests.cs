using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mail.Api.Templates;
using Mail.Core.Templates;
using Mail.Tests.Core.Templates;

namespace Mail.Tests.Api.Templates;

public sealed class EnvironmentTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Nothing = "{}";

    [Fact]
    public async Task Whole_set_goes_from_one_project_to_another_and_renders_the_same_mails()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(TemplateSamples.Folder, "node_modules", "mjml")), "The MJML compiler is not installed: run npm ci in templates/.");
        using HttpClient from = api.ClientWith(await api.AddProjectAsync());
        using HttpClient to = api.ClientWith(await api.AddProjectAsync());
        Dictionary<string, string> set = TemplatesOnDisk.Read(TemplateSamples.Folder);

        await ApplyAsync(from, set);
        Dictionary<string, string> exported = await ExportAsync(from);
        JsonElement applied = await ApplyAsync(to, exported);

        Assert.Equal(TemplateSamples.Catalog.All.Select(template => template.Key), applied.GetProperty("versions").EnumerateObject().Select(version => version.Name).Order(StringComparer.Ordinal));
        Assert.Equal(exported, await ExportAsync(to));
        Assert.Equal(exported, await ExportAsync(from, "?published=true"));
        foreach (string key in TemplateSamples.Catalog.All.Select(template => template.Key))
        {
            foreach (string locale in (string[])["en", "fr"])
            {
                string body = $$"""{"version":1,"locale":"{{locale}}"}""";
                JsonElement one = await from.PostAsync($"/templates/{key}/render", body, HttpStatusCode.OK);
                JsonElement other = await to.PostAsync($"/templates/{key}/render", body, HttpStatusCode.OK);
                RenderedEmail builtIn = TemplateSamples.RenderSample(key, locale);
                foreach (string part in (string[])["subject", "html", "text"]) Assert.Equal(WithoutIds(one.GetProperty(part).GetString()!), WithoutIds(other.GetProperty(part).GetString()!));
                Assert.Equal((builtIn.Subject, builtIn.Text), (one.GetProperty("subject").GetString(), one.GetProperty("text").GetString()));
                Assert.Equal(WithoutIds(builtIn.Html), WithoutIds(one.GetProperty("html").GetString()!));
            }
        }

        // What is there already is no difference, however its files were laid out.
        JsonElement again = await PlanAsync(to, set.ToDictionary(file => file.Key, file => file.Value.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Empty(again.GetProperty("changes").EnumerateArray());
    }

    [Fact]
    public async Task Plan_shows_by_file_what_an_apply_would_change_and_changes_nothing()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await ApplyAsync(client, Folder(("one", "Hello"), ("two", "Two"), ("three", "Three")));

        JsonElement plan = await PlanAsync(client, Folder(("one", "Hello you"), ("two", "Two"), ("four", "Four")));

        Assert.Equal([("four", "added"), ("one", "changed")], Changes(plan));
        JsonElement file = Assert.Single(plan.GetProperty("changes")[1].GetProperty("files").EnumerateArray());
        Assert.Equal(("template.html", "changed", "@@ -1,1 +1,1 @@\n-<p>Hello</p>\n+<p>Hello you</p>\n"), (file.GetProperty("name").GetString(), file.GetProperty("status").GetString(), file.GetProperty("diff").GetString()));
        Assert.Equal(["three"], plan.GetProperty("kept").EnumerateArray().Select(kept => kept.GetString()));
        Assert.Equal([("four", "added"), ("one", "changed"), ("three", "removed")], Changes(await PlanAsync(client, Folder(("one", "Hello you"), ("two", "Two"), ("four", "Four")), prune: true)));
        Assert.Equal("<p>Hello</p>", (await client.GetAsync("/templates/one", HttpStatusCode.OK)).GetProperty("html").GetString());
    }

    [Fact]
    public async Task Only_what_differs_is_published_and_only_pruning_removes()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await ApplyAsync(client, Folder(("one", "Hello"), ("two", "Two"), ("three", "Three")));

        JsonElement applied = await ApplyAsync(client, Folder(("one", "Hello you"), ("two", "Two")));

        Assert.Equal([("one", 2)], applied.GetProperty("versions").EnumerateObject().Select(version => (version.Name, version.Value.GetInt32())));
        await client.GetAsync("/templates/three", HttpStatusCode.OK);
        Assert.Equal([("three", "removed")], Changes(await ApplyAsync(client, Folder(("one", "Hello you"), ("two", "Two")), prune: true)));
        await client.GetAsync("/templates/three", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_not_published_or_has_another_layout_is_published_anew()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Dictionary<string, string> folder = Folder(("one", "Hello {{app}}"));
        folder["one/template.json"] = """{"key":"one","name":"one","layout":"_own"}""";
        folder["_own/layout.json"] = """{"variables":{"app":{"type":"string","default":"Acme"}}}""";
        await ApplyAsync(client, folder);

        folder["_own/layout.json"] = """{"variables":{"app":{"type":"string","default":"Umbrella"}}}""";
        JsonElement applied = await ApplyAsync(client, folder);
        await client.PostAsync("/templates/one/rollback", """{"version":1}""", HttpStatusCode.OK);

        Assert.Equal([("_own", "changed"), ("one", "published")], Changes(applied));
        Assert.Equal([("one", "published")], Changes(await PlanAsync(client, folder)));
        await ApplyAsync(client, folder);
        Assert.Equal("<p>Hello Umbrella</p>", (await client.PostAsync("/templates/one/render", """{"version":3}""", HttpStatusCode.OK)).GetProperty("html").GetString());
    }

    [Fact]
    public async Task Everything_that_hinders_an_apply_is_told_for_all_templates_and_nothing_is_written()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Dictionary<string, string> folder = Folder(("good", "Good"), ("bad", "{{nobody}}"), ("worse", "{{#if"));
        folder["lost/template.json"] = """{"key":"lost","name":"lost","layout":"_nowhere"}""";
        folder["lost/template.html"] = "<p>x</p>";
        JsonElement plan = await PlanAsync(client, folder);

        JsonElement refusal = await client.PostAsync("/templates/apply", Body(folder, plan.GetProperty("state").GetString()), HttpStatusCode.UnprocessableEntity);

        Assert.False(plan.GetProperty("can_apply").GetBoolean());
        Assert.Equal("template_has_errors", refusal.GetProperty("name").GetString());
        Assert.Equal(["bad/template.html", "lost/template.json", "worse/template.html"], refusal.GetProperty("problems").EnumerateArray().Where(problem => problem.GetProperty("severity").GetString() == "error").Select(problem => problem.GetProperty("file").GetString()).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(await ExportAsync(client));
    }

    [Fact]
    public async Task Apply_is_refused_when_anything_has_changed_since_the_plan()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Dictionary<string, string> folder = Folder(("one", "Hello"));
        await ApplyAsync(client, folder);
        Func<Task>[] meanwhile =
        [
            () => client.PatchAsync("/templates/one", """{"name":"Other"}""", HttpStatusCode.OK),
            () => client.PostAsync("/templates/one/publish", Nothing, HttpStatusCode.OK),
            () => client.PostAsync("/templates/one/rollback", """{"version":1}""", HttpStatusCode.OK),
            () => client.PostAsync("/templates", """{"key":"new","name":"new","html":"<p>x</p>"}""", HttpStatusCode.Created),
            () => client.DeleteAsync("/templates/new", HttpStatusCode.OK),
            () => client.SendAsync(new HttpRequestMessage(HttpMethod.Put, "/template-layouts/_own") { Content = ApiFixture.Json("""{"footer":"Bye"}""") }),
        ];

        foreach (Func<Task> change in meanwhile)
        {
            string state = (await PlanAsync(client, folder)).GetProperty("state").GetString()!;
            await change();
            JsonElement refused = await client.PostAsync("/templates/apply", Body(folder, state), HttpStatusCode.Conflict);
            Assert.Equal("changed_meanwhile", refused.GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task Of_two_applies_of_the_same_plan_at_once_one_is_done_whole()
    {
        string key = await api.AddProjectAsync();
        using HttpClient client = api.ClientWith(key);
        string state = (await PlanAsync(client, [])).GetProperty("state").GetString()!;

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            using StringContent body = ApiFixture.Json(Body(Folder(("a", $"A{i}"), ("b", $"B{i}")), state));
            using HttpResponseMessage response = await client.PostAsync(new Uri("/templates/apply", UriKind.Relative), body);
            return response.StatusCode;
        }));

        Assert.Single(answers, HttpStatusCode.OK);
        Assert.All(answers, answer => Assert.True(answer is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests));
        Dictionary<string, string> files = await ExportAsync(client, "?published=true");
        Assert.Equal(files["a/template.html"].Replace('A', 'B'), files["b/template.html"]);
    }

    [Fact]
    public async Task Folder_comes_and_goes_as_a_zip()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        using HttpClient other = api.ClientWith(await api.AddProjectAsync());
        await ApplyAsync(client, Folder(("one", "Hello é")));
        using HttpRequestMessage export = new(HttpMethod.Get, "/templates/export");
        export.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/zip"));
        using HttpResponseMessage answer = await client.SendAsync(export);
        byte[] zip = await answer.Content.ReadAsByteArrayAsync();

        JsonElement plan = await PostZipAsync(other, "/templates/plan", zip, HttpStatusCode.OK);
        await PostZipAsync(other, $"/templates/apply?state={plan.GetProperty("state").GetString()}&prune=true", zip, HttpStatusCode.OK);

        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(await ExportAsync(client), await ExportAsync(other));
    }

    [Theory]
    [InlineData("../evil/template.json")]
    [InlineData("/etc/template.json")]
    [InlineData("one/../../template.json")]
    [InlineData("one\\template.json")]
    [InlineData("C:/template.json")]
    [InlineData("one//template.json")]
    [InlineData("one/./template.json")]
    [InlineData("one/.hidden")]
    [InlineData("one/a\u0000b")]
    [InlineData("one/trailing.")]
    [InlineData("ONE/template.json")]
    [InlineData("one/unknown.exe")]
    [InlineData("_LAYOUT/a.mjml")]
    public async Task Paths_that_are_none_of_a_template_are_refused_in_json_and_in_a_zip(string path)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Dictionary<string, string> folder = Folder(("one", "Hello"));
        folder[path] = """{"name":"x"}""";

        await client.PostAsync("/templates/plan", Body(folder, null), HttpStatusCode.UnprocessableEntity);
        await PostZipAsync(client, "/templates/plan", Zip([(path, "{}", 0)]), HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Links_bombs_and_broken_archives_are_refused()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement link = await PostZipAsync(client, "/templates/plan", Zip([("one/template.mjml", "/etc/passwd", 0xA1FF << 16)]), HttpStatusCode.UnprocessableEntity);
        JsonElement bomb = await PostZipAsync(client, "/templates/plan", Zip([.. Enumerable.Range(0, 5).Select(i => ($"t{i}/template.mjml", new string('x', 10_000_000), 0))]), HttpStatusCode.RequestEntityTooLarge);
        JsonElement twice = await PostZipAsync(client, "/templates/plan", Zip([("one/template.json", "{}", 0), ("one/template.json", "{}", 0)]), HttpStatusCode.UnprocessableEntity);
        await PostZipAsync(client, "/templates/plan", Encoding.UTF8.GetBytes("PK no zip at all"), HttpStatusCode.BadRequest);
        await PostZipAsync(client, "/templates/plan", Zip([("one/template.json", "{}", 0)])[..60], HttpStatusCode.BadRequest);
        await PostZipAsync(client, "/templates/plan", new byte[33 * 1024 * 1024], HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("is a link", link.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("too_large", bomb.GetProperty("name").GetString());
        Assert.Contains("twice", twice.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", 422, "Missing `files` field.")]
    [InlineData("""{"files":{"one/template.json":null}}""", 422, "`files.one/template.json` must be the file's text.")]
    [InlineData("""{"files":{"one/template.json":"{\"name\":"}}""", 422, "`one/template.json` cannot be read")]
    [InlineData("""{"files":{"one/template.json":"{\"key\":\"one\",\"name\":\"x\",\"nme\":1}"}}""", 422, "`one/template.json` cannot be read")]
    [InlineData("""{"files":{"one/template.json":"{\"key\":\"one\",\"name\":\"x\",\"variables\":{\"a\":null}}"}}""", 422, "`one/template.json` cannot be read")]
    [InlineData("""{"files":{"one/template.json":"{\"key\":\"one\",\"name\":\"x\"}","one/strings.en.json":"{\"a\":null}"}}""", 422, "`one/strings.en.json` cannot be read")]
    [InlineData("""{"files":{"one/template.html":"x"}}""", 422, "`one/template.json` is missing.")]
    [InlineData("""{"files":[]}""", 422, "`files`")]
    [InlineData("""[]""", 400, "")]
    public async Task Bodies_that_are_none_are_refused(string body, int status, string message)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement plan = await client.PostAsync("/templates/plan", body, (HttpStatusCode)status);
        JsonElement apply = await client.PostAsync("/templates/apply", body, (HttpStatusCode)status);

        Assert.StartsWith(message, plan.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(message, apply.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Missing `state` field.", (await client.PostAsync("/templates/apply", """{"files":{}}""", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString());
    }

    [Fact]
    public async Task Commands_export_plan_and_apply_a_folder()
    {
        string from = await api.AddProjectAsync(), to = await api.AddProjectAsync();
        using HttpClient client = api.ClientWith(from);
        await ApplyAsync(client, Folder(("one", "Hello"), ("two", "Two")));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("templates");
        try
        {
            Assert.Equal((0, true), await RunAsync(from, "written to", "export", folder.FullName));
            Assert.Equal((0, true), await RunAsync(from, "No difference.", "plan", folder.FullName));
            Assert.Equal((2, true), await RunAsync(to, "+ one (added)", "plan", folder.FullName));
            Assert.Equal((0, true), await RunAsync(to, "two was published as version 1.", "apply", folder.FullName));
            Assert.Equal((0, true), await RunAsync(to, "No difference.", "apply", folder.FullName));

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "one", "template.html"), "<p>Changed</p>");
            Directory.Delete(Path.Combine(folder.FullName, "two"), recursive: true);
            Assert.Equal((2, true), await RunAsync(to, "    -<p>Hello</p>\n    +<p>Changed</p>\nOnly in the project, and kept (--prune removes them): two", "plan", folder.FullName));
            Assert.Equal((1, true), await RunAsync(to, "409: `state` is not that of the project", "apply", folder.FullName, "--state", "old"));
            Assert.Equal((0, true), await RunAsync(to, "- two (removed)", "apply", folder.FullName, "--prune"));

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "one", "template.html"), "<p>{{nobody}}</p>");
            Assert.Equal((1, true), await RunAsync(to, "error: one/template.html:1:6: `nobody` is not a declared variable.", "plan", folder.FullName));
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "one", "text.hbs"), "/etc/hostname");
            Assert.Equal((1, true), await RunAsync(to, "links are not followed", "plan", folder.FullName));
            Assert.Equal((1, true), await RunAsync("mk_live_wrong_0123456789abc", "403", "export", folder.FullName));
            Assert.Equal((1, true), await RunAsync(to, "There is no folder", "plan", folder.FullName + "-not-there"));
            Assert.Equal((1, true), await RunAsync(to, "Usage:", "plan"));
            Assert.Equal((1, true), await RunAsync(to, "is no option", "plan", folder.FullName, "--wrong"));
            Assert.Equal((1, true), await RunAsync("", "`MAIL_API_KEY` must be set", "plan", folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<(int Code, bool Says)> RunAsync(string key, string wanted, params string[] args)
    {
        await using StringWriter output = new() { NewLine = "\n" };
        string[] all = args.Length > 1 ? [.. args, "--server", "http://localhost"] : args;
        int code = await TemplatesCommand.RunAsync(all, output, output, api.Server.CreateHandler(), name => name == "MAIL_API_KEY" ? key : null);
        Assert.Contains(wanted, output.ToString(), StringComparison.Ordinal);
        return (code, true);
    }

    private static Dictionary<string, string> Folder(params (string Key, string Text)[] templates)
    {
        Dictionary<string, string> files = [];
        foreach ((string key, string text) in templates)
        {
            files[$"{key}/template.json"] = $$"""{"key":"{{key}}","name":"{{key}}"}""";
            files[$"{key}/template.html"] = $"<p>{text}</p>";
            files[$"{key}/strings.en.json"] = """{"subject":"Subject"}""";
        }

        return files;
    }

    private static string Body(Dictionary<string, string> files, string? state, bool prune = false) =>
        state is null ? JsonSerializer.Serialize(new { files, prune }) : JsonSerializer.Serialize(new { files, prune, state });

    private static Task<JsonElement> PlanAsync(HttpClient client, Dictionary<string, string> files, bool prune = false) => client.PostAsync("/templates/plan", Body(files, null, prune), HttpStatusCode.OK);

    private static async Task<JsonElement> ApplyAsync(HttpClient client, Dictionary<string, string> files, bool prune = false)
    {
        string state = (await client.GetAsync("/templates/export", HttpStatusCode.OK)).GetProperty("state").GetString()!;
        return await client.PostAsync("/templates/apply", Body(files, state, prune), HttpStatusCode.OK);
    }

    private static async Task<Dictionary<string, string>> ExportAsync(HttpClient client, string query = "") =>
        (await client.GetAsync("/templates/export" + query, HttpStatusCode.OK)).GetProperty("files").Deserialize<Dictionary<string, string>>()!;

    private static IEnumerable<(string?, string?)> Changes(JsonElement plan) =>
        plan.GetProperty("changes").EnumerateArray().Select(change => (change.GetProperty("folder").GetString(), change.GetProperty("status").GetString()));

    private static async Task<JsonElement> PostZipAsync(HttpClient client, string path, byte[] zip, HttpStatusCode expected)
    {
        using ByteArrayContent content = new(zip);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using HttpResponseMessage response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    private static byte[] Zip((string Path, string Content, int Attributes)[] entries)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, string content, int attributes) in entries)
            {
                ZipArchiveEntry entry = zip.CreateEntry(path, CompressionLevel.Fastest);
                entry.ExternalAttributes = attributes;
                using Stream target = entry.Open();
                target.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The compiler draws ids for carousels and the like.</summary>
    private static string WithoutIds(string html) => System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Replace(html, "[0-9a-f]{16}", "id"), "\\s+", " ");
}

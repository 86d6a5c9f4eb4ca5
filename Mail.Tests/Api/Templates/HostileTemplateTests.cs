using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Templates;

/// <summary>Templates and variables that mean harm: each is stopped with an answer that says why, or does none.</summary>
public sealed class HostileTemplateTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Script_in_a_variable_is_text_in_content_attribute_and_plain_part()
    {
        JsonElement mail = await RenderAsync("""<p>{{x}}</p><p>{{{x}}}</p><p>{{&x}}</p><a title="{{x}}" href="{{url}}">{{t "subject"}}</a>""", """{"x":{"type":"string","required":true},"url":{"type":"url","required":true}}""",
            """{"x":"\"><script>alert(1)</script>'`=","url":"https://a.example/\"onmouseover=alert(1)"}""", HttpStatusCode.OK, subject: "{{x}}");

        string html = mail.GetProperty("html").GetString()!;
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"onmouseover", html, StringComparison.Ordinal);
        Assert.DoesNotContain("title=\"\"", html, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("\\u0001javascript:alert(1)")]
    [InlineData("vbscript:x")]
    [InlineData("//evil.example")]
    public async Task Address_that_runs_script_is_refused(string url) =>
        await RenderAsync("""<a href="{{url}}">x</a>""", """{"url":{"type":"url"}}""", $$"""{"url":"{{url}}"}""", HttpStatusCode.UnprocessableEntity);

    [Theory]
    [InlineData("{{constructor}}")]
    [InlineData("{{__proto__}}")]
    [InlineData("{{x.constructor}}")]
    [InlineData("{{x.Length}}")]
    [InlineData("{{this.Length}}")]
    [InlineData("{{x.GetType}}")]
    [InlineData("{{this.GetType}}")]
    [InlineData("{{@root}}")]
    [InlineData("{{@root.x.Length}}")]
    [InlineData("{{this}}")]
    [InlineData("{{.}}")]
    [InlineData("{{../x}}")]
    [InlineData("{{x.[Length]}}")]
    [InlineData("{{lookup this \"x\"}}")]
    [InlineData("{{#with x}}{{Length}}{{/with}}")]
    [InlineData("{{> evil}}")]
    [InlineData("{{#> evil}}{{/evil}}")]
    [InlineData("{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}")]
    [InlineData("{{log x}}")]
    [InlineData("{{#each this}}x{{/each}}")]
    [InlineData("{{#each list}}{{#each @root.list}}x{{/each}}{{/each}}")]
    [InlineData("{{x")]
    public async Task Way_into_an_object_a_partial_or_a_loop_in_a_loop_is_refused(string template)
    {
        JsonElement refusal = await RenderAsync(template, """{"x":{"type":"string"},"list":{"type":"list","fields":{"a":{"type":"string"}}}}""", "{}", HttpStatusCode.UnprocessableEntity);

        Assert.Equal("template_has_errors", refusal.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Depth_that_would_end_the_process_is_refused()
    {
        const string Declared = """{"a":{"type":"string"}}""";

        foreach (string template in (string[])
        [
            Repeat("{{#if a}}", 20_000) + Repeat("{{/if}}", 20_000), "{{#if a}}" + Repeat("{{else if a}}", 35_000) + "{{/if}}", $"{{{{#if {Repeat("(equals 1 ", 30_000)}a{Repeat(")", 30_000)}}}}}x{{{{/if}}}}",
            $"{{{{{Repeat("../", 100_000)}a}}}}", $"{{{{insert {Repeat("a ", 100_000)}}}}}",
        ])
        {
            JsonElement refusal = await RenderAsync(template, Declared, "{}", HttpStatusCode.UnprocessableEntity);
            Assert.Equal("template_has_errors", refusal.GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task A_million_expressions_are_refused_in_a_moment_in_the_design_as_in_the_texts()
    {
        long started = Stopwatch.GetTimestamp();
        JsonElement design = await RenderAsync(Repeat("{{a}}", 100_000), """{"a":{"type":"string"}}""", "{}", HttpStatusCode.UnprocessableEntity);
        Dictionary<string, string> texts = Enumerable.Range(0, 499).ToDictionary(i => $"k{i}", _ => Repeat("{{a}}", 2_000));
        texts["subject"] = "S";
        string body = JsonSerializer.Serialize(new { template = new { html = "<p>{{t \"k0\"}}</p>", strings = new { en = texts }, variables = new { a = new { type = "string" } } } });
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        JsonElement strings = await client.PostAsync("/templates/render", body, HttpStatusCode.UnprocessableEntity);

        Assert.Contains("expressions, and may hold", design.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("expressions, and may hold", strings.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Ten_megabytes_of_output_are_refused_when_the_message_is_accepted()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string html = $"{{{{#each list}}}}{Repeat("{{a}}", 20)}{{{{/each}}}}";
        await client.PostAsync("/templates", JsonSerializer.Serialize(new { key = "big", subject = "S", html, text = "t", variables = new { list = new { type = "list", required = true, fields = new { a = new { type = "string" } } } } }), HttpStatusCode.Created);
        await client.PostAsync("/templates/big/publish", "", HttpStatusCode.OK);

        JsonElement refused = await client.PostAsync("/emails", Mail("big", new { list = Enumerable.Repeat(new { a = new string('x', 1_000) }, 500) }), HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/emails", Mail("big", new { list = Enumerable.Repeat(new { a = new string('x', 1_000) }, 90) }), HttpStatusCode.OK); // 1.8 MB
        await client.PostAsync("/emails", Mail("big", new { list = Enumerable.Repeat(new { a = new string('<', 1_000) }, 90) }), HttpStatusCode.UnprocessableEntity); // escaped, four times as long

        Assert.Contains("would have more than", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_fail_in_the_worker_for_want_of_an_optional_value_is_refused()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", """
            {"key":"dated","subject":"S","html":"<p>{{date when}}</p>","variables":{"when":{"type":"date"}},"sample":{"when":"2026-01-01T00:00:00Z"}}
            """, HttpStatusCode.Created);
        await client.PostAsync("/templates/dated/publish", "", HttpStatusCode.OK);

        JsonElement refused = await client.PostAsync("/emails", Mail("dated", new { }), HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/emails", Mail("dated", new { when = "2026-01-01T00:00:00Z" }), HttpStatusCode.OK);

        Assert.StartsWith("`template` cannot be rendered with these variables", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\\r\\nBcc: evil@example.com")]
    [InlineData("a\\nBcc: evil@example.com")]
    [InlineData("a\\r\\n\\r\\n<script>")]
    [InlineData("=?utf-8?q?a=0D=0ABcc:_evil@example.com?=")]
    [InlineData("a\\u2028Bcc: evil@example.com")]
    [InlineData("a\\u202Egpj.exe\\u2066x")]
    public async Task Value_in_the_subject_starts_no_header_and_turns_no_direction(string value)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", """{"key":"subject","subject":"Hi {{name}}","html":"<p>x</p>","variables":{"name":{"type":"string"}}}""", HttpStatusCode.Created);
        await client.PostAsync("/templates/subject/publish", "", HttpStatusCode.OK);

        string body = JsonSerializer.Serialize(new { from = "a@example.com", to = "b@example.com", template = new { id = "subject", variables = new { name = JsonSerializer.Deserialize<string>($"\"{value}\"") } } });
        string id = (await client.PostAsync("/emails", body, HttpStatusCode.OK)).GetProperty("id").GetString()!;
        string subject = (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("subject").GetString()!;
        using HttpResponseMessage raw = await client.GetAsync(new Uri($"/emails/{id}/raw", UriKind.Relative));
        string mail = await raw.Content.ReadAsStringAsync();

        Assert.DoesNotContain(subject, c => char.IsControl(c) || c is '\u2028' or '\u202E' or '\u2066');
        Assert.DoesNotContain(mail.Split("\r\n"), line => line.StartsWith("Bcc:", StringComparison.OrdinalIgnoreCase));
        if (value.StartsWith("=?", StringComparison.Ordinal)) Assert.DoesNotContain(value, mail, StringComparison.Ordinal); // encoded once more, it is shown as it was written
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("en\\u0000")]
    [InlineData("en-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("<script>")]
    [InlineData("en_US.UTF-8")]
    public async Task Language_that_is_none_is_refused(string locale)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        await client.PostAsync("/templates/password-reset/render", $$"""{"locale":"{{locale}}"}""", HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("Romance Standard Time")]
    [InlineData("Europe/Paris\\u0000")]
    [InlineData("Europe//../Paris")]
    public async Task Time_zone_that_is_none_is_refused(string zone) =>
        await RenderAsync("<p>{{z}}</p>", """{"z":{"type":"time_zone"}}""", $$"""{"z":"{{zone}}"}""", HttpStatusCode.UnprocessableEntity);

    [Fact]
    public async Task Hundred_thousand_variables_and_five_megabytes_of_json_take_no_more_than_their_reading()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        long started = Stopwatch.GetTimestamp();
        Dictionary<string, string> many = Enumerable.Range(0, 100_000).ToDictionary(i => $"v{i}", _ => new string('x', 50));
        many["code"] = "123456";

        string id = (await client.PostAsync("/emails", Mail("password-reset", many), HttpStatusCode.OK)).GetProperty("id").GetString()!;
        JsonElement declared = await client.PostAsync("/templates", JsonSerializer.Serialize(new { key = "many", html = "x", variables = many.ToDictionary(one => one.Key, _ => new { type = "string" }) }), HttpStatusCode.UnprocessableEntity);

        Assert.Contains("has more than 100 entries", declared.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
        Assert.NotEmpty(id);
    }

    [Fact]
    public async Task Deeply_nested_json_is_refused()
    {
        string nested = Repeat("[", 100_000) + Repeat("]", 100_000);

        await RenderAsync("<p>{{a}}</p>", """{"a":{"type":"string"}}""", $$"""{"a":{{nested}} }""", HttpStatusCode.BadRequest);
    }

    private async Task<JsonElement> RenderAsync(string html, string declared, string values, HttpStatusCode expected, string subject = "S")
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string body = $$"""{"template":{"subject":{{JsonSerializer.Serialize(subject)}},"html":{{JsonSerializer.Serialize(html)}},"variables":{{declared}} },"variables":{{values}} }""";
        return await client.PostAsync("/templates/render", body, expected);
    }

    private static string Mail(string template, object variables) => JsonSerializer.Serialize(new { from = "a@example.com", to = "b@example.com", template = new { id = template, variables } });

    private static string Repeat(string part, int count) => string.Concat(Enumerable.Repeat(part, count));
}

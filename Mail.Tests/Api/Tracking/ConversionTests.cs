using System.Net;
using System.Text.Json;
using Mail.Core.Relays;
using Mail.Tests.Api.Templates.Experiments;
using Mail.Tests.Core.Templates;

namespace Mail.Tests.Api.Tracking;

public sealed class ConversionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Mail = """{"from":"a@example.org","to":"reader@example.net","subject":"s","tracking":{"opens":true,"clicks":true},"html":"<body><a data-conversion='signup' href='https://shop.example/join'>x</a><a href='https://shop.example/two'>y</a></body>"}""";

    [Fact]
    public async Task A_conversion_is_recorded_once_for_each_mail_name_and_key()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client);

        JsonElement first = await client.PostAsync("/conversions", $$"""{"email_id":"{{id}}","name":"order","value":12.50,"currency":"EUR"}""", HttpStatusCode.Created);
        JsonElement again = await client.PostAsync("/conversions", $$"""{"email_id":"{{id}}","name":"order","value":99}""", HttpStatusCode.OK);
        await client.PostAsync("/conversions", $$"""{"email_id":"{{id}}","name":"order","key":"1002","value":5}""", HttpStatusCode.Created);
        await client.PostAsync("/conversions", $$"""{"email_id":"{{id}}","name":"order","key":"1002","value":5}""", HttpStatusCode.OK);
        await client.PostAsync("/conversions", $$"""{"email_id":"{{id}}"}""", HttpStatusCode.Created);

        Assert.Equal((id, 12.5m, "EUR"), (first.GetProperty("email_id").GetString(), first.GetProperty("value").GetDecimal(), first.GetProperty("currency").GetString()));
        Assert.Equal(12.5m, again.GetProperty("value").GetDecimal()); // what was said first stands
        Assert.Equal(["order  api", "order 1002 api", "conversion  api"], (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("conversions").EnumerateArray().Select(one => $"{one.GetProperty("name").GetString()} {one.GetProperty("key").GetString()} {one.GetProperty("by").GetString()}"));
    }

    [Fact]
    public async Task Many_who_say_the_same_at_once_record_it_once()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client);

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using HttpResponseMessage answer = await client.PostAsync(new Uri("/conversions", UriKind.Relative), ApiFixture.Json($$"""{"email_id":"{{id}}","name":"order"}"""));
            return answer.StatusCode;
        }));

        Assert.Equal(1, answers.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(11, answers.Count(status => status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_person_s_conversion_finds_their_last_mail_of_the_experiment()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(api);
        string id = await scene.StartedAsync(), first = await scene.SendAsync("Ada@Example.com"), second = await scene.SendAsync("ada@example.com");

        JsonElement named = await scene.Client.PostAsync("/conversions", """{"template":"welcome","recipient":"Ada <ADA@example.com>","name":"order","key":"7"}""", HttpStatusCode.Created);
        string third = await scene.SendAsync("ada@example.com");
        JsonElement again = await scene.Client.PostAsync("/conversions", $$"""{"experiment_id":"{{id}}","recipient":"ada@example.com","name":"order","key":"7"}""", HttpStatusCode.OK);
        JsonElement other = await scene.Client.PostAsync("/conversions", $$"""{"experiment_id":"{{id}}","recipient":"ada@example.com","name":"order","key":"8"}""", HttpStatusCode.Created);
        await scene.Client.PostAsync($"/templates/welcome/experiments/{id}/stop", "", HttpStatusCode.OK);
        await scene.Client.PostAsync("/conversions", """{"template":"welcome","recipient":"ada@example.com","name":"late"}""", HttpStatusCode.Created); // the last one that ran

        Assert.NotEqual(first, second);
        Assert.Equal((second, second, third), (named.GetProperty("email_id").GetString(), again.GetProperty("email_id").GetString(), other.GetProperty("email_id").GetString()));
        await scene.Client.PostAsync("/conversions", $$"""{"experiment_id":"{{id}}","recipient":"nobody@example.com"}""", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_click_on_a_marked_link_is_one_when_a_person_made_it()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync()), reader = api.Reader();
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, Mail);
        Assert.DoesNotContain("data-conversion", mails[0].Html(), StringComparison.Ordinal);
        List<Uri> links = mails[0].Links();

        using HttpResponseMessage machine = await reader.VisitAsync(links[0], HttpMethod.Head);
        Assert.Empty((await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("conversions").EnumerateArray());
        using HttpResponseMessage click = await reader.VisitAsync(links[0]);

        Assert.Equal((HttpStatusCode.Found, "https://shop.example/join"), (click.StatusCode, click.Headers.GetValues("Location").Single()));
        JsonElement conversion = Assert.Single((await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("conversions").EnumerateArray());
        Assert.Equal(("signup", "link"), (conversion.GetProperty("name").GetString(), conversion.GetProperty("by").GetString()));
        Assert.Equal("signup", (await client.HitsAsync(id))[^1].GetProperty("detail").GetProperty("click").GetProperty("conversion").GetString());

        using HttpResponseMessage other = await reader.VisitAsync(links[1]); // within the same moment: it was a scanner after all
        Assert.Empty((await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("conversions").EnumerateArray());
    }

    [Fact]
    public async Task A_button_of_MJML_is_marked_by_an_html_attribute()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(TemplateSamples.Folder, "node_modules", "mjml")), "The MJML compiler is not installed: run npm ci in templates/.");
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement rendered = await client.PostAsync("/templates/render", """
            {"template":{"subject":"s","mjml":"<mjml><mj-head><mj-html-attributes><mj-selector path=\".buy a\"><mj-html-attribute name=\"data-conversion\">purchase</mj-html-attribute></mj-selector></mj-html-attributes></mj-head><mj-body><mj-section><mj-column><mj-button css-class=\"buy\" href=\"https://shop.example\">Buy</mj-button></mj-column></mj-section></mj-body></mjml>"}}
            """, HttpStatusCode.OK);

        Assert.Contains("data-conversion=\"purchase\"", rendered.GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "Missing `email_id` field.")]
    [InlineData("""{"experiment_id":"0","template":"x","recipient":"a@example.com"}""", "`template` cannot be used together")]
    [InlineData("""{"email_id":"ID","recipient":"a@example.com"}""", "`email_id` names the mail alone")]
    [InlineData("""{"template":"welcome"}""", "Missing `recipient` field.")]
    [InlineData("""{"template":"welcome","recipient":"nobody"}""", "`recipient` is not an address")]
    [InlineData("""{"template":"welcome","recipient":"a\u0000@example.com"}""", "`recipient` is not an address")]
    [InlineData("""{"email_id":"ID","name":"a b"}""", "`name` must be 1 to 64")]
    [InlineData("""{"email_id":"ID","name":""}""", "`name` must be 1 to 64")]
    [InlineData("""{"email_id":"ID","name":"\u0000"}""", "`name` must be 1 to 64")]
    [InlineData("""{"email_id":"ID","key":""}""", "`key` must be one line of 1 to 200")]
    [InlineData("""{"email_id":"ID","key":"\u0000"}""", "`key` must be one line of 1 to 200")]
    [InlineData("""{"email_id":"ID","value":1e20}""", "`value` must be a number from")]
    [InlineData("""{"email_id":"ID","value":"5"}""", "`value` has a value of the wrong type.")]
    [InlineData("""{"email_id":"ID","currency":"EUR"}""", "`currency` is that of a `value`")]
    [InlineData("""{"email_id":"ID","value":1,"currency":"euro"}""", "`currency` must be the three letters")]
    [InlineData("""{"email_id":"ID","occurred_at":"2999-01-01T00:00:00Z"}""", "`occurred_at` lies in the future.")]
    [InlineData("""{"email_id":"ID","occurred_at":"2001-01-01T00:00:00Z"}""", "`occurred_at` lies before the mail")]
    [InlineData("""{"email_id":"ID","occurred_at":"soon"}""", "`occurred_at` has a value of the wrong type.")]
    public async Task Wrong_conversion_is_refused_and_not_stored(string body, string message)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client);

        JsonElement refusal = await client.PostAsync("/conversions", body.Replace("ID", id, StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith(message, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await api.CountAsync($"conversions WHERE message_id = '{id}'"));
    }

    [Fact]
    public async Task What_is_not_there_or_another_project_s_is_not_found()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        using ExperimentScene other = await ExperimentScene.StartAsync(api);
        string experiment = await other.StartedAsync(), id = await other.SendAsync("ada@example.com");

        foreach (string body in (string[])[$$"""{"email_id":"{{id}}"}""", """{"email_id":"7"}""", $$"""{"experiment_id":"{{experiment}}","recipient":"ada@example.com"}""", """{"template":"welcome","recipient":"ada@example.com"}""",
            """{"template":"none\u0000","recipient":"ada@example.com"}""", """{"experiment_id":"x","recipient":"ada@example.com"}"""])
            Assert.Equal("not_found", (await client.PostAsync("/conversions", body, HttpStatusCode.NotFound)).GetProperty("name").GetString());

        Assert.Equal(0, await api.CountAsync("conversions WHERE message_id = '" + id + "'"));
    }

    [Fact]
    public async Task Erasing_a_person_takes_what_experiments_know_of_them_along()
    {
        using ExperimentScene scene = await ExperimentScene.StartAsync(api);
        string id = await scene.StartedAsync(), ada = await scene.SendAsync("ada@example.com"), bob = await scene.SendAsync("bob@example.com");
        string both = (await scene.Client.PostAsync("/emails", ExperimentScene.Mail("ada@example.com").Replace("\"ada@example.com\"", "[\"ada@example.com\",\"bob@example.com\"]", StringComparison.Ordinal), HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await scene.FinishAsync(both);
        foreach (string mail in (string[])[ada, bob, both]) await scene.Client.PostAsync("/conversions", $$"""{"email_id":"{{mail}}"}""", HttpStatusCode.Created);
        await scene.Client.PostAsync("/conversions", $$"""{"email_id":"{{bob}}","name":"invited","key":"ada@example.com"}""", HttpStatusCode.Created);

        await scene.ExecuteAsync($"UPDATE experiments SET name = 'For Ada@Example.com' WHERE id = '{id}'");
        string export = await scene.Client.GetStringAsync(new Uri("/privacy/export?email=ada@example.com", UriKind.Relative));
        Assert.Contains(id, export, StringComparison.Ordinal);
        await scene.Client.PostAsync("/privacy/erase", """{"email":"ada@example.com"}""", HttpStatusCode.OK);

        Assert.Equal(1, await api.CountAsync($"experiment_messages WHERE experiment_id = '{id}'"));
        Assert.Equal(1, await api.CountAsync($"conversions WHERE message_id IN ('{ada}', '{bob}', '{both}')"));
        Assert.Equal("[erased]", (await scene.ExperimentAsync(id)).GetProperty("name").GetString());
        Assert.Equal("conversion", (await scene.EmailAsync(bob)).GetProperty("conversions")[0].GetProperty("name").GetString());
    }

    private static async Task<string> SendAsync(HttpClient client) => (await client.PostAsync("/emails", """{"from":"a@example.org","to":"b@example.com","subject":"s","text":"t"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
}

using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Tests.Core.Templates;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Templates;

/// <summary>docs/guides/templates.md: what stands there to be copied works as it stands there.</summary>
public sealed partial class TemplateGuideTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string _guide = File.ReadAllText(Repository.Path("docs", "guides", "templates.md")).ReplaceLineEndings("\n");

    [Fact]
    public async Task First_sample_is_a_mail_of_the_built_in_set()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Match sample = Send().Match(_guide);

        Assert.True(sample.Success);
        await client.PostAsync("/emails", sample.Groups["body"].Value, HttpStatusCode.OK);
    }

    [Fact]
    public async Task First_template_is_written_looked_at_published_and_sent()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(TemplateSamples.Folder, "node_modules", "mjml")), "The MJML compiler is not installed: run npm ci in templates/.");
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Dictionary<string, JsonElement> answers = [];

        foreach (Match call in Call().Matches(_guide))
        {
            using HttpRequestMessage request = new(new HttpMethod(call.Groups["method"].Value), call.Groups["path"].Value) { Content = ApiFixture.Json(call.Groups["body"].Value) };
            using HttpResponseMessage answer = await client.SendAsync(request);
            string body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{call.Groups["path"]}: {body}");
            answers[call.Groups["path"].Value] = JsonDocument.Parse(body).RootElement;
        }

        JsonElement rendered = answers["/templates/order-shipped/render"];
        Assert.Equal("La commande 7 est en route", rendered.GetProperty("subject").GetString());
        string html = rendered.GetProperty("html").GetString()!;
        Assert.Contains("La Boutique", html, StringComparison.Ordinal);
        Assert.Contains("partie le 21 novembre 2026", html, StringComparison.Ordinal);
        // The design names neither, and screen readers need both.
        Assert.Contains("<html lang=\"fr\" dir=\"ltr\"", html, StringComparison.Ordinal);
        Assert.Contains("<title>La commande 7 est en route</title>", html, StringComparison.Ordinal);
        Assert.Equal(["/template-layouts/_shop", "/templates", "/templates/order-shipped/render", "/templates/order-shipped/publish", "/emails"], answers.Keys);
    }

    [GeneratedRegex("""curl http://localhost:5101/emails [^\n]*-d '(?<body>[^']*)'""")]
    private static partial Regex Send();

    [GeneratedRegex("""^mail (?<method>[A-Z]+) (?<path>\S+) '(?<body>[^']*)'$""", RegexOptions.Multiline)]
    private static partial Regex Call();
}

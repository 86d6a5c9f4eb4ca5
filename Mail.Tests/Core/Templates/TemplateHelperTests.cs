using System.Text.Json;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Expressions;

namespace Mail.Tests.Core.Templates;

public sealed class TemplateHelperTests
{
    private static readonly Dictionary<string, VariableSource> _variables = new()
    {
        ["name"] = new(TemplateVariableType.Text), ["score"] = new(TemplateVariableType.Number), ["paid"] = new(TemplateVariableType.Boolean), ["date"] = new(TemplateVariableType.Date),
        ["home"] = new(TemplateVariableType.Url), ["items"] = new(TemplateVariableType.List, Fields: new Dictionary<string, VariableSource> { ["label"] = new(TemplateVariableType.Text), ["price"] = new(TemplateVariableType.Number) }),
    };

    private const string Data = """
        {"name":"Ann <b>","score":3,"paid":true,"date":"2026-11-21T15:04:00Z","home":"https://a.example/x","items":[{"label":"Tea","price":2.5},{"label":"Salt & pepper","price":1}]}
        """;

    [Theory]
    [InlineData("{{#equals score 3}}yes{{else}}no{{/equals}}", "yes")]
    [InlineData("{{#equals name \"Ann\"}}yes{{else}}no{{/equals}}", "no")]
    [InlineData("{{#notEquals score 3}}yes{{else}}no{{/notEquals}}", "no")]
    [InlineData("{{#greaterThan score 2}}yes{{/greaterThan}}", "yes")]
    [InlineData("{{#lessThan score 2}}yes{{else}}no{{/lessThan}}", "no")]
    [InlineData("{{#and paid name}}yes{{else}}no{{/and}}", "yes")]
    [InlineData("{{#or home name}}yes{{/or}}", "yes")]
    [InlineData("{{#if (equals score 3)}}yes{{/if}}", "yes")]
    [InlineData("{{#if (and paid (greaterThan score 9))}}yes{{else}}no{{/if}}", "no")]
    [InlineData("{{#unless paid}}yes{{else}}no{{/unless}}", "no")]
    [InlineData("{{#if (equals score 1)}}one{{else if (equals score 3)}}three{{else}}other{{/if}}", "three")]
    [InlineData("{{length items}}/{{length name}}", "2/7")]
    [InlineData("{{#greaterThan (length items) 1}}many{{/greaterThan}}", "many")]
    [InlineData("{{insert name \"default=you\"}}", "Ann &lt;b&gt;")]
    [InlineData("{{link home \"?q=\" name \"&n=\" score}}", "https://a.example/x?q&#61;Ann%20%3Cb%3E&amp;n&#61;3")]
    [InlineData("{{formatDate date \"MMMM DD, YYYY h:mm A\"}}", "November 21, 2026 3:04 PM")]
    [InlineData("{{date date}}", "21 November 2026")]
    [InlineData("{{{name}}}{{&name}}", "Ann &lt;b&gt;Ann &lt;b&gt;")]
    [InlineData("{{#each items}}{{@index}}:{{label}}={{price}}{{#unless @last}}; {{/unless}}{{/each}}", "0:Tea=2.5; 1:Salt &amp; pepper=1")]
    [InlineData("{{#each items}}{{this.label}}{{../score}}{{@root.score}} {{/each}}", "Tea33 Salt &amp; pepper33 ")]
    [InlineData("{{#each items}}{{#if @first}}{{label}}{{/if}}{{/each}}", "Tea")]
    [InlineData("\\{{name}} {{! note }}{{!-- {{x}} --}}.", "{{name}} .")]
    [InlineData("a {{~ name ~}} b", "aAnn &lt;b&gt;b")]
    public void Template_writes_what_its_author_means(string source, string expected) => Assert.Equal(expected, Html(source, Data));

    [Theory]
    [InlineData("{{insert name \"default=you\"}}", "you")]
    [InlineData("{{#each items}}x{{else}}none{{/each}}", "none")]
    [InlineData("{{#if name}}a{{else}}b{{/if}}{{#unless score}}c{{/unless}}", "bc")]
    [InlineData("[{{name}}]", "[]")]
    [InlineData("{{length items}}", "0")]
    public void Variable_without_value_is_empty(string source, string expected) => Assert.Equal(expected, Html(source, "{}"));

    private static string Html(string source, string data)
    {
        TemplateSource template = new() { Name = "x", Html = source, Text = "x", Variables = _variables, Strings = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["en"] = new Dictionary<string, string> { ["subject"] = "S" } } };
        PublishedTemplate published = TemplateBuilder.Assemble("x", "v1", template, null, source, "x");
        Assert.Empty(ExpressionCheck.Run(source, published.Variables.ToDictionary(variable => variable.Name), new HashSet<string>()).Problems);
        return TemplateSamples.Renderer.Render(published, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(data)!, "en").Html;
    }
}

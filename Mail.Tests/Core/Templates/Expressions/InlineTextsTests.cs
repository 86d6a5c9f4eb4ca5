using Mail.Core.Templates.Expressions;

namespace Mail.Tests.Core.Templates.Expressions;

public sealed class InlineTextsTests
{
    private static readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal)
    {
        ["plain"] = "Good morning",
        ["greeting"] = "Hello {{name}}, {{plural count \"one\" \"many\"}}",
        ["choice"] = "{{#if name}}Hello {{name}}{{else}}Hello{{/if}}",
        ["brace"] = "a {",
        ["slash"] = "a\\",
        ["lines"] = "one\ntwo",
        ["blank"] = " ",
    };

    [Theory]
    [InlineData("<p>{{t \"plain\"}}</p>", "<p>Good morning</p>")]
    [InlineData("{{ t 'plain' }}", "Good morning")]
    [InlineData("{{#each rows}}{{t \"plain\"}}{{/each}}", "{{#each rows}}Good morning{{/each}}")]
    [InlineData("{{#if a}}{{t \"greeting\"}}{{/if}}", "{{#if a}}Hello {{name}}, {{plural count \"one\" \"many\"}}{{/if}}")]
    [InlineData("{{#each rows}}{{/each}}{{t \"greeting\"}}", "{{#each rows}}{{/each}}Hello {{name}}, {{plural count \"one\" \"many\"}}")]
    public void A_text_that_changes_nothing_beside_it_is_put_in(string source, string expected) => Assert.Equal(expected, InlineTexts.Into(source, _texts));

    [Theory]
    [InlineData("{{t \"choice\"}}")]
    [InlineData("{{t \"brace\"}}{{name}}")]
    [InlineData("{{t \"slash\"}}{{name}}")]
    [InlineData("{{t \"lines\"}}")]
    [InlineData("{{#if a}}\n{{t \"blank\"}}{{/if}}")]
    [InlineData("{{~t \"plain\"}}")]
    [InlineData("{{t \"plain\"~}}")]
    [InlineData("{{t \"none\"}}")]
    [InlineData("\\{{t \"plain\"}}")]
    [InlineData("{{t name}}")]
    [InlineData("{{initial name}}")]
    [InlineData("{{#each rows}}{{#if a}}{{t \"greeting\"}}{{/if}}{{/each}}")]
    public void What_could_is_left_to_the_helper(string source) => Assert.Equal(source, InlineTexts.Into(source, _texts));
}

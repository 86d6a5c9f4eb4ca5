using System.Text.Json;
using Mail.Core.Templates;
using Mail.Core.Templates.Expressions;

namespace Mail.Tests.Core.Templates.Expressions;

public sealed class ExpressionCheckTests
{
    private static readonly Dictionary<string, TemplateVariable> _variables = new TemplateVariable[]
    {
        Variable("name"), Variable("count", TemplateVariableType.Number), Variable("KEY"), Variable("date", TemplateVariableType.Date),
        Variable("seats") with { Fields = [Variable("passenger"), Variable("at")] },
        Variable("rows") with { Fields = [Variable("price")] },
    }.ToDictionary(variable => variable.Name);

    private static readonly HashSet<string> _strings = ["title"];

    [Theory]
    [InlineData("Hello {{name}}, {{ name }}, {{~name~}}, {{{KEY}}}, {{&name}}")]
    [InlineData("{{#if name}}a{{else if count}}b{{else}}c{{/if}}{{#unless name}}x{{/unless}}{{^if name}}y{{/if}}")]
    [InlineData("{{#each seats}}{{@index}} {{passenger}} {{this.at}} {{../name}} {{@root.count}}{{#if @first}}!{{/if}}{{else}}none{{/each}}")]
    [InlineData("{{t \"title\"}} {{plural count \"a minute\" \"minutes\"}} {{initial name}} {{insert name \"default=you\"}}")]
    [InlineData("{{#equals name \"Ann\"}}a{{else}}b{{/equals}}{{#if (equals count 3)}}x{{/if}}{{#greaterThan count -1}}y{{/greaterThan}}")]
    [InlineData("{{! a note }}{{!-- {{name }} --}}{{~! n ~}} \\{{literal}}")]
    [InlineData("{{date}} {{date date}} {{#if date}}{{time date}}{{/if}}")]
    [InlineData("{ not } an { expression } }}")]
    public void What_can_be_rendered_passes(string source) => Assert.Empty(Problems(source));

    [Theory]
    [InlineData("{{nme}}", "1:3 `nme` is not a declared variable.")]
    [InlineData("line\n  {{ nme }}", "2:6 `nme` is not a declared variable.")]
    [InlineData("{{name.Length}}", "1:3 `name.Length` is not a declared variable.")]
    [InlineData("{{name.GetType}}", "1:3 `name.GetType` is not a declared variable.")]
    [InlineData("{{constructor}}", "1:3 `constructor` is not a declared variable.")]
    [InlineData("{{__proto__}}", "1:3 `__proto__` is not a declared variable.")]
    [InlineData("{{this}}", "1:3 `this` is not a declared variable.")]
    [InlineData("{{[name]}}", "1:3 `[name]` is not a declared variable.")]
    [InlineData("{{@root}}", "1:3 `@root` is not a declared variable.")]
    [InlineData("{{@index}}", "1:3 `@index` is not a declared variable.")]
    [InlineData("{{../name}}", "1:3 `../name` leads out of the template.")]
    [InlineData("{{#each seats}}{{name}}{{/each}}", "1:18 `name` is not a field of the list's items (a variable outside of the loop is `@root.name`).")]
    [InlineData("{{#each name}}{{/each}}", "1:9 `name` is no list.")]
    [InlineData("{{#if name}}", "1:1 `{{#if}}` is not closed.")]
    [InlineData("{{/if}}", "1:1 `{{/if}}` closes nothing.")]
    [InlineData("{{#if name}}{{/each}}", "1:13 `{{/each}}` stands where `{{/if}}` must be.")]
    [InlineData("{{else}}", "1:1 `{{else}}` stands in no block.")]
    [InlineData("{{name", "1:1 `{{` is not closed. To show braces, write `\\{{`.")]
    [InlineData("{{}}", "1:1 the expression is empty.")]
    [InlineData("{{> header}}", "1:1 partials are put in by `mj-include`, not by `{{>`.")]
    [InlineData("{{#*inline \"x\"}}{{/inline}}", "1:1 partials are put in by `mj-include`, not by `{{>`.")]
    [InlineData("{{#> layout}}{{/layout}}", "1:1 partials are put in by `mj-include`, not by `{{>`.")]
    [InlineData("{{t \"titel\"}}", "1:5 no text has the key `titel`.")]
    [InlineData("{{t name}}", "1:5 `t` needs the key of a text, in quotes.")]
    [InlineData("{{plural count}}", "1:3 `plural` takes 3 arguments.")]
    [InlineData("{{lookup name \"x\"}}", "1:3 there is no helper `lookup`.")]
    [InlineData("{{#with name}}{{/with}}", "1:4 there is no helper `with`.")]
    [InlineData("{{if name}}", "1:3 `if` is a block: `{{#if ...}}...{{/if}}`.")]
    [InlineData("{{#if (equals name}}{{/if}}", "1:19 `if (equals name` lacks a `)`.")]
    [InlineData("{{insert name \"a}}", "1:1 `{{` is not closed.")]
    public void What_cannot_is_named_with_its_place(string source, string problem)
    {
        IReadOnlyList<string> problems = Problems(source);

        Assert.True(problems.Any(said => said.StartsWith(problem, StringComparison.Ordinal)), string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public void Loop_within_a_loop_is_refused() =>
        Assert.Contains(Problems("{{#each seats}}{{#each @root.rows}}{{/each}}{{/each}}"), problem => problem.EndsWith("an item of a list holds no list.", StringComparison.Ordinal));

    [Fact]
    public void Names_that_are_used_are_told() =>
        Assert.Equal(["count", "name", "seats"], ExpressionCheck.Run("{{name}}{{#each seats}}{{@root.count}}{{/each}}", _variables, _strings).Used.Order());

    private static IReadOnlyList<string> Problems(string source) =>
        [.. ExpressionCheck.Run(source, _variables, _strings).Problems.Select(problem => (Problem: problem, Position: ExpressionProblem.Position(source, problem.Offset))).Select(said => $"{said.Position.Line}:{said.Position.Column} {said.Problem.Detail}")];

    private static TemplateVariable Variable(string name, TemplateVariableType type = TemplateVariableType.Text) => new(name, type, false, default(JsonElement));
}

using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Templates;

namespace Mail.Tests.Core.Templates;

public sealed class TemplateVariableTests
{
    [Theory]
    [InlineData("{}", "`template.variables.code` is required.")]
    [InlineData("""{"code": null}""", "`template.variables.code` is required.")]
    [InlineData("""{"code": "  "}""", "`template.variables.code` is required.")]
    [InlineData("""{"code": true}""", "`template.variables.code` must be a string.")]
    [InlineData("""{"code": ["1"]}""", "`template.variables.code` must be a string.")]
    [InlineData("""{"code": {"a": 1}}""", "`template.variables.code` must be a string.")]
    [InlineData("""{"code": "1\u0000"}""", "`template.variables.code` contains a control character.")]
    [InlineData("""{"code": "1", "expires_in_minutes": "15"}""", "`template.variables.expires_in_minutes` must be a number.")]
    [InlineData("""{"code": "1", "expires_in_minutes": 1e400}""", "`template.variables.expires_in_minutes` must be a number.")]
    [InlineData("""{"code": "1", "help_url": "javascript:alert(1)"}""", "`template.variables.help_url` must be an absolute http or https URL.")]
    [InlineData("""{"code": "1", "help_url": "/help"}""", "`template.variables.help_url` must be an absolute http or https URL.")]
    [InlineData("""{"code": "1", "help_url": 5}""", "`template.variables.help_url` must be an absolute http or https URL.")]
    public void Value_that_cannot_be_used_is_named(string variables, string expected) =>
        Assert.Equal([expected], Validate(variables).Select(problem => problem.ToString()));

    [Theory]
    [InlineData("""{"code": "1"}""")]
    [InlineData("""{"code": 483920}""")]
    [InlineData("""{"code": "1", "name": null, "expires_in_minutes": null}""")]
    [InlineData("""{"code": "1", "name": "", "help_url": ""}""")]
    [InlineData("""{"code": "1", "unknown": {"deep": [1, 2]}}""")]
    [InlineData("""{"code": "1", "postal_address": "1 Street\n2000 Town"}""")]
    public void What_the_template_can_render_passes(string variables) => Assert.Empty(Validate(variables));

    [Fact]
    public void Every_problem_is_reported_at_once() =>
        Assert.Equal(["code", "expires_in_minutes"], Validate("""{"name": "Ann", "expires_in_minutes": "x"}""").Select(problem => problem.Name));

    [Theory, InlineData(2_000, 0), InlineData(2_001, 1)]
    public void Text_has_a_limit(int length, int problems) =>
        Assert.Equal(problems, Validate(JsonSerializer.Serialize(new { code = "1", name = new string('n', length) })).Count);

    [Theory]
    [InlineData("{}", "missing_required_field", "Missing `template.variables.code` field.")]
    [InlineData("""{"code": false}""", "validation_error", "`template.variables.code` must be a string.")]
    public void Problem_becomes_the_refusal_of_the_message(string variables, string code, string detail) =>
        Assert.Equal(new Failure(FailureKind.Invalid, code, detail), Validate(variables).Single().ToFailure());

    private static IReadOnlyList<TemplateVariableProblem> Validate(string json) =>
        TemplateSamples.Renderer.Validate(TemplateSamples.PasswordReset, TemplateSamples.Variables(json));
}

using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Templates;

namespace Mail.Tests.Core.Templates;

/// <summary>Variables that are lists of objects, dates and time zones: what is refused, and how.</summary>
public sealed class TemplateListTests
{
    private static readonly PublishedTemplate _template = TemplateSamples.Catalog.Find("reminder-driver")!;

    [Theory]
    [InlineData("""[]""", "is required.", "passengers")]
    [InlineData("""null""", "is required.", "passengers")]
    [InlineData("""{"name": "Ann"}""", "must be a list.", "passengers")]
    [InlineData("""["Ann"]""", "must be an object.", "passengers[0]")]
    [InlineData("""[{"name": "Ann", "seats": 1}, {"name": "Bob", "seats": 1}, {"seats": 1}]""", "is required.", "passengers[2].name")]
    [InlineData("""[{"name": " ", "seats": 1}]""", "is required.", "passengers[0].name")]
    [InlineData("""[{"name": "Ann", "seats": "1"}]""", "must be a number.", "passengers[0].seats")]
    [InlineData("""[{"name": "Ann", "seats": 1, "pickup_at": "tomorrow"}]""", "must be a date and time with its offset (ISO 8601), such as `2026-11-21T10:00:00Z`.", "passengers[0].pickup_at")]
    [InlineData("""[{"name": ["Ann"], "seats": 1}]""", "must be a string.", "passengers[0].name")]
    public void Item_that_cannot_be_used_is_named_with_its_place(string passengers, string detail, string name) =>
        Assert.Equal([(name, detail)], Validate(passengers).Select(problem => (problem.Name, problem.Detail)));

    [Fact]
    public void All_problems_of_a_list_are_named_up_to_a_limit()
    {
        Assert.Equal(["passengers[0].name", "passengers[0].seats", "passengers[1].name"], Validate("""[{}, {"seats": 2}]""").Select(problem => problem.Name));
        Assert.Equal(TemplateLists.MaxProblems, Validate($"[{string.Join(',', Enumerable.Repeat("{}", 200))}]").Count);
    }

    [Theory, InlineData(500, 0), InlineData(501, 1)]
    public void A_list_has_a_limit(int length, int problems) =>
        Assert.Equal(problems, Validate($"[{string.Join(',', Enumerable.Repeat("""{"name": "Ann", "seats": 1}""", length))}]").Count);

    [Fact]
    public void Problem_of_an_item_becomes_the_refusal_of_the_message() =>
        Assert.Equal(new Failure(FailureKind.Invalid, "missing_required_field", "Missing `template.variables.passengers[0].name` field."), Validate("""[{"seats": 1}]""").Single().ToFailure());

    [Fact]
    public void Items_are_shown_in_their_order_and_their_values_are_escaped()
    {
        RenderedEmail mail = Render("""[{"name": "<b>Ann</b>", "seats": 1, "pickup_at": "2026-11-28T06:40:00Z", "ignored": {"deep": 1}}, {"name": "Bob", "seats": 2}]""", "en");

        Assert.Contains("&lt;b&gt;Ann&lt;/b&gt;", mail.Html, StringComparison.Ordinal);
        Assert.True(mail.Html.IndexOf("Ann", StringComparison.Ordinal) < mail.Html.IndexOf("Bob", StringComparison.Ordinal));
        Assert.Contains("\n- 07:40 <b>Ann</b>, 1 seat\n- Bob, 2 seats\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_an_item_does_not_declare_is_an_error_even_when_the_mail_has_a_variable_of_that_name()
    {
        PublishedTemplate template = _template with { Version = "with-typo", Html = "{{#each passengers}}{{to_place}}{{/each}}" };

        Assert.Throws<TemplateDefectException>(() => TemplateSamples.Renderer.Render(template, TemplateSamples.Sample(_template.Key), "en"));
    }

    [Theory]
    [InlineData("2026-11-28T06:30:00Z")]
    [InlineData("2026-11-28T07:30:00.123456+01:00")]
    [InlineData("2026-11-28T07:30+01:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void Moment_with_an_offset_is_taken_and_rendered(string moment)
    {
        Dictionary<string, JsonElement> variables = TemplateSamples.Sample(_template.Key);
        variables["departure_at"] = JsonSerializer.SerializeToElement(moment);

        Assert.Empty(TemplateSamples.Renderer.Validate(_template, variables));
        foreach (string zone in new[] { "America/New_York", "Pacific/Kiritimati" })
        {
            variables["time_zone"] = JsonSerializer.SerializeToElement(zone);
            Assert.NotEmpty(TemplateSamples.Renderer.Render(_template, variables, "fr").Text);
        }
    }

    [Theory]
    [InlineData("\"2026-11-28\""), InlineData("\"2026-11-28T06:30:00\""), InlineData("\"2026-11-28T06:30\""), InlineData("\"2026-11-28T06:30:00.1234567\""), InlineData("\"2026-02-30T06:30:00Z\"")]
    [InlineData("\"28/11/2026 06:30\""), InlineData("\"now\""), InlineData("1795847400"), InlineData("true")]
    public void Date_that_is_no_moment_is_refused(string json) =>
        Assert.Equal(["departure_at"], Validate("departure_at", json).Select(problem => problem.Name));

    [Theory, InlineData("Europe/Paris"), InlineData("UTC"), InlineData("Etc/GMT+12"), InlineData("America/Argentina/Buenos_Aires")]
    public void Time_zone_of_IANA_is_taken(string zone) => Assert.Empty(Validate("time_zone", $"\"{zone}\""));

    [Theory]
    [InlineData("\"Europe/Lyon\""), InlineData("\"Europe\""), InlineData("\"../etc/passwd\""), InlineData("\"/etc/localtime\""), InlineData("\"Europe/../UTC\""), InlineData("\"Romance Standard Time\"")]
    [InlineData("\"+01:00\""), InlineData("\"Europe/Paris\\u0000\""), InlineData("\"posixrules\\n\""), InlineData("1")]
    public void Time_zone_that_does_not_exist_is_refused(string json) => Assert.Equal(["time_zone"], Validate("time_zone", json).Select(problem => problem.Name));

    private static IReadOnlyList<TemplateVariableProblem> Validate(string passengers) => Validate("passengers", passengers);

    private static IReadOnlyList<TemplateVariableProblem> Validate(string name, string json)
    {
        Dictionary<string, JsonElement> variables = TemplateSamples.Sample(_template.Key);
        variables[name] = JsonDocument.Parse(json).RootElement;
        return TemplateSamples.Renderer.Validate(_template, variables);
    }

    private static RenderedEmail Render(string passengers, string locale)
    {
        Dictionary<string, JsonElement> variables = TemplateSamples.Sample(_template.Key);
        variables["passengers"] = JsonDocument.Parse(passengers).RootElement;
        return TemplateSamples.Renderer.Render(_template, variables, locale);
    }
}

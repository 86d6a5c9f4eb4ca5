using System.Text.Json;
using Mail.Core.Messages;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;

namespace Mail.Api.Templates;

/// <summary>A template in a list.</summary>
/// <param name="BuiltIn">Of the built-in set: read only. Duplicate it to write one's own; one of the same key takes its place.</param>
/// <param name="Status">`draft` for one that was never published, else `published`.</param>
/// <param name="PublishedVersion">What new messages take.</param>
/// <param name="HasChanges">Whether the draft differs from what is published.</param>
/// <param name="PublishedAt">When the version that new messages take was made; null for a draft and for the built-in set.</param>
public sealed record TemplateSummary(
    string Object, string? Id, string Key, string Alias, string Name, string Lane, IReadOnlyList<string> Locales, bool BuiltIn, string Status, int? PublishedVersion, bool HasChanges,
    DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt, DateTimeOffset? PublishedAt)
{
    public static TemplateSummary Of(StoredTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new("template", template.Id.ToString(), template.Key, template.Key, template.Draft.Name, template.Draft.Lane.Name(), [.. template.Draft.Strings.Keys.Order(StringComparer.Ordinal)], false,
            template.PublishedVersion is null ? "draft" : "published", template.PublishedVersion, template.HasChanges, template.CreatedAt, template.UpdatedAt, template.PublishedAt);
    }

    public static TemplateSummary Of(PublishedTemplate builtIn)
    {
        ArgumentNullException.ThrowIfNull(builtIn);
        return new("template", null, builtIn.Key, builtIn.Key, builtIn.Name, builtIn.Lane.Name(), [.. builtIn.Locales.Order(StringComparer.Ordinal)], true, "published", null, false, null, null, null);
    }
}

/// <summary>A template with its draft.</summary>
/// <param name="Revision">Of the draft: give it with a change to be refused when somebody else was faster.</param>
/// <param name="LastVersion">The highest version that was ever published; 0 for none.</param>
/// <param name="PublishedAt">When the version that new messages take was made.</param>
/// <param name="ExperimentId">The experiment that runs, for whose time nothing is published; null for none.</param>
public sealed record TemplateResponse(
    string Object, string? Id, string Key, string Alias, string Name, string Lane, bool Unsubscribe, bool Tracking, string DefaultLocale, string? Layout, string? Mjml, string? Html, string? Text, string? Subject,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Strings, IReadOnlyDictionary<string, VariableSource> Variables, IReadOnlyDictionary<string, JsonElement> Sample,
    bool BuiltIn, string Status, int? PublishedVersion, int LastVersion, bool HasChanges, int Revision, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt, DateTimeOffset? PublishedAt, string? ExperimentId)
{
    public static TemplateResponse Of(StoredTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return Of(template.Key, template.Draft) with
        {
            Id = template.Id.ToString(),
            BuiltIn = false,
            Status = template.PublishedVersion is null ? "draft" : "published",
            PublishedVersion = template.PublishedVersion,
            LastVersion = template.LastVersion,
            HasChanges = template.HasChanges,
            Revision = template.Revision,
            CreatedAt = template.CreatedAt,
            UpdatedAt = template.UpdatedAt,
            PublishedAt = template.PublishedAt,
            ExperimentId = template.ExperimentId?.ToString(),
        };
    }

    /// <summary>One of the built-in set.</summary>
    public static TemplateResponse Of(string key, TemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        string? subject = source.Strings.GetValueOrDefault(source.DefaultLocale)?.GetValueOrDefault(PublishedTemplate.SubjectKey);
        return new("template", null, key, key, source.Name, source.Lane.Name(), source.Unsubscribe, source.Tracking, source.DefaultLocale, source.Layout, source.Mjml, source.Html, source.Text, subject,
            source.Strings, source.Variables, source.Sample, true, "published", null, 0, false, 0, null, null, null, null);
    }
}

/// <param name="Severity">`error`, `warning` or `note`.</param>
/// <param name="Rule">Names the rule.</param>
/// <param name="File">As in the template's folder.</param>
/// <param name="Line">From 1; null where the whole file is meant.</param>
public sealed record ProblemResponse(string Severity, string Rule, string File, int? Line, int? Column, string Message)
{
    public static IReadOnlyList<ProblemResponse> Of(IReadOnlyList<TemplateProblem> problems) =>
        [.. problems.OrderBy(problem => problem.Severity).Select(problem => new ProblemResponse(JsonNamingPolicy.SnakeCaseLower.ConvertName(problem.Severity.ToString()), problem.Rule, problem.File, problem.Line, problem.Column, problem.Detail))];
}

/// <summary>Why a template was not published, or not rendered: everything at once.</summary>
public sealed record TemplateRefusal([property: System.Text.Json.Serialization.JsonPropertyName("statusCode")] int StatusCode, string Name, string Message, IReadOnlyList<ProblemResponse> Problems)
{
    public static TemplateRefusal Of(IReadOnlyList<TemplateProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        TemplateProblem[] errors = [.. problems.Where(problem => problem.Severity is ProblemSeverity.Error)];
        return new(StatusCodes.Status422UnprocessableEntity, "template_has_errors", $"{(errors.Length == 1 ? "One error" : $"{errors.Length} errors")}. {errors[0]}", ProblemResponse.Of(problems));
    }
}

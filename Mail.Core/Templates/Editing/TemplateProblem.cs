namespace Mail.Core.Templates.Editing;

/// <summary>How much a finding about a template weighs.</summary>
public enum ProblemSeverity
{
    /// <summary>It cannot be published.</summary>
    Error,

    /// <summary>Somebody will see a worse mail.</summary>
    Warning,

    /// <summary>Good to know.</summary>
    Note,
}

/// <summary>Something about a template that its author should know.</summary>
/// <param name="Rule">Names the rule, for who wants to look it up: `expression`, `mjml`, `strings`.</param>
/// <param name="File">As in the template's folder: `template.mjml`, `strings.fr.json`.</param>
/// <param name="Line">From 1; null where the whole file is meant.</param>
public sealed record TemplateProblem(ProblemSeverity Severity, string Rule, string File, int? Line, int? Column, string Detail)
{
    public override string ToString() => Line is null ? $"{File}: {Detail}" : $"{File}, line {Line}, column {Column}: {Detail}";
}

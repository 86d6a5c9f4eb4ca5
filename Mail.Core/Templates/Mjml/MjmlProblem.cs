namespace Mail.Core.Templates.Mjml;

/// <summary>Where in a template something stands.</summary>
/// <param name="File">`template.mjml`, or the partial's path as the include names it.</param>
/// <param name="Line">From 1; null when the compiler does not say.</param>
/// <param name="Column">From 1; null with the line.</param>
public sealed record SourcePosition(string File, int? Line, int? Column)
{
    public override string ToString() => Line is null ? File : $"{File}, line {Line}, column {Column}";
}

/// <summary>What the compiler, or the look at the source before it, objects to.</summary>
/// <param name="IsFatal">The mail would lack something; otherwise the compiler leaves out an attribute that it does not know.</param>
public sealed record MjmlProblem(SourcePosition At, string Detail, bool IsFatal);

/// <param name="Html">Null when there is a fatal problem.</param>
public sealed record MjmlResult(string? Html, IReadOnlyList<MjmlProblem> Problems);

using Mail.Core.Templates.Expressions;

namespace Mail.Core.Templates.Editing;

/// <summary>Gathers what is found about a template.</summary>
internal sealed class Findings
{
    /// <summary>Who has made more mistakes sees the rest when these are mended.</summary>
    private const int Most = 100;

    private readonly List<TemplateProblem> _all = [];

    public IReadOnlyList<TemplateProblem> All => _all;

    public bool HasErrors => _all.Any(problem => problem.Severity is ProblemSeverity.Error);

    public void Add(TemplateProblem problem)
    {
        if (_all.Count < Most || problem.Severity is ProblemSeverity.Error && !HasErrors) _all.Add(problem);
    }

    public void Error(string file, string detail) => Add(new TemplateProblem(ProblemSeverity.Error, Rule(file), file, null, null, detail));

    public void Warn(string file, string detail) => Add(new TemplateProblem(ProblemSeverity.Warning, Rule(file), file, null, null, detail));

    /// <param name="source">What is rendered.</param>
    /// <param name="written">What its author wrote, if that is something else: problems are told at their place in it.</param>
    /// <param name="key">Which text of the file it is.</param>
    /// <returns>The names of the variables that it uses.</returns>
    public IReadOnlySet<string> Expressions(string file, string source, string? written, IReadOnlyDictionary<string, TemplateVariable> variables, IReadOnlySet<string> keys, string? key = null)
    {
        (IReadOnlyList<ExpressionProblem> problems, IReadOnlySet<string> used) = ExpressionCheck.Run(source, variables, keys);
        foreach (ExpressionProblem problem in problems)
        {
            (int? line, int? column) = key is not null ? (null, null) : Place(problem, source, written);
            Add(new TemplateProblem(ProblemSeverity.Error, "expression", file, line, column, key is null ? problem.Detail : $"in `{key}`: {problem.Detail}"));
        }

        return used;
    }

    /// <summary>The compiler moves and repeats what it is given: the expression is looked for in the source; null where it is in a partial.</summary>
    private static (int? Line, int? Column) Place(ExpressionProblem problem, string source, string? written)
    {
        if (written is null || written == source) return ExpressionProblem.Position(source, problem.Offset);
        int open = source.LastIndexOf("{{", Math.Min(problem.Offset + 1, source.Length - 1), StringComparison.Ordinal);
        int close = open < 0 ? -1 : source.IndexOf("}}", open, StringComparison.Ordinal);
        int found = close < 0 ? -1 : written.IndexOf(source[open..close], StringComparison.Ordinal);
        return found < 0 ? (null, null) : ExpressionProblem.Position(written, found + problem.Offset - open);
    }

    private static string Rule(string file) => file.StartsWith("strings", StringComparison.Ordinal) ? "strings" : file is "template.json" or "sample.json" ? "variables" : "template";
}

using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Mjml;

namespace Mail.Core.Templates.Linting;

/// <summary>Gathers what the rules find. The same is told once, however often it stands in the mail.</summary>
internal sealed class LintReport(Action<TemplateProblem> add)
{
    /// <summary>Of one rule: who has broken it more often sees the rest when these are mended.</summary>
    private const int Most = 15;

    private readonly HashSet<string> _told = [];
    private readonly Dictionary<string, int> _byRule = [];

    /// <summary>Whether this rule is still listened to: looking for a place in the source costs time by its length.</summary>
    public bool Listens(string rule) => _byRule.GetValueOrDefault(rule) < Most;

    public void Warn(string rule, SourcePosition at, string detail) => Add(ProblemSeverity.Warning, rule, at, detail);

    public void Note(string rule, SourcePosition at, string detail) => Add(ProblemSeverity.Note, rule, at, detail);

    public void Add(ProblemSeverity severity, string rule, SourcePosition at, string detail)
    {
        if (!Listens(rule) || !_told.Add($"{rule} {detail}")) return;
        _byRule[rule] = _byRule.GetValueOrDefault(rule) + 1;
        add(new TemplateProblem(severity, rule, at.File, at.Line, at.Column, detail));
    }

    /// <summary>A value within a sentence.</summary>
    public static string Short(string value)
    {
        string line = string.Join(' ', value.Split((char[]?)null, 20, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 80 ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[78]) ? 78 : 79)}…";
    }
}

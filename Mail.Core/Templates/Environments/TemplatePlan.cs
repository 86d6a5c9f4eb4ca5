using Mail.Core.Templates.Editing;

namespace Mail.Core.Templates.Environments;

/// <summary>What an apply would do to a project.</summary>
/// <param name="State">Of the project, as the plan was made against it: an apply that names it is refused when the project has changed since.</param>
/// <param name="Kept">Folders that only the project has, and that stay, because removal was not asked for.</param>
/// <param name="Problems">Everything that hinders an apply, and what else is to be known, with files as in the folder: `welcome/template.mjml`.</param>
public sealed record TemplatePlan(string State, IReadOnlyList<PlannedChange> Changes, IReadOnlyList<string> Kept, IReadOnlyList<TemplateProblem> Problems)
{
    public bool CanApply => Problems.All(problem => problem.Severity is not ProblemSeverity.Error);
}

/// <param name="Folder">The key of a template, or of a layout.</param>
/// <param name="Files">What differs; empty where only a layout does.</param>
public sealed record PlannedChange(string Folder, PlannedStatus Status, IReadOnlyList<FileChange> Files);

/// <summary>What becomes of a template or a layout.</summary>
public enum PlannedStatus
{
    Added,
    Changed,
    Removed,

    /// <summary>The draft is as it should be, and is not what messages take: it was not published, or its layout has changed since.</summary>
    Published,
}

/// <summary>What an apply has done.</summary>
/// <param name="Plan">What was to do.</param>
/// <param name="Versions">By template the version that was published; empty when something hindered it.</param>
public sealed record AppliedPlan(TemplatePlan Plan, bool IsApplied, IReadOnlyDictionary<string, int> Versions);

using System.Collections.Concurrent;
using Mail.Core.Common;
using Mail.Core.Templates.Editing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Templates.Environments;

/// <summary>Carries all templates and layouts of a project from one environment to another as a folder: export here, plan and apply there.</summary>
public sealed partial class TemplateEnvironments(NpgsqlDataSource dataSource, TemplateBuilder builder, TimeProvider clock, ILogger<TemplateEnvironments> logger)
{
    private readonly EnvironmentStore _store = new(dataSource);
    private readonly ConcurrentDictionary<ProjectId, bool> _underWay = new();

    /// <param name="published">What messages take, in place of the drafts.</param>
    public async Task<Result<(string State, IReadOnlyDictionary<string, string> Files)>> ExportAsync(ProjectId project, bool published, CancellationToken ct)
    {
        Result<ProjectTemplates> found = await _store.ReadAsync(project, ct);
        return found.IsSuccess ? (found.Value.State(), found.Value.ToFiles(published)) : found.Failure;
    }

    /// <summary>What an apply would do. Everything that it would publish is built, so that a plan without errors can be applied.</summary>
    /// <param name="prune">Whether what the folder does not have is to be removed.</param>
    public Task<Result<TemplatePlan>> PlanAsync(ProjectId project, FolderFiles folder, bool prune, CancellationToken ct) => AloneAsync(project, async () =>
    {
        Result<(TemplatePlan Plan, EnvironmentChange)> prepared = await PrepareAsync(project, folder, prune, ct);
        return prepared.IsSuccess ? prepared.Value.Plan : (Result<TemplatePlan>)prepared.Failure;
    });

    /// <summary>Makes the project what the folder says: all drafts written and published in one transaction, or nothing.</summary>
    /// <param name="state">Of the plan; refused when the project has changed since.</param>
    /// <param name="note">Of each version.</param>
    public Task<Result<AppliedPlan>> ApplyAsync(ProjectId project, FolderFiles folder, bool prune, string state, string? note, CancellationToken ct) => AloneAsync<AppliedPlan>(project, async () =>
    {
        Result<(TemplatePlan Plan, EnvironmentChange Change)> prepared = await PrepareAsync(project, folder, prune, ct);
        if (!prepared.IsSuccess) return prepared.Failure;
        (TemplatePlan plan, EnvironmentChange change) = prepared.Value;
        if (plan.State != state) return ChangedMeanwhile;
        if (!plan.CanApply) return new AppliedPlan(plan, false, new Dictionary<string, int>());
        if (await _store.ApplyAsync(project, state, change, note, clock.GetUtcNow(), ct) is not { } versions) return ChangedMeanwhile;
        LogApplied(project.Value, plan.Changes.Count, versions.Count);
        return new AppliedPlan(plan, true, versions);
    });

    private static Failure ChangedMeanwhile => new(FailureKind.Conflict, "changed_meanwhile", "`state` is not that of the project any more: its templates were changed since the plan was made. Plan again and look at it.");

    /// <summary>Building a thousand templates takes a while: one at a time is enough for a project.</summary>
    private async Task<Result<T>> AloneAsync<T>(ProjectId project, Func<Task<Result<T>>> work)
    {
        if (!_underWay.TryAdd(project, true)) return new Failure(FailureKind.TooMany, "rate_limit_exceeded", "Another plan for this project is being made; try again in a moment.");
        try
        {
            return await work();
        }
        finally
        {
            _underWay.TryRemove(project, out _);
        }
    }

    private async Task<Result<(TemplatePlan, EnvironmentChange)>> PrepareAsync(ProjectId project, FolderFiles folder, bool prune, CancellationToken ct)
    {
        Result<ProjectTemplates> found = await _store.ReadAsync(project, ct);
        if (!found.IsSuccess) return found.Failure;
        ProjectTemplates there = found.Value;
        List<PlannedChange> changes = [];
        List<TemplateProblem> problems = [];
        Dictionary<string, LayoutSource> layouts = Layouts(folder, there, prune, changes, out Dictionary<string, LayoutSource> newLayouts, out string[] removedLayouts);
        List<TemplateChange> templates = [];
        foreach ((string key, TemplateSource source) in folder.Templates)
        {
            ct.ThrowIfCancellationRequested();
            ProjectTemplate? before = there.Templates.GetValueOrDefault(key);
            LayoutSource? layout = source.Layout is null ? null : layouts.GetValueOrDefault(source.Layout) ?? BuiltInSources.Layout(source.Layout);
            IReadOnlyList<FileChange> differs = FolderDiff.Of(before is null ? [] : Files(key, before.Draft), Files(key, source));
            bool isPublished = before?.Published is { } published && Same(Files(key, published), Files(key, source)) && Same(Files(source.Layout, before.PublishedLayout), Files(source.Layout, layout));
            if (differs.Count == 0 && isPublished) continue;
            changes.Add(new PlannedChange(key, before is null ? PlannedStatus.Added : differs.Count > 0 ? PlannedStatus.Changed : PlannedStatus.Published, differs));
            PublishedTemplate? built = null;
            if (!isPublished)
            {
                if (before?.IsInExperiment == true) problems.Add(InExperiment(key));
                if (source.Layout is not null && layout is null) problems.Add(new TemplateProblem(ProblemSeverity.Error, "template", $"{key}/template.json", null, null, $"There is no layout `{source.Layout}`."));
                else
                {
                    Result<BuiltTemplate> build = await builder.BuildAsync(key, "draft", source, layout, ct);
                    if (!build.IsSuccess && build.Failure.Kind is FailureKind.Unavailable) return build.Failure;
                    if (!build.IsSuccess) problems.Add(new TemplateProblem(ProblemSeverity.Error, build.Failure.Code, $"{key}/template.mjml", null, null, build.Failure.Detail));
                    else problems.AddRange(build.Value.Problems.Select(problem => problem with { File = PathOf(key, problem.File) }));
                    built = build.IsSuccess ? build.Value.Template : null;
                }
            }

            templates.Add(new TemplateChange(key, before, source, differs.Count > 0, layout, built));
        }

        ProjectTemplate[] others = [.. there.Templates.Values.Where(template => !folder.Templates.ContainsKey(template.Key)).OrderBy(template => template.Key, StringComparer.Ordinal)];
        if (prune) problems.AddRange(others.Where(template => template.IsInExperiment).Select(template => InExperiment(template.Key)));
        if (prune) changes.AddRange(others.Select(template => new PlannedChange(template.Key, PlannedStatus.Removed, FolderDiff.Of(Files(template.Key, template.Draft), new Dictionary<string, string>()))));
        int count = folder.Templates.Count + (prune ? 0 : others.Length);
        if (count > TemplateSetup.MostPerProject) problems.Add(new TemplateProblem(ProblemSeverity.Error, "template", "", null, null, $"A project has at most {TemplateSetup.MostPerProject} templates; these would be {count}."));
        if (layouts.Count > TemplateSetup.MostPerProject) problems.Add(new TemplateProblem(ProblemSeverity.Error, "template", "", null, null, $"A project has at most {TemplateSetup.MostPerProject} layouts; these would be {layouts.Count}."));
        string[] kept = prune ? [] : [.. there.Layouts.Keys.Where(key => !folder.Layouts.ContainsKey(key)).Concat(others.Select(template => template.Key)).Order(StringComparer.Ordinal)];
        TemplatePlan plan = new(there.State(), [.. changes.OrderBy(change => change.Folder, StringComparer.Ordinal)], kept, problems);
        return (plan, new EnvironmentChange(templates, prune ? others : [], newLayouts, removedLayouts));
    }

    /// <returns>The layouts that the project will have.</returns>
    private static Dictionary<string, LayoutSource> Layouts(
        FolderFiles folder, ProjectTemplates there, bool prune, List<PlannedChange> changes, out Dictionary<string, LayoutSource> wanted, out string[] removed)
    {
        wanted = new Dictionary<string, LayoutSource>(StringComparer.Ordinal);
        Dictionary<string, LayoutSource> after = new(there.Layouts, StringComparer.Ordinal);
        foreach ((string key, LayoutSource layout) in folder.Layouts)
        {
            after[key] = layout;
            LayoutSource? before = there.Layouts.GetValueOrDefault(key);
            IReadOnlyList<FileChange> differs = FolderDiff.Of(Files(key, before), Files(key, layout));
            if (before is not null && differs.Count == 0) continue;
            wanted[key] = layout;
            changes.Add(new PlannedChange(key, before is null ? PlannedStatus.Added : PlannedStatus.Changed, differs));
        }

        removed = prune ? [.. there.Layouts.Keys.Where(key => !folder.Layouts.ContainsKey(key))] : [];
        foreach (string key in removed)
        {
            after.Remove(key);
            changes.Add(new PlannedChange(key, PlannedStatus.Removed, FolderDiff.Of(Files(key, there.Layouts[key]), new Dictionary<string, string>())));
        }

        return after;
    }

    private static SortedDictionary<string, string> Files(string key, TemplateSource source) => WithOneLineEnding(TemplateFolder.Write(key, source, ordered: true));

    private static SortedDictionary<string, string> Files(string? key, LayoutSource? layout) => key is null || layout is null ? [] : WithOneLineEnding(TemplateFolder.Write(key, layout, ordered: true));

    /// <summary>A folder that went through Windows is the same folder.</summary>
    private static SortedDictionary<string, string> WithOneLineEnding(SortedDictionary<string, string> files)
    {
        foreach ((string name, string content) in files.Where(file => file.Value.Contains('\r', StringComparison.Ordinal)).ToArray()) files[name] = content.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return files;
    }

    private static bool Same(SortedDictionary<string, string> one, SortedDictionary<string, string> other) =>
        one.Count == other.Count && one.All(file => other.TryGetValue(file.Key, out string? content) && content == file.Value);

    private static TemplateProblem InExperiment(string key) =>
        new(ProblemSeverity.Error, "experiment-running", $"{key}/template.json", null, null, "An experiment runs with this template, and what is published stays as it is until it ends. Stop it, or conclude it, first.");

    /// <summary>A problem in a partial is told at its path already.</summary>
    private static string PathOf(string key, string file) => file.StartsWith("../", StringComparison.Ordinal) ? file[3..] : $"{key}/{file}";

    [LoggerMessage(Level = LogLevel.Information, Message = "Templates of project {ProjectId} were changed as a folder says: {Changes} changes, {Versions} published")]
    private partial void LogApplied(Guid projectId, int changes, int versions);
}

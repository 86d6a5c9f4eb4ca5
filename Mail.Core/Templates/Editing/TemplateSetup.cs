using Mail.Core.Common;
using Mail.Core.Templates.Storage;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Templates.Editing;

/// <summary>Writes, publishes and takes back a project's templates.</summary>
public sealed partial class TemplateSetup(TemplateStore store, LayoutStore layouts, TemplateBuilder builder, TimeProvider clock, ILogger<TemplateSetup> logger)
{
    /// <summary>Of templates, and of layouts, in a project.</summary>
    public const int MostPerProject = 1000;

    /// <summary>By key, in its order.</summary>
    public Task<IReadOnlyList<(Guid Id, string Key)>> NamesAsync(ProjectId project, CancellationToken ct) => store.NamesAsync(project, ct);

    /// <summary>Those that are there, by id.</summary>
    public async Task<IReadOnlyDictionary<Guid, StoredTemplate>> FindAsync(ProjectId project, Guid[] ids, CancellationToken ct) => (await store.FindAsync(project, ids, ct)).ToDictionary(template => template.Id);

    /// <summary>What there is to say of a version.</summary>
    public IReadOnlyList<TemplateProblem> Inspect(StoredVersion version, Guid id)
    {
        ArgumentNullException.ThrowIfNull(version);
        return builder.Inspect(version.ToTemplate(id), version.Source, version.Layout);
    }

    /// <param name="name">Its key or its id.</param>
    public async Task<Result<StoredTemplate>> FindAsync(ProjectId project, string name, CancellationToken ct) =>
        name is { Length: <= 64 } && !name.Contains('\0', StringComparison.Ordinal) && await store.FindAsync(project, name, ct) is { } found ? found : Failure.NotFound("Template");

    public async Task<Result<StoredTemplate>> AddAsync(ProjectId project, string key, TemplateSource draft, CancellationToken ct)
    {
        if ((SourceRules.ProblemWithKey(key) ?? SourceRules.ProblemWith(draft)) is { } problem) return problem;
        Guid id = UuidV7.New(clock.GetUtcNow());
        if (await store.AddAsync(project, id, key, draft, clock.GetUtcNow(), MostPerProject, ct) is { } failure) return failure;
        LogAdded(key, project.Value);
        return await FindAsync(project, id.ToString(), ct);
    }

    /// <param name="change">Makes the new draft of the old one.</param>
    /// <param name="revision">The one that the change was made to; null to take whatever is there.</param>
    public async Task<Result<StoredTemplate>> ChangeAsync(ProjectId project, string name, string? key, int? revision, Func<TemplateSource, Result<TemplateSource>> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        Result<StoredTemplate> found = await FindAsync(project, name, ct);
        if (!found.IsSuccess) return found;
        if (revision is not null && revision != found.Value.Revision) return new Failure(FailureKind.Conflict, "changed_meanwhile", $"`revision` is {revision}, and the draft is at {found.Value.Revision}: somebody else changed it. Read it again and repeat the change.");
        Result<TemplateSource> draft = change(found.Value.Draft);
        if (!draft.IsSuccess) return draft.Failure;
        if ((SourceRules.ProblemWithKey(key ?? found.Value.Key) ?? SourceRules.ProblemWith(draft.Value)) is { } problem) return problem;
        if (await store.ChangeAsync(found.Value, key ?? found.Value.Key, draft.Value, clock.GetUtcNow(), ct) is { } failure) return failure;
        return await FindAsync(project, found.Value.Id.ToString(), ct);
    }

    /// <summary>Calls that name it are refused from now on; messages that were accepted are sent.</summary>
    public async Task<Result<StoredTemplate>> RemoveAsync(ProjectId project, string name, CancellationToken ct)
    {
        Result<StoredTemplate> found = await FreeAsync(project, name, ct);
        if (found.IsSuccess && !await store.RemoveAsync(project, found.Value.Id, clock.GetUtcNow(), ct))
            return await FreeAsync(project, name, ct) is { IsSuccess: false } now ? now.Failure : Failure.NotFound("Template");
        if (found.IsSuccess) LogRemoved(found.Value.Key, project.Value);
        return found;
    }

    /// <summary>For whom wants to change what messages take: that stays as it is while an experiment compares it with others.</summary>
    private async Task<Result<StoredTemplate>> FreeAsync(ProjectId project, string name, CancellationToken ct)
    {
        Result<StoredTemplate> found = await FindAsync(project, name, ct);
        return found is { IsSuccess: true, Value.ExperimentId: { } experiment }
            ? new Failure(FailureKind.Conflict, "experiment_running", $"The experiment {experiment} runs with this template, and what is published stays as it is until it ends. Stop it, or conclude it, first.")
            : found;
    }

    /// <summary>What the draft would be if it were published now.</summary>
    public async Task<Result<BuiltTemplate>> BuildAsync(ProjectId project, string key, TemplateSource draft, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(draft);
        Result<LayoutSource?> layout = await LayoutAsync(project, draft.Layout, ct);
        return layout.IsSuccess ? await builder.BuildAsync(key, "draft", draft, layout.Value, ct) : layout.Failure;
    }

    /// <summary>A new version of the draft, which messages take from now on.</summary>
    public async Task<Result<Publication>> PublishAsync(ProjectId project, string name, string? note, CancellationToken ct)
    {
        Result<StoredTemplate> found = await FreeAsync(project, name, ct);
        if (!found.IsSuccess) return found.Failure;
        Result<LayoutSource?> layout = await LayoutAsync(project, found.Value.Draft.Layout, ct);
        if (!layout.IsSuccess) return layout.Failure;
        Result<BuiltTemplate> built = await builder.BuildAsync(found.Value.Key, "draft", found.Value.Draft, layout.Value, ct);
        if (!built.IsSuccess) return built.Failure;
        if (built.Value.Template is null) return new Publication(found.Value, null, built.Value.Problems);
        Result<int> version = await store.PublishAsync(found.Value, layout.Value, built.Value.Template, note, clock.GetUtcNow(), ct);
        if (!version.IsSuccess) return version.Failure;
        LogPublished(found.Value.Key, version.Value, project.Value);
        Result<StoredTemplate> published = await FindAsync(project, found.Value.Id.ToString(), ct);
        return published.IsSuccess ? new Publication(published.Value, version.Value, built.Value.Problems) : published.Failure;
    }

    /// <summary>Messages from now on take an earlier version; the draft stays as it is.</summary>
    public async Task<Result<StoredTemplate>> RollBackAsync(ProjectId project, string name, int version, CancellationToken ct)
    {
        Result<StoredTemplate> found = await FreeAsync(project, name, ct);
        if (!found.IsSuccess) return found;
        if (!await store.TakeVersionAsync(project, found.Value.Id, version, clock.GetUtcNow(), ct))
            return await FreeAsync(project, name, ct) is { IsSuccess: false } now ? now : Failure.Field("version", found.Value.LastVersion == 0 ? "is none: the template was never published." : $"is none of this template's; it has 1 to {found.Value.LastVersion}.");
        LogRolledBack(found.Value.Key, version, project.Value);
        return await FindAsync(project, found.Value.Id.ToString(), ct);
    }

    /// <summary>The newest first.</summary>
    public async Task<Result<StoredVersion[]>> VersionsAsync(ProjectId project, string name, CancellationToken ct)
    {
        Result<StoredTemplate> found = await FindAsync(project, name, ct);
        return found.IsSuccess ? (await store.VersionsAsync(project, found.Value.Id, ct)).ToArray() : found.Failure;
    }

    public async Task<Result<StoredVersion>> VersionAsync(ProjectId project, string name, int version, CancellationToken ct)
    {
        Result<StoredTemplate> found = await FindAsync(project, name, ct);
        if (!found.IsSuccess) return found.Failure;
        return await store.VersionAsync(project, found.Value.Id, version, ct) is { } one ? one : Failure.NotFound("Version");
    }

    private async Task<Result<LayoutSource?>> LayoutAsync(ProjectId project, string? key, CancellationToken ct)
    {
        if (key is null) return (LayoutSource?)null;
        return (await layouts.FindAsync(project, key, ct) ?? BuiltInSources.Layout(key)) is { } layout ? layout : Failure.Field("layout", $"names no layout of this project: '{key}'.");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Template {Key} was added to project {ProjectId}")]
    private partial void LogAdded(string key, Guid projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Template {Key} was published as version {Version} in project {ProjectId}")]
    private partial void LogPublished(string key, int version, Guid projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Template {Key} goes by version {Version} again in project {ProjectId}")]
    private partial void LogRolledBack(string key, int version, Guid projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Template {Key} was removed from project {ProjectId}")]
    private partial void LogRemoved(string key, Guid projectId);
}

/// <param name="Version">Null when it was not published, for the errors among the problems.</param>
public sealed record Publication(StoredTemplate Template, int? Version, IReadOnlyList<TemplateProblem> Problems);

using Mail.Core.Common;
using Mail.Core.Templates.Storage;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Templates.Experiments;

/// <summary>Sets up, starts, stops and concludes experiments.</summary>
public sealed partial class ExperimentSetup
{
    /// <summary>Of a template.</summary>
    public const int MostPerTemplate = 200;

    private readonly ExperimentStore _store;
    private readonly ResultReader _results;
    private readonly TemplateStore _templates;
    private readonly TimeProvider _clock;
    private readonly ILogger<ExperimentSetup> _logger;

    internal ExperimentSetup(ExperimentStore store, ResultReader results, TemplateStore templates, TimeProvider clock, ILogger<ExperimentSetup> logger) =>
        (_store, _results, _templates, _clock, _logger) = (store, results, templates, clock, logger);

    /// <summary>The newest first.</summary>
    public async Task<Result<IReadOnlyList<Experiment>>> ListAsync(ProjectId project, string template, CancellationToken ct)
    {
        Result<StoredTemplate> found = await TemplateAsync(project, template, ct);
        return found.IsSuccess ? new List<Experiment>(await _store.ListAsync(project, found.Value.Id, ct)) : found.Failure;
    }

    public async Task<Result<Experiment>> FindAsync(ProjectId project, string template, string id, CancellationToken ct)
    {
        Result<StoredTemplate> found = await TemplateAsync(project, template, ct);
        if (!found.IsSuccess) return found.Failure;
        return Guid.TryParse(id, out Guid value) && await _store.FindAsync(project, found.Value.Id, value, ct) is { } experiment ? experiment : Failure.NotFound("Experiment");
    }

    /// <summary>As they are now.</summary>
    public Task<ExperimentResults> ResultsAsync(ProjectId project, Experiment experiment, CancellationToken ct) => _results.ReadAsync(project, experiment, ct);

    public async Task<Result<Experiment>> AddAsync(ProjectId project, string template, string? name, IReadOnlyList<ExperimentArm> arms, WinnerRule? rule, CancellationToken ct)
    {
        Result<StoredTemplate> found = await TemplateAsync(project, template, ct);
        if (!found.IsSuccess) return found.Failure;
        if (ExperimentRules.ProblemWith(name, arms, rule) is { } problem) return problem;
        if (await ComparableAsync(found.Value, arms, ct) is { } misfit) return misfit;
        DateTimeOffset now = _clock.GetUtcNow();
        Experiment experiment = new(UuidV7.New(now), found.Value.Id, name!, ExperimentStates.Draft, arms, rule, null, null, null, null, now, null, null);
        return await _store.AddAsync(project, experiment, MostPerTemplate, ct)
            ? experiment
            : new Failure(FailureKind.Conflict, "too_many_experiments", $"A template has {MostPerTemplate} experiments at most. Remove one that nobody looks at any more.");
    }

    /// <summary>From now on messages take its arms. One that was stopped goes on where it was.</summary>
    public async Task<Result<Experiment>> StartAsync(ProjectId project, string template, string id, CancellationToken ct)
    {
        Result<Experiment> found = await FindAsync(project, template, id, ct);
        if (!found.IsSuccess) return found;
        if (found.Value.State is ExperimentStates.Running) return found;
        if (found.Value.State is ExperimentStates.Concluded) return IsOver(found.Value);
        Result<StoredTemplate> of = await TemplateAsync(project, template, ct);
        if (!of.IsSuccess) return of.Failure;
        if (of.Value.ExperimentId is not null) return AnotherRuns;
        if (await ComparableAsync(of.Value, found.Value.Arms, ct) is { } misfit) return misfit;
        if (!await _store.StartAsync(project, found.Value, of.Value.PublishedVersion!.Value, _clock.GetUtcNow(), ct)) return AnotherRuns;
        LogStarted(found.Value.Id, of.Value.Key, project.Value);
        return await FindAsync(project, template, id, ct);
    }

    /// <summary>Messages take the published version again.</summary>
    public async Task<Result<Experiment>> StopAsync(ProjectId project, string template, string id, CancellationToken ct)
    {
        Result<Experiment> found = await FindAsync(project, template, id, ct);
        if (!found.IsSuccess || found.Value.State is ExperimentStates.Stopped) return found;
        if (found.Value.State is ExperimentStates.Concluded) return IsOver(found.Value);
        if (found.Value.State is ExperimentStates.Draft) return new Failure(FailureKind.Conflict, "experiment_not_running", "It was never started.");
        return await EndAsync(project, template, found.Value, [ExperimentStates.Running], ExperimentStates.Stopped, null, ct);
    }

    /// <summary>An arm's version is published, and the experiment is over.</summary>
    public async Task<Result<Experiment>> ConcludeAsync(ProjectId project, string template, string id, string? arm, CancellationToken ct)
    {
        Result<Experiment> found = await FindAsync(project, template, id, ct);
        if (!found.IsSuccess) return found;
        if (string.IsNullOrEmpty(arm)) return Failure.Missing("arm");
        if (found.Value.Arms.FirstOrDefault(one => one.Name == arm) is not { } winner) return Failure.Field("arm", $"must be one of {string.Join(", ", found.Value.Arms.Select(one => one.Name))}.");
        if (found.Value.State is ExperimentStates.Concluded) return found.Value.Winner == arm ? found : IsOver(found.Value);
        if (found.Value.State is ExperimentStates.Draft) return new Failure(FailureKind.Conflict, "experiment_not_running", "It was never started. To publish a version without an experiment, POST /templates/{id}/rollback.");
        return await EndAsync(project, template, found.Value, [ExperimentStates.Running, ExperimentStates.Stopped], ExperimentStates.Concluded, winner, ct);
    }

    /// <summary>With all that is known of it. What became of its messages stays with them.</summary>
    public async Task<Result<Experiment>> RemoveAsync(ProjectId project, string template, string id, CancellationToken ct)
    {
        Result<Experiment> found = await FindAsync(project, template, id, ct);
        if (found.IsSuccess && !await _store.RemoveAsync(project, found.Value.TemplateId, found.Value.Id, ct)) return new Failure(FailureKind.Conflict, "experiment_running", "It is running. Stop it first.");
        return found;
    }

    private async Task<Result<Experiment>> EndAsync(ProjectId project, string template, Experiment experiment, string[] from, string state, ExperimentArm? winner, CancellationToken ct)
    {
        ExperimentResults results = await _results.ReadAsync(project, experiment with { State = state }, ct);
        if (!await _store.EndAsync(project, experiment, new ExperimentEnd(from, state, winner, "hand", results, null, _clock.GetUtcNow()), ct))
            return new Failure(FailureKind.Conflict, "changed_meanwhile", "Somebody else changed it meanwhile, or another experiment of the template runs. Look at it again.");
        LogEnded(experiment.Id, state, winner?.Name, project.Value);
        return await FindAsync(project, template, experiment.Id.ToString(), ct);
    }

    private async Task<Failure?> ComparableAsync(StoredTemplate template, IReadOnlyList<ExperimentArm> arms, CancellationToken ct)
    {
        if (template.PublishedVersion is not { } published || await VersionAsync(template, published, ct) is not { } now) return new Failure(FailureKind.Conflict, "template_not_published", "The template was never published: there are no versions to compare.");
        List<PublishedTemplate> versions = [];
        for (int i = 0; i < arms.Count; i++)
        {
            if (await VersionAsync(template, arms[i].Version, ct) is not { } version) return Failure.Field($"arms.{i}.version", $"is none of this template's; it has 1 to {template.LastVersion}.");
            versions.Add(version);
        }

        return ExperimentRules.ProblemWith(now, versions);
    }

    private async Task<PublishedTemplate?> VersionAsync(StoredTemplate template, int version, CancellationToken ct) =>
        (await _templates.VersionAsync(template.ProjectId, template.Id, version, ct))?.ToTemplate(template.Id);

    private async Task<Result<StoredTemplate>> TemplateAsync(ProjectId project, string name, CancellationToken ct) =>
        name is { Length: <= 64 } && !name.Contains('\0', StringComparison.Ordinal) && await _templates.FindAsync(project, name, ct) is { } found ? found : Failure.NotFound("Template");

    private static Failure IsOver(Experiment experiment) => new(FailureKind.Conflict, "experiment_concluded", $"It is over: `{experiment.Winner}` was published. Make a new one.");

    private static Failure AnotherRuns => new(FailureKind.Conflict, "experiment_running", "Another experiment of the template runs, or its published version has just changed. One runs at a time.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Experiment {ExperimentId} of template {Key} was started in project {ProjectId}")]
    private partial void LogStarted(Guid experimentId, string key, Guid projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Experiment {ExperimentId} is {State} with {Winner} in project {ProjectId}")]
    private partial void LogEnded(Guid experimentId, string state, string? winner, Guid projectId);
}

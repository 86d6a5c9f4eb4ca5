using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messages;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Experiments;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Mail.Core.Templates.Storage;

/// <summary>
/// The templates that a message may name: the project's own, then the built-in set. Which version is published is asked for each message, many at once, so that
/// no node serves an old one after a publication; the versions themselves never change and are kept.
/// </summary>
public sealed class TemplateDirectory : IDisposable
{
    // One probe of ux_templates_key, or of the primary key, for each name.
    private const string PublishedSql = """
        SELECT wanted.project_id, wanted.name, t.id, t.published_version, e.id, e.arms::text
        FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS wanted(project_id, name, id)
        JOIN LATERAL (
            SELECT id, published_version, experiment_id FROM templates WHERE project_id = wanted.project_id AND key = wanted.name AND deleted_at IS NULL
            UNION ALL
            SELECT id, published_version, experiment_id FROM templates WHERE project_id = wanted.project_id AND id = wanted.id AND deleted_at IS NULL
        ) t ON true
        LEFT JOIN experiments e ON e.project_id = wanted.project_id AND e.id = t.experiment_id
        """;

    /// <summary>In characters: some hundred templates with all their languages.</summary>
    private const long CacheSize = 64 * 1024 * 1024;

    private readonly TemplateCatalog _builtIn;
    private readonly TemplateStore _store;
    private readonly NpgsqlDataSource _dataSource;
    private readonly MemoryCache _versions = new(new MemoryCacheOptions { SizeLimit = CacheSize });

    public TemplateDirectory(TemplateCatalog builtIn, TemplateStore store, NpgsqlDataSource dataSource) => (_builtIn, _store, _dataSource) = (builtIn, store, dataSource);

    /// <summary>What new messages take; acceptance asks with all that it wants to know (<see cref="IntakeLook"/>).</summary>
    /// <param name="name">Key or id.</param>
    /// <returns>Null when nothing of it is published.</returns>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public async ValueTask<PublishedTemplate?> PublishedAsync(ProjectId project, string name, CancellationToken ct)
    {
        Dictionary<(ProjectId Project, string Name), PublishedVersion> published = [];
        await using NpgsqlConnection connection = await _dataSource.OpenConnectionAsync(ct);
        await connection.RunAsync([Query([(project, name)], published)], ct);
        return (await LoadAsync(project, [name], published, ct)).GetValueOrDefault(name);
    }

    /// <summary>Asks which versions are published.</summary>
    /// <param name="names">Each once.</param>
    /// <param name="found">By name, what the project has of its own is put in here.</param>
    public static BatchedQuery Query((ProjectId Project, string Name)[] names, Dictionary<(ProjectId Project, string Name), PublishedVersion> found)
    {
        names = Array.FindAll(names, name => IsAskable(name.Name));
        NpgsqlBatchCommand command = new(PublishedSql);
        command.Parameters.AddTyped(Array.ConvertAll(names, name => name.Project.Value)).AddTyped(Array.ConvertAll(names, name => name.Name))
            .AddTyped(Array.ConvertAll(names, name => Guid.TryParse(name.Name, out Guid id) ? id : default));
        return new BatchedQuery(command, async (reader, ct) =>
        {
            while (await reader.ReadAsync(ct)) found[(new ProjectId(reader.GetGuid(0)), reader.GetString(1))] = new PublishedVersion(reader.GetGuid(2), reader.OptionalInt(3), reader.IsDBNull(4) ? null : reader.GetGuid(4), reader.OptionalText(5));
        });
    }

    /// <param name="names">Keys or ids.</param>
    /// <param name="own">What <see cref="Query"/> found of them.</param>
    /// <returns>By name; a name is absent when nothing of it is published.</returns>
    public async ValueTask<IReadOnlyDictionary<string, PublishedTemplate>> LoadAsync(ProjectId project, IReadOnlyCollection<string> names, Dictionary<(ProjectId Project, string Name), PublishedVersion> own, CancellationToken ct)
    {
        Dictionary<string, PublishedTemplate> found = new(names.Count, StringComparer.Ordinal);
        foreach (string name in names)
        {
            PublishedTemplate? template = own.TryGetValue((project, name), out PublishedVersion published)
                ? published.Version is { } version ? await WithExperimentAsync(project, published, await VersionAsync(project, published.Id, version, ct), ct) : null
                : _builtIn.Find(name);
            if (template is not null) found[name] = template;
        }

        return found;
    }

    /// <summary>The version that a message was pinned to.</summary>
    /// <returns>Null when it is not there; of the built-in set, the version that this host has.</returns>
    public ValueTask<PublishedTemplate?> PinnedAsync(ProjectId project, TemplateUse use, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(use);
        return use.TemplateId is { } id && VersionNumber(use.Version) is { } version ? VersionAsync(project, id, version, ct) : ValueTask.FromResult(_builtIn.Find(use.Id));
    }

    public void Dispose() => _versions.Dispose();

    /// <summary>A name that PostgreSQL would refuse must not spoil the question of all who ask with it.</summary>
    private static bool IsAskable(string name) => SourceRules.ProblemWithKey(name) is null || Guid.TryParse(name, out _);

    private static int? VersionNumber(string name) => name.StartsWith('v') && int.TryParse(name.AsSpan(1), out int version) ? version : null;

    private ValueTask<PublishedTemplate?> VersionAsync(ProjectId project, Guid id, int version, CancellationToken ct) =>
        _versions.TryGetValue((project, id, version), out PublishedTemplate? known) ? ValueTask.FromResult(known) : new(LoadAsync(project, id, version, ct));

    private async Task<PublishedTemplate?> LoadAsync(ProjectId project, Guid id, int version, CancellationToken ct)
    {
        if (await _store.VersionAsync(project, id, version, ct) is not { } stored) return null;
        // Two who load it at once get one and the same: its parsed forms hang on it.
        return _versions.GetOrCreate((project, id, version), entry =>
        {
            PublishedTemplate template = stored.ToTemplate(id);
            entry.Size = template.Html.Length + template.Text.Length + template.Strings.Values.Sum(texts => texts.Values.Sum(text => text.Length)) + 1000;
            return template;
        });
    }

    /// <summary>The published version, with those that an experiment puts in its place.</summary>
    private async ValueTask<PublishedTemplate?> WithExperimentAsync(ProjectId project, PublishedVersion published, PublishedTemplate? template, CancellationToken ct)
    {
        if (template is null || published.ExperimentId is not { } experiment) return template;
        List<RunningArm> arms = [];
        foreach (ExperimentArm arm in ExperimentJson.Arms(published.Arms!))
            if (await VersionAsync(project, published.Id, arm.Version, ct) is { } version) arms.Add(new RunningArm(arm.Name, arm.Weight, version));
        return template with { Experiment = new RunningExperiment(experiment, arms) };
    }
}

/// <param name="Version">Null when nothing of the template is published.</param>
/// <param name="ExperimentId">The experiment that runs; null for none.</param>
/// <param name="Arms">Its arms, as they are stored.</param>
public readonly record struct PublishedVersion(Guid Id, int? Version, Guid? ExperimentId, string? Arms);

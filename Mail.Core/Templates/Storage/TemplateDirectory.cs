using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messages;
using Mail.Core.Templates.Editing;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Mail.Core.Templates.Storage;

/// <summary>
/// The templates that a message may name: the project's own, then the built-in set. Which version is published is asked for each message, many at once, so that
/// no node serves an old one after a publication; the versions themselves never change and are kept.
/// </summary>
public sealed class TemplateDirectory : IAsyncDisposable, IDisposable
{
    // One probe of ux_templates_key, or of the primary key, for each name.
    private const string PublishedSql = """
        SELECT wanted.project_id, wanted.name, t.id, t.published_version
        FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS wanted(project_id, name, id)
        JOIN LATERAL (
            SELECT id, published_version FROM templates WHERE project_id = wanted.project_id AND key = wanted.name AND deleted_at IS NULL
            UNION ALL
            SELECT id, published_version FROM templates WHERE project_id = wanted.project_id AND id = wanted.id AND deleted_at IS NULL
        ) t ON true
        """;

    /// <summary>In characters: some hundred templates with all their languages.</summary>
    private const long CacheSize = 64 * 1024 * 1024;

    private readonly TemplateCatalog _builtIn;
    private readonly TemplateStore _store;
    private readonly HeldConnection _connection;
    private readonly SharedQuery<(ProjectId Project, string Name), Dictionary<(ProjectId Project, string Name), Published>> _published;
    private readonly MemoryCache _versions = new(new MemoryCacheOptions { SizeLimit = CacheSize });

    public TemplateDirectory(TemplateCatalog builtIn, TemplateStore store, NpgsqlDataSource dataSource)
    {
        (_builtIn, _store, _connection) = (builtIn, store, new HeldConnection(dataSource));
        _published = new(QueryAsync);
    }

    /// <summary>What new messages take.</summary>
    /// <param name="names">Keys or ids.</param>
    /// <returns>By name; a name is absent when nothing of it is published.</returns>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public async ValueTask<IReadOnlyDictionary<string, PublishedTemplate>> PublishedAsync(ProjectId project, IReadOnlyCollection<string> names, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(names);
        Dictionary<(ProjectId Project, string Name), Published> own = await _published.AskAsync([.. names.Where(IsAskable).Select(name => (project, name))]).WaitAsync(ct);
        Dictionary<string, PublishedTemplate> found = new(names.Count, StringComparer.Ordinal);
        foreach (string name in names)
        {
            PublishedTemplate? template = own.TryGetValue((project, name), out Published published)
                ? published.Version is { } version ? await VersionAsync(project, published.Id, version, ct) : null
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

    public ValueTask DisposeAsync()
    {
        Dispose();
        return _connection.DisposeAsync();
    }

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

    private Task<Dictionary<(ProjectId Project, string Name), Published>> QueryAsync(IReadOnlyList<(ProjectId Project, string Name)> wanted) => _connection.UseAsync(async (connection, ct) =>
    {
        (ProjectId Project, string Name)[] names = [.. wanted.Distinct()];
        await using NpgsqlCommand command = new(PublishedSql, connection);
        command.Parameters.AddTyped(Array.ConvertAll(names, name => name.Project.Value)).AddTyped(Array.ConvertAll(names, name => name.Name))
            .AddTyped(Array.ConvertAll(names, name => Guid.TryParse(name.Name, out Guid id) ? id : default));
        await command.PrepareAsync(ct);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        Dictionary<(ProjectId Project, string Name), Published> found = [];
        while (await reader.ReadAsync(ct)) found[(new ProjectId(reader.GetGuid(0)), reader.GetString(1))] = new Published(reader.GetGuid(2), reader.OptionalInt(3));
        return found;
    }, CancellationToken.None);

    private readonly record struct Published(Guid Id, int? Version);
}

using System.Collections.Frozen;

namespace Mail.Core.Templates;

/// <summary>The _templates that a message may name.</summary>
public sealed class TemplateCatalog
{
    private readonly FrozenDictionary<string, PublishedTemplate> _templates =
        BuiltInTemplates.Load().ToFrozenDictionary(template => template.Key, StringComparer.Ordinal);

    /// <summary>Every template, by key.</summary>
    public IReadOnlyList<PublishedTemplate> All => [.. _templates.Values.OrderBy(template => template.Key, StringComparer.Ordinal)];

    /// <summary>The published version of a template, or null when there is none of that key. Keys are case-sensitive.</summary>
    public PublishedTemplate? Find(string key) => _templates.GetValueOrDefault(key);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Templates.Editing;

namespace Mail.Core.Templates.Environments;

/// <summary>All that a project has of its own, at one moment.</summary>
internal sealed record ProjectTemplates(IReadOnlyDictionary<string, ProjectTemplate> Templates, IReadOnlyDictionary<string, LayoutSource> Layouts)
{
    /// <summary>Names this moment: another one in which anything is different has another name.</summary>
    public string State()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ProjectTemplate one in Templates.Values.OrderBy(template => template.Key, StringComparer.Ordinal))
            Append(hash, string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Id} {one.Revision} {one.PublishedVersion} {one.LastVersion} {one.IsInExperiment}\n"));
        foreach ((string key, LayoutSource layout) in Layouts.OrderBy(layout => layout.Key, StringComparer.Ordinal))
            foreach ((string name, string content) in TemplateFolder.Write(key, layout)) Append(hash, string.Create(CultureInfo.InvariantCulture, $"{key}/{name} {content.Length}\n{content}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>As files by path.</summary>
    /// <param name="published">What messages take, in place of the drafts; what was never published is left out.</param>
    public SortedDictionary<string, string> ToFiles(bool published)
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (ProjectTemplate template in Templates.Values)
        {
            if ((published ? template.Published : template.Draft) is not { } source) continue;
            foreach ((string name, string content) in TemplateFolder.Write(template.Key, source)) files[$"{template.Key}/{name}"] = content;
        }

        foreach ((string key, LayoutSource layout) in Layouts)
            foreach ((string name, string content) in TemplateFolder.Write(key, layout)) files[$"{key}/{name}"] = content;
        return files;
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}

/// <param name="Published">What the published version was made from; null for none.</param>
/// <param name="PublishedLayout">The layout that it was made with.</param>
internal sealed record ProjectTemplate(Guid Id, string Key, TemplateSource Draft, int Revision, int? PublishedVersion, int LastVersion, TemplateSource? Published, LayoutSource? PublishedLayout)
{
    /// <summary>An experiment runs: what is published of it stays as it is.</summary>
    public bool IsInExperiment { get; init; }
}

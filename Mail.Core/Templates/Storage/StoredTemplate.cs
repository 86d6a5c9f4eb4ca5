using Mail.Core.Common;
using Mail.Core.Templates.Editing;

namespace Mail.Core.Templates.Storage;

/// <summary>A template of a project's own.</summary>
/// <param name="Revision">Of the draft; goes up with each change.</param>
/// <param name="PublishedVersion">What new messages take; null for none.</param>
/// <param name="LastVersion">The highest version that was ever published; 0 for none.</param>
/// <param name="HasChanges">Whether the draft differs from the published version, or there is none.</param>
public sealed record StoredTemplate(
    ProjectId ProjectId, Guid Id, string Key, TemplateSource Draft, int Revision, int? PublishedVersion, int LastVersion, bool HasChanges, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>The experiment that runs; null for none.</summary>
    public Guid? ExperimentId { get; init; }

    /// <summary>When the version that new messages take was made; null for none.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
}

/// <summary>A version as it stands in the table.</summary>
/// <param name="Layout">As it was when it was published; null without one.</param>
/// <param name="Html">Compiled.</param>
/// <param name="Note">What its author said of it.</param>
public sealed record StoredVersion(int Version, string Key, TemplateSource Source, LayoutSource? Layout, string Html, string Text, string? Note, DateTimeOffset CreatedAt)
{
    public PublishedTemplate ToTemplate(Guid id) => TemplateBuilder.Assemble(Key, NameOf(Version), Source, Layout, Html, Text) with { Id = id };

    /// <summary>`v3`: what messages are pinned to. The built-in set's versions have no such names.</summary>
    public static string NameOf(int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"v{version}");
}

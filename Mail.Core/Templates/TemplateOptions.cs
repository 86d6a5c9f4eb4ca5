namespace Mail.Core.Templates;

/// <summary>Section "Templates".</summary>
public sealed class TemplateOptions
{
    /// <summary>What the shared layout shows of the sender when a message does not say it itself, by the names in
    /// templates/_layout/layout.json: Templates__Layout__app_name=Acme. A value must be valid for its variable.</summary>
    public Dictionary<string, string> Layout { get; } = [];
}

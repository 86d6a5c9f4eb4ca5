using Mail.Core.Messages;
using Mail.Core.Templates.Experiments;

namespace Mail.Core.Templates;

/// <summary>One immutable version of a template: everything that rendering needs, nothing that can still change.</summary>
/// <param name="Key">The id that callers send: "password-reset".</param>
/// <param name="Version">Names this content: two templates with the same key and version are the same template, so that compiled forms may be kept by it.</param>
/// <param name="Name">For people.</param>
/// <param name="Lane">The lane of its messages unless the caller says otherwise.</param>
/// <param name="Variables">What it declares, the variables of the shared layout among them.</param>
/// <param name="Html">Handlebars source of the HTML part, as compiled from MJML.</param>
/// <param name="Text">Handlebars source of the plain text part.</param>
/// <param name="Strings">By locale and by key the texts in that language; "subject" is one of them.</param>
public sealed record PublishedTemplate(
    string Key,
    string Version,
    string Name,
    Lane Lane,
    IReadOnlyList<TemplateVariable> Variables,
    string Html,
    string Text,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Strings)
{
    /// <summary>
    /// Whether its messages carry an unsubscribe link unless the caller says otherwise. A variable `unsubscribe_url` that it declares, and does not require,
    /// gets the link's address.
    /// </summary>
    public bool Unsubscribe { get; init; }

    /// <summary>Whether its messages are tracked where their project tracks. False for account mail: only a call that asks for it has it tracked.</summary>
    public bool Tracking { get; init; } = true;

    /// <summary>Whether any of its variables is secret.</summary>
    public bool HasSecrets { get; } = Variables.Any(variable => variable.IsSecret);

    /// <summary>Where it stands in its project; null for one of the built-in set.</summary>
    public Guid? Id { get; init; }

    /// <summary>What stands in its place for new messages; null for itself.</summary>
    public RunningExperiment? Experiment { get; init; }

    /// <summary>The locale that every other one falls back to; the template has it.</summary>
    public string DefaultLocale { get; init; } = FallbackLocale;

    /// <summary>The default locale of who names none.</summary>
    public const string FallbackLocale = "en";

    /// <summary>The key, among the strings, of the subject.</summary>
    public const string SubjectKey = "subject";

    /// <summary>The languages it is written in.</summary>
    public IEnumerable<string> Locales => Strings.Keys;
}

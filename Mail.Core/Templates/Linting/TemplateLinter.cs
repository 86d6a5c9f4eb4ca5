using System.Text.Json;
using Mail.Core.Templates.Editing;

namespace Mail.Core.Templates.Linting;

/// <summary>Looks over a template as its readers will get it. Takes time by the length of the mail, also of a hostile one.</summary>
/// <param name="layout">Null for none.</param>
/// <param name="sample">What the mails are rendered with.</param>
internal sealed class TemplateLinter(PublishedTemplate template, TemplateSource source, LayoutSource? layout, IReadOnlyDictionary<string, JsonElement> sample, Action<TemplateProblem> add)
{
    private static readonly Action<LintedMail, LintReport>[] _rules =
        [ActiveContentRule.Check, LinkRule.Check, ImageRule.Check, ContrastRule.Check, PartsRule.Check, SpamRule.Check, SizeRule.Check, ClientSupportRule.Check];

    private readonly AuthorSource _source = new(source, layout, template.DefaultLocale, sample);
    private readonly LintReport _report = new(add);

    /// <summary>In the default language everything is looked at, in the others what they do not have in common with it.</summary>
    public void Look(RenderedEmail mail)
    {
        SpamRule.Subject(mail, _report);
        PartsRule.Direction(mail, _source, _report);
        if (mail.Locale != template.DefaultLocale) return;
        LintedMail linted = new(mail, template, _source);
        foreach (Action<LintedMail, LintReport> rule in _rules) rule(linted, _report);
    }
}

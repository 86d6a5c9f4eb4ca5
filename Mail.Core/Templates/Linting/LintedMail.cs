namespace Mail.Core.Templates.Linting;

/// <summary>A template rendered with its sample, read once for all rules.</summary>
internal sealed class LintedMail(RenderedEmail mail, PublishedTemplate template, AuthorSource source)
{
    public RenderedEmail Mail => mail;

    public PublishedTemplate Template => template;

    public MailPage Page { get; } = MailPage.Parse(mail.Html);

    public IReadOnlyList<CssRule> Rules => _rules ??= [.. Page.Sheets.SelectMany(Css.Rules)];

    public MailVisibility Visibility => _visibility ??= new MailVisibility(Page);

    public AuthorSource Source => source;

    private IReadOnlyList<CssRule>? _rules;

    private MailVisibility? _visibility;
}

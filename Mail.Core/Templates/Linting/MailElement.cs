namespace Mail.Core.Templates.Linting;

/// <summary>A start tag of a rendered mail.</summary>
/// <param name="name">In lower case.</param>
/// <param name="index">Its place among the elements of the page.</param>
/// <param name="tag">As it stands in the HTML.</param>
/// <param name="attributes">Names in lower case, values decoded.</param>
internal sealed class MailElement(string name, int index, MailElement? parent, string tag, IReadOnlyList<KeyValuePair<string, string>> attributes)
{
    public string Name => name;

    public int Index => index;

    public MailElement? Parent => parent;

    public string Tag => tag;

    public IReadOnlyList<KeyValuePair<string, string>> Attributes => attributes;

    /// <summary>The link that it is, or stands in.</summary>
    public MailElement? Link => name == "a" ? this : _link;

    public bool IsInSvg { get; } = parent is not null && (parent.Name == "svg" || parent.IsInSvg);

    /// <summary>Of its style attribute.</summary>
    public IReadOnlyList<CssDeclaration> Style { get; } = Css.Declarations(Find(attributes, "style") ?? "");

    private readonly MailElement? _link = parent?.Link; // once, or a deep mail costs the square of its depth

    /// <returns>The value; null without the attribute.</returns>
    public string? this[string attribute] => Find(attributes, attribute);

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> attributes, string name)
    {
        foreach ((string key, string value) in attributes)
            if (key == name) return value;
        return null;
    }
}

/// <param name="Text">Decoded.</param>
internal sealed record MailText(string Text, MailElement? Parent);

/// <param name="Media">The style element's own, if it says one.</param>
internal sealed record MailSheet(string Css, string Media);

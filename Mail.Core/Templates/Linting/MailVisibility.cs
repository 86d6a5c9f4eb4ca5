namespace Mail.Core.Templates.Linting;

/// <summary>Which elements are hidden by their own style attribute or that of one around them, as the preheader is.</summary>
internal sealed class MailVisibility
{
    private readonly bool[] _hidden;

    public MailVisibility(MailPage page)
    {
        _hidden = new bool[page.Elements.Count];
        foreach (MailElement element in page.Elements)
            _hidden[element.Index] = element.Parent is { } parent && _hidden[parent.Index] || Hides(element);
    }

    public bool IsHidden(MailElement? element) => element is not null && _hidden[element.Index];

    private static bool Hides(MailElement element)
    {
        if (element["hidden"] is not null || element.Name is "head" or "noscript" or "template") return true;
        foreach (CssDeclaration declaration in element.Style)
        {
            if ((declaration.Property, declaration.Value) is ("display", "none") or ("visibility", "hidden") or ("opacity", "0") or ("max-height", "0" or "0px")) return true;
        }

        return false;
    }
}

namespace Mail.Core.Templates.Linting;

/// <summary>Images that somebody does not see, or sees in a wrong size.</summary>
internal static class ImageRule
{
    public const string Name = "image";

    public static void Check(LintedMail mail, LintReport report)
    {
        foreach (MailElement image in mail.Page.Elements)
        {
            if (!report.Listens(Name)) return;
            if (image.Name is "table" or "td" or "body" && image["background"] is { Length: > 0 } background) Address(mail, report, image, background);
            if (image.Name != "img" || mail.Visibility.IsHidden(image)) continue;
            string source = image["src"]?.Trim() ?? "";
            string shown = LintReport.Short(source);
            if (source.Length == 0) report.Warn(Name, mail.Source.Find(image.Tag, "<img", "<mj-image"), "An image has no `src`.");
            else Address(mail, report, image, source);
            if (image["alt"] is null) report.Warn(Name, mail.Source.Find(image.Tag, source), $"The image `{shown}` has no `alt`: who does not load images sees nothing of it. `alt=\"\"` says that it is decoration.");
            if (image["width"] is null && image["height"] is null) report.Warn(Name, mail.Source.Find(image.Tag, source), $"The image `{shown}` has no `width`: Outlook for Windows shows it as large as its file is.");
        }
    }

    private static void Address(LintedMail mail, LintReport report, MailElement image, string source)
    {
        string address = source.Trim();
        if (mail.Source.IsVariable(address)) return; // what a message gives
        string shown = LintReport.Short(address);
        if (address.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) report.Warn(Name, mail.Source.Find(image.Tag, address), $"The image `{shown}` is loaded without encryption: some clients refuse to. Use https.");
        else if (!address.StartsWith("https:", StringComparison.OrdinalIgnoreCase) && !address.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) && !address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            report.Warn(Name, mail.Source.Find(image.Tag, address), $"The image `{shown}` has no full address: a mail has no page that it could be relative to. Use https.");
    }
}

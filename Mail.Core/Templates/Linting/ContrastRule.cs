using System.Globalization;

namespace Mail.Core.Templates.Linting;

/// <summary>
/// Text against what is behind it, by WCAG 2.2, 1.4.3: 4.5 to 1, for large text 3 to 1; in the light, and in the dark if the mail has rules for it. Where a colour or
/// a background cannot be known, such as behind an image, nothing is told.
/// </summary>
internal static class ContrastRule
{
    public const string Name = "contrast";

    private static readonly HashSet<string> _properties = ["color", "background", "background-color", "font-size", "font-weight"];

    public static void Check(LintedMail mail, LintReport report)
    {
        CssRule[] always = [.. mail.Rules.Where(rule => rule.Context is "" or "@media all" or "@media screen")];
        CssRule[] dark = [.. mail.Rules.Where(rule => rule.Context.Contains("prefers-color-scheme", StringComparison.OrdinalIgnoreCase) && rule.Context.Contains("dark", StringComparison.OrdinalIgnoreCase) && !rule.Context.Contains("width", StringComparison.OrdinalIgnoreCase))];
        Check(mail, report, new StyleRules(always, _properties), new Look(Colour.Black, [Colour.White], 16, false), "");
        StyleRules inTheDark = new([.. always, .. dark], _properties);
        if (dark.Length > 0) Check(mail, report, inTheDark, new Look(null, [], 16, false), " in the dark"); // what is not said there is the client's choice
    }

    private static void Check(LintedMail mail, LintReport report, StyleRules rules, Look root, string mode)
    {
        Look[] looks = new Look[mail.Page.Elements.Count];
        foreach (MailElement element in mail.Page.Elements)
        {
            looks[element.Index] = Of(element, element.Parent is { } parent ? looks[parent.Index] : root, rules);
            if (rules.IsExhausted) return;
        }

        HashSet<(string, string)> told = [];
        foreach (MailText text in mail.Page.Texts)
        {
            if (text.Parent is null || looks[text.Parent.Index] is not { Text: { } colour, Grounds: [_, ..] grounds } look) continue;
            if (look.Size < 2 || !text.Text.Any(char.IsLetterOrDigit) || mail.Visibility.IsHidden(text.Parent)) continue;
            double wanted = look.IsLarge ? 3 : 4.5;
            Colour ground = grounds.MinBy(one => Colour.Contrast(colour, one))!;
            double contrast = Colour.Contrast(colour, ground);
            if (contrast >= wanted || !told.Add((colour.Written, ground.Written))) continue;
            report.Warn(Name, mail.Source.Find($"color=\"{colour.Written}\"", $"color:{colour.Written}", $"color: {colour.Written}", text.Text.Trim(), colour.Written, ground.Written),
                string.Create(CultureInfo.InvariantCulture, $"The text `{LintReport.Short(text.Text)}`, {colour.Written} on {ground.Written}, has a contrast of {Math.Floor(contrast * 100) / 100:0.00} to 1{mode}; {wanted:0.#} is the least that is read well (WCAG AA)."));
        }
    }

    private static Look Of(MailElement element, Look around, StyleRules rules)
    {
        Look look = element.Name switch
        {
            "h1" => around with { Size = around.Size * 2, IsBold = true },
            "h2" => around with { Size = around.Size * 1.5, IsBold = true },
            "h3" => around with { Size = around.Size * 1.17, IsBold = true },
            "b" or "strong" or "th" or "h4" or "h5" or "h6" => around with { IsBold = true },
            "a" when element["href"] is not null => around with { Text = null }, // the client's choice
            _ => around,
        };
        if (element["bgcolor"] is { } ground) look = look with { Grounds = Grounds(ground, look.Grounds) };
        if (element["background"] is { Length: > 0 }) look = look with { Grounds = [] };
        if (element["color"] is { } colour && element.Name == "font") look = look with { Text = Colour.Parse(colour) };
        foreach (CssDeclaration declaration in rules.For(element))
            look = declaration.Property switch
            {
                "color" => look with { Text = declaration.Value is "inherit" or "currentcolor" or "currentColor" ? around.Text : Colour.Parse(declaration.Value) },
                "background" or "background-color" => look with { Grounds = Grounds(declaration.Value, around.Grounds) },
                "font-size" => look with { Size = Size(declaration.Value, around.Size) ?? look.Size },
                "font-weight" => look with { IsBold = declaration.Value is "bold" or "bolder" || int.TryParse(declaration.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int weight) && weight >= 700 },
                _ => look,
            };
        return look;
    }

    /// <returns>Empty for one that is not known.</returns>
    private static IReadOnlyList<Colour> Grounds(string value, IReadOnlyList<Colour> around)
    {
        if (value.Trim() is "" or "transparent" or "none" or "inherit" or "initial" or "unset") return around;
        List<Colour> found = Colour.InBackground(value, out bool isWhole);
        return isWhole ? found : [];
    }

    private static double? Size(string value, double around)
    {
        int end = 0;
        while (end < value.Length && (char.IsAsciiDigit(value[end]) || value[end] == '.')) end++;
        if (!double.TryParse(value.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)) return null;
        return value[end..].Trim().ToLowerInvariant() switch { "px" => number, "pt" => number * 4 / 3, "em" => number * around, "%" => number * around / 100, "rem" => number * 16, "" => number, _ => null };
    }

    /// <param name="Text">Null when it is not known.</param>
    /// <param name="Grounds">More than one behind a gradient; none when not known.</param>
    private sealed record Look(Colour? Text, IReadOnlyList<Colour> Grounds, double Size, bool IsBold)
    {
        /// <summary>18 points, or 14 in bold.</summary>
        public bool IsLarge => Size >= 24 || IsBold && Size >= 18.66;
    }
}

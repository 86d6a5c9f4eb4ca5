namespace Mail.Core.Templates.Linting;

/// <summary>What a main client does not show: a warning each where the mail depends on it, one note for all that is decoration. What MJML adds to every mail is not told.</summary>
internal static class ClientSupportRule
{
    public const string Name = "client-support";

    public static void Check(LintedMail mail, LintReport report)
    {
        Dictionary<ClientFeature, string> used = []; // with the words by which its place is found
        Elements(mail, used);
        Styles(mail, used);
        foreach ((ClientFeature feature, string words) in used.Where(use => use.Key.IsLayout).OrderBy(use => use.Key.Name, StringComparer.Ordinal))
            report.Warn(Name, mail.Source.Find(words, feature.Name), $"{Describe(feature)} does nothing in {feature.Clients}, by estimate {ClientSupport.Share(feature.Lacking)} of all readers.{(feature.Page is null ? "" : $" See {feature.Page}")}");
        ClientFeature[] decoration = [.. used.Keys.Where(feature => !feature.IsLayout).OrderBy(feature => feature.Name, StringComparer.Ordinal)];
        if (decoration.Length > 0) report.Note(Name, mail.Source.Whole, $"Some readers do without: {string.Join("; ", decoration.Select(feature => $"{Describe(feature)} ({feature.Clients})"))}.");
    }

    private static string Describe(ClientFeature feature) => feature.Kind switch
    {
        "element" => $"`<{feature.Name}>`",
        "attribute" => $"The attribute `{feature.Name}`",
        "image" => feature.Name == "data:" ? "An image within the mail (`data:`)" : $"An image of type `{feature.Name}`",
        "media" => $"`@media ({feature.Name})`",
        "display" => $"`display: {feature.Name}`",
        "selector" => feature.Name switch { "[" => "A selector by attribute", ">" => "The selector `a > b`", "+" => "The selector `a + b`", _ => $"The selector `{feature.Name.TrimEnd('(')}`" },
        "unit" => $"The unit `{feature.Name}`",
        "value" => $"`{feature.Name})`",
        _ => $"`{feature.Name}`",
    };

    private static void Elements(LintedMail mail, Dictionary<ClientFeature, string> used)
    {
        Dictionary<string, ClientFeature> elements = ClientSupport.Of("element").ToDictionary(feature => feature.Name);
        Dictionary<string, ClientFeature> attributes = ClientSupport.Of("attribute").ToDictionary(feature => feature.Name);
        foreach (MailElement element in mail.Page.Elements)
        {
            if (elements.TryGetValue(element.Name, out ClientFeature? feature) && mail.Source.Has("<" + element.Name)) used.TryAdd(feature, element.Tag);
            foreach ((string name, _) in element.Attributes)
                if (attributes.TryGetValue(name, out feature) && mail.Source.Has(name)) used.TryAdd(feature, element.Tag);
            if (element.Name == "img" && element["src"] is { } source) Image(source, element, used);
        }
    }

    private static void Image(string source, MailElement element, Dictionary<ClientFeature, string> used)
    {
        int query = source.AsSpan(0, Math.Min(source.Length, 4096)).IndexOfAny('?', '#');
        ReadOnlySpan<char> path = query < 0 ? source : source.AsSpan(0, query);
        foreach (ClientFeature feature in ClientSupport.Of("image"))
            if (feature.Name == "data:" ? path.StartsWith("data:", StringComparison.OrdinalIgnoreCase) : path.EndsWith(feature.Name, StringComparison.OrdinalIgnoreCase)) used.TryAdd(feature, element.Tag);
    }

    private static void Styles(LintedMail mail, Dictionary<ClientFeature, string> used)
    {
        Declarations features = new(mail, used);
        foreach (CssRule rule in mail.Rules)
        {
            foreach (ClientFeature feature in ClientSupport.Of("at"))
                if ((StartsWith(rule.Prelude, feature.Name) || rule.Context.Contains(feature.Name, StringComparison.OrdinalIgnoreCase)) && mail.Source.Has(feature.Name)) used.TryAdd(feature, feature.Name);
            foreach (ClientFeature feature in ClientSupport.Of("media"))
                if (rule.Context.Contains($"({feature.Name}", StringComparison.OrdinalIgnoreCase) && mail.Source.Has(feature.Name)) used.TryAdd(feature, feature.Name);
            if (rule.Prelude.StartsWith('@') || rule.Context.Length > 0) continue; // who takes the media query takes what is in it
            foreach (ClientFeature feature in ClientSupport.Of("selector"))
                if (UsesSelector(rule.Prelude, feature.Name) && !used.ContainsKey(feature) && mail.Source.Has(rule.Prelude)) used.TryAdd(feature, rule.Prelude);
            foreach (CssDeclaration declaration in rule.Declarations) features.Take(declaration);
        }

        foreach (MailElement element in mail.Page.Elements)
            foreach (CssDeclaration declaration in element.Style) features.Take(declaration);
    }

    private static bool StartsWith(string prelude, string name) => prelude.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    private static bool UsesSelector(string prelude, string selector)
    {
        for (int at = prelude.IndexOf(selector, StringComparison.Ordinal); at >= 0; at = prelude.IndexOf(selector, at + selector.Length, StringComparison.Ordinal))
        {
            int end = at + selector.Length;
            bool isWhole = !char.IsAsciiLetter(selector[^1]) || end == prelude.Length || !char.IsAsciiLetter(prelude[end]) && prelude[end] != '-';
            if (isWhole) return true;
        }

        return false;
    }

    /// <summary>Each property, unit and function of a mail is looked up once.</summary>
    private sealed class Declarations(LintedMail mail, Dictionary<ClientFeature, string> used)
    {
        private readonly Dictionary<string, ClientFeature> _properties = ClientSupport.Of("property").ToDictionary(feature => feature.Name);
        private readonly Dictionary<string, ClientFeature> _displays = ClientSupport.Of("display").ToDictionary(feature => feature.Name);
        private readonly Dictionary<string, ClientFeature> _units = ClientSupport.Of("unit").ToDictionary(feature => feature.Name);
        private readonly ClientFeature[] _values = [.. ClientSupport.Of("value")];
        private readonly HashSet<(string, string)> _seen = [];

        public void Take(CssDeclaration declaration)
        {
            if (!_seen.Add((declaration.Property, declaration.Value))) return;
            string words = $"{declaration.Property}:{declaration.Value}";
            if (_properties.TryGetValue(declaration.Property, out ClientFeature? feature) && !used.ContainsKey(feature) && !IsUsual(declaration) && mail.Source.Sets(declaration.Property)) used.TryAdd(feature, words);
            if (declaration.Property == "display" && _displays.TryGetValue(declaration.Value, out feature) && mail.Source.Has(declaration.Value)) used.TryAdd(feature, words);
            foreach (ClientFeature value in _values)
                if (!used.ContainsKey(value) && Calls(declaration.Value, value.Name) && mail.Source.Has(value.Name)) used.TryAdd(value, words);
            Units(declaration.Value, words);
        }

        /// <summary>What a client does anyway that does not know it.</summary>
        private static bool IsUsual(CssDeclaration declaration) => declaration.Value is "none" or "static" or "visible" or "normal" or "0" or "auto" or "initial";

        private static bool Calls(string value, string function)
        {
            int at = value.IndexOf(function, StringComparison.OrdinalIgnoreCase);
            return at == 0 || at > 0 && !char.IsAsciiLetter(value[at - 1]);
        }

        private void Units(string value, string words)
        {
            for (int i = 1; i < value.Length; i++)
            {
                if (!char.IsAsciiLetter(value[i]) || !char.IsAsciiDigit(value[i - 1])) continue;
                int end = i;
                while (end < value.Length && char.IsAsciiLetter(value[end])) end++;
                if (end - i <= 3 && _units.TryGetValue(value[i..end], out ClientFeature? unit) && mail.Source.Has(value[i..end])) used.TryAdd(unit, words);
                i = end;
            }
        }
    }
}

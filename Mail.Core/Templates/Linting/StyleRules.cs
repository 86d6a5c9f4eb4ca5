using System.Buffers;

namespace Mail.Core.Templates.Linting;

/// <summary>
/// The rules of a mail's style sheets that say something of given properties, found by element. Selectors of elements, classes and ids count, as descendants and
/// children too; rules with any other are passed over.
/// </summary>
internal sealed class StyleRules
{
    /// <summary>Comparisons of a selector's part with an element. Thousands of rules against thousands of elements are no mail; what is left then is not looked at.</summary>
    private const int MostComparisons = 500_000;

    private readonly Dictionary<string, List<Selector>> _byLast = new(StringComparer.Ordinal);
    private int _comparisons;

    public StyleRules(IEnumerable<CssRule> rules, HashSet<string> properties)
    {
        int order = 0;
        foreach (CssRule rule in rules)
        {
            CssDeclaration[] declarations = [.. rule.Declarations.Where(declaration => properties.Contains(declaration.Property)).GroupBy(declaration => (declaration.Property, declaration.IsImportant)).Select(same => same.Last())];
            if (declarations.Length == 0) continue;
            foreach (string text in rule.Prelude.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (Selector.Parse(text, declarations, order++) is not { } selector) continue;
                string key = selector.Key;
                if (!_byLast.TryGetValue(key, out List<Selector>? all)) _byLast[key] = all = [];
                all.Add(selector);
            }
        }
    }

    public bool IsEmpty => _byLast.Count == 0;

    public bool IsExhausted => _comparisons >= MostComparisons;

    /// <summary>What counts for the element, the weakest first, its own style attribute among it.</summary>
    public IEnumerable<CssDeclaration> For(MailElement element)
    {
        List<Selector> matching = [];
        Collect(element.Name, element, matching);
        Collect("*", element, matching);
        if (element["id"] is { } id) Collect("#" + id, element, matching);
        foreach (string name in Classes(element)) Collect("." + name, element, matching);
        matching.Sort((a, b) => a.Weight != b.Weight ? a.Weight.CompareTo(b.Weight) : a.Order.CompareTo(b.Order));
        return matching.SelectMany(selector => selector.Declarations).Where(declaration => !declaration.IsImportant)
            .Concat(element.Style.Where(declaration => !declaration.IsImportant))
            .Concat(matching.SelectMany(selector => selector.Declarations).Where(declaration => declaration.IsImportant))
            .Concat(element.Style.Where(declaration => declaration.IsImportant));
    }

    private static string[] Classes(MailElement element) => element["class"]?.Split((char[]?)null, 30, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private void Collect(string key, MailElement element, List<Selector> matching)
    {
        if (!_byLast.TryGetValue(key, out List<Selector>? candidates)) return;
        foreach (Selector selector in candidates)
        {
            if (IsExhausted) return;
            if (Matches(selector, element)) matching.Add(selector);
        }
    }

    /// <summary>From the last part up. A descendant is looked for in the nearest that fits, which mails never make ambiguous.</summary>
    private bool Matches(Selector selector, MailElement element)
    {
        if (!Fits(selector.Parts[^1], element)) return false;
        MailElement? at = element.Parent;
        for (int i = selector.Parts.Count - 2; i >= 0; i--)
        {
            bool isChild = selector.Parts[i + 1].IsChild;
            while (at is not null && !Fits(selector.Parts[i], at))
            {
                if (isChild || IsExhausted) return false;
                at = at.Parent;
            }

            if (at is null) return false;
            at = at.Parent;
        }

        return true;
    }

    private bool Fits(Part part, MailElement element)
    {
        _comparisons++;
        if (part.Name is { } name && name != element.Name) return false;
        if (part.Id is { } id && id != element["id"]) return false;
        if (part.Classes.Count == 0) return true;
        string[] classes = Classes(element);
        return part.Classes.All(one => classes.Contains(one, StringComparer.Ordinal));
    }

    /// <param name="IsChild">Whether it stands behind a `&gt;`.</param>
    private sealed record Part(string? Name, string? Id, IReadOnlyList<string> Classes, bool IsChild);

    private sealed record Selector(IReadOnlyList<Part> Parts, IReadOnlyList<CssDeclaration> Declarations, int Order)
    {
        private const int MostParts = 20;

        private static readonly SearchValues<char> _notUnderstood = SearchValues.Create("[:+~@\\\"");

        public int Weight { get; } = Parts.Sum(part => (part.Id is null ? 0 : 10_000) + 100 * part.Classes.Count + (part.Name is null ? 0 : 1));

        /// <summary>Whatever it matches has this.</summary>
        public string Key => Parts[^1] switch { { Id: { } id } => "#" + id, { Classes: [string name, ..] } => "." + name, { Name: { } name } => name, _ => "*" };

        /// <returns>Null for one that is not understood.</returns>
        public static Selector? Parse(string text, IReadOnlyList<CssDeclaration> declarations, int order)
        {
            if (text.AsSpan().IndexOfAny(_notUnderstood) >= 0) return null;
            List<Part> parts = [];
            bool isChild = false;
            foreach (string word in text.Replace(">", " > ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                if (word == ">") isChild = true;
                else
                {
                    parts.Add(Read(word, isChild));
                    isChild = false;
                }
            }

            return parts.Count is 0 or > MostParts || isChild ? null : new Selector(parts, declarations, order);
        }

        private static Part Read(string word, bool isChild)
        {
            string? name = null, id = null;
            List<string> classes = [];
            int position = 0;
            while (position < word.Length)
            {
                int end = word.AsSpan(position + 1).IndexOfAny('.', '#');
                end = end < 0 ? word.Length : position + 1 + end;
                string piece = word[position..end];
                if (piece[0] == '.') classes.Add(piece[1..]);
                else if (piece[0] == '#') id = piece[1..];
                else if (piece != "*") name = piece.ToLowerInvariant();
                position = end;
            }

            return new Part(name, id, classes, isChild);
        }
    }
}

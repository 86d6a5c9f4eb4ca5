namespace Mail.Core.Templates.Linting;

/// <param name="Property">In lower case.</param>
internal sealed record CssDeclaration(string Property, string Value, bool IsImportant);

/// <param name="Prelude">The selectors, or an at-rule's name with what it is given.</param>
/// <param name="Context">The at-rules that it stands in, such as `@media (max-width: 480px)`; empty for none.</param>
internal sealed record CssRule(string Prelude, IReadOnlyList<CssDeclaration> Declarations, string Context);

/// <summary>Reads CSS as far as a mail's is of interest: rules and declarations, unknown ones too.</summary>
internal static class Css
{
    private const int MostContexts = 8;

    /// <summary>What ends with a semicolon, such as `@import`, is a rule without declarations.</summary>
    public static IEnumerable<CssRule> Rules(MailSheet sheet)
    {
        string css = WithoutComments(sheet.Css);
        Stack<string> contexts = new([sheet.Media.Length == 0 ? "" : $"@media {sheet.Media}"]);
        int ignored = 0; // contexts deeper than anybody nests them
        int position = 0;
        while (position < css.Length)
        {
            int end = End(css, position, "{};");
            string prelude = css[position..end].Trim();
            char mark = end < css.Length ? css[end] : ';';
            position = end + 1;
            if (mark == '}')
            {
                if (ignored > 0) ignored--;
                else if (contexts.Count > 1) contexts.Pop();
            }
            else if (mark == ';')
            {
                if (prelude.StartsWith('@')) yield return new CssRule(prelude, [], contexts.Peek());
            }
            else if (HoldsRules(prelude))
            {
                if (contexts.Count < MostContexts) contexts.Push($"{contexts.Peek()} {prelude}".Trim());
                else ignored++;
            }
            else
            {
                int close = End(css, position, "}");
                yield return new CssRule(prelude, Declarations(css[Math.Min(position, css.Length)..close]), contexts.Peek());
                position = close + 1;
            }
        }
    }

    public static IReadOnlyList<CssDeclaration> Declarations(string css)
    {
        List<CssDeclaration> declarations = [];
        int position = 0;
        while (position < css.Length)
        {
            int end = End(css, position, ";");
            int colon = css.IndexOf(':', position, end - position);
            if (colon > 0)
            {
                string value = css[(colon + 1)..end].Trim();
                bool isImportant = value.EndsWith("!important", StringComparison.OrdinalIgnoreCase);
                declarations.Add(new CssDeclaration(css[position..colon].Trim().ToLowerInvariant(), isImportant ? value[..^"!important".Length].TrimEnd() : value, isImportant));
            }

            position = end + 1;
        }

        return declarations;
    }

    private static bool HoldsRules(string prelude) =>
        prelude.StartsWith("@media", StringComparison.OrdinalIgnoreCase) || prelude.StartsWith("@supports", StringComparison.OrdinalIgnoreCase) || prelude.StartsWith("@layer", StringComparison.OrdinalIgnoreCase);

    /// <returns>Where one of the marks stands outside quotes and parentheses; the end when none does.</returns>
    private static int End(string css, int from, string marks)
    {
        char quote = '\0';
        int parentheses = 0;
        for (int i = from; i < css.Length; i++)
        {
            char c = css[i];
            if (quote != '\0') quote = c == quote || c == '\n' ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '(') parentheses++;
            else if (c == ')') parentheses = Math.Max(0, parentheses - 1);
            else if (marks.Contains(c, StringComparison.Ordinal) && (parentheses == 0 || c is '{' or '}')) return i;
        }

        return css.Length;
    }

    private static string WithoutComments(string css)
    {
        System.Text.StringBuilder without = new(css.Length);
        int position = 0;
        while (position < css.Length)
        {
            int open = css.IndexOf("/*", position, StringComparison.Ordinal);
            without.Append(css, position, (open < 0 ? css.Length : open) - position);
            if (open < 0) break;
            int close = css.IndexOf("*/", open + 2, StringComparison.Ordinal);
            position = close < 0 ? css.Length : close + 2;
        }

        return without.ToString();
    }
}

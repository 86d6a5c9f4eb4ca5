using System.Text;

namespace Mail.Core.Templates.Expressions;

/// <summary>
/// Rewrites a template's expressions so that Handlebars does what our authors expect: `{{{value}}}`, as Resend's templates have it, is escaped like every value, for
/// a name in a mail is no markup; and a variable that is called like a helper (`date`) is a variable where the template declares it.
/// </summary>
internal static class SafeExpressions
{
    public static string Of(string source, IEnumerable<TemplateVariable> variables)
    {
        HashSet<string> shadowed = [.. variables.SelectMany(variable => variable.Fields.Prepend(variable)).Select(variable => variable.Name).Where(TemplateHelper.All.ContainsKey)];
        if (shadowed.Count == 0 && !source.Contains("{{{", StringComparison.Ordinal) && !source.Contains("{{&", StringComparison.Ordinal)) return source;
        StringBuilder safe = new(source.Length + 64);
        foreach (ExpressionToken token in ExpressionToken.Scan(source))
        {
            if (token.Kind is ExpressionKind.RawOutput) safe.Append("{{").Append(Renamed(token, shadowed)).Append("}}");
            else if (token.Kind is ExpressionKind.Output or ExpressionKind.Open or ExpressionKind.OpenInverse or ExpressionKind.Else && shadowed.Count > 0)
                safe.Append(source, token.Start, token.InnerStart - token.Start).Append(Renamed(token, shadowed)).Append(source, token.InnerStart + token.Inner.Length, token.End - token.InnerStart - token.Inner.Length);
            else safe.Append(source, token.Start, token.End - token.Start);
        }

        return safe.ToString();
    }

    private static string Renamed(ExpressionToken token, HashSet<string> shadowed)
    {
        if (shadowed.Count == 0 || ExpressionWord.Parse(token.Inner, out _) is not { } words) return token.Inner;
        StringBuilder renamed = new(token.Inner);
        foreach (int offset in Offsets(words, isCall: words.Count > 1 || token.Kind is not (ExpressionKind.Output or ExpressionKind.RawOutput), shadowed).OrderDescending()) renamed.Insert(offset, "this.");
        return renamed.ToString();
    }

    /// <summary>Where a variable's name stands; the first word of a call is a helper's.</summary>
    private static IEnumerable<int> Offsets(IReadOnlyList<ExpressionWord> words, bool isCall, HashSet<string> shadowed)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i].Kind is WordKind.Call)
                foreach (int offset in Offsets(words[i].Inner, isCall: true, shadowed)) yield return offset;
            else if (words[i].Kind is WordKind.Path && !(isCall && i == 0) && shadowed.Contains(words[i].Text)) yield return words[i].Offset;
        }
    }
}

using System.Text;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Delivery.Catalogue;

/// <summary>The sentences for people that our own sources make: string literals after a call, with something in place of what is filled in.</summary>
internal static class SourceSentences
{
    /// <param name="calls">The beginnings of calls whose first argument, or all of its branches, is such a literal.</param>
    public static IEnumerable<string> After(params string[] calls)
    {
        foreach (string file in Repository.SourceFiles(".cs").Where(file => file.Contains($"{Path.DirectorySeparatorChar}Mail.Core{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            string source = File.ReadAllText(file);
            foreach (string call in calls)
            {
                for (int at = source.IndexOf(call, StringComparison.Ordinal); at >= 0; at = source.IndexOf(call, at + 1, StringComparison.Ordinal))
                {
                    int from = at + call.TrimEnd('"', '$').Length;
                    int quote = source.IndexOf('"', at + call.IndexOf('(', StringComparison.Ordinal));
                    int end = source.IndexOf(';', at);
                    bool isLiteral = quote >= 0 && quote < end && source[from..quote].All(c => c is '$' or ' ' or '\r' or '\n' || "string.Create(CultureInfo.InvariantCulture,".Contains(c, StringComparison.Ordinal));
                    if (isLiteral) yield return Literal(source, quote);
                }
            }
        }
    }

    private static string Literal(string source, int quote)
    {
        StringBuilder text = new();
        int depth = 0;
        for (int i = quote + 1; depth > 0 || source[i] != '"'; i++)
        {
            if (source[i] == '{') depth++;
            else if (source[i] == '}' && --depth == 0) text.Append("any");
            else if (depth == 0) text.Append(source[i] == '\\' ? source[++i] : source[i]);
        }

        return text.ToString();
    }
}

using System.Text;

namespace Mail.Core.Templates.Expressions;

/// <summary>
/// Puts a language's texts where `{{t "key"}}` asks for them, once for each version and language: most of what a mail says is the same in every copy and need not be
/// looked up again. Only where the result is the same: a text of one line, without braces or a backslash of its own, so that it changes nothing of what stands
/// beside it, and with variables only outside of loops, which have variables of their own. What is left is written by the helper.
/// </summary>
internal static class InlineTexts
{
    /// <param name="source">Handlebars source of a part.</param>
    /// <param name="texts">By key, escaped for the part.</param>
    public static string Into(string source, IReadOnlyDictionary<string, string> texts)
    {
        StringBuilder inlined = new(source.Length + 1024);
        Stack<bool> blocks = new();
        int loops = 0;
        foreach (ExpressionToken token in ExpressionToken.Scan(source))
        {
            if (token.Kind is ExpressionKind.Open or ExpressionKind.OpenInverse)
            {
                bool isLoop = token.Inner.StartsWith("each", StringComparison.Ordinal);
                blocks.Push(isLoop);
                if (isLoop) loops++;
            }
            else if (token.Kind is ExpressionKind.Close && blocks.TryPop(out bool wasLoop) && wasLoop) loops--;

            string? text = null;
            bool stands = KeyOf(token, source) is { } key && texts.TryGetValue(key, out text) && CanStand(text, inLoop: loops > 0);
            if (stands) inlined.Append(text);
            else inlined.Append(source, token.Start, token.End - token.Start);
        }

        return inlined.ToString();
    }

    private static string? KeyOf(ExpressionToken token, string source) =>
        token.Kind is ExpressionKind.Output && source[token.Start + 2] != '~' && source[token.End - 3] != '~' && ExpressionWord.Parse(token.Inner, out _) is [{ Kind: WordKind.Path, Text: "t" }, { Kind: WordKind.Text } key] ? key.Text : null;

    private static bool CanStand(string text, bool inLoop)
    {
        if (string.IsNullOrWhiteSpace(text) || text.AsSpan().ContainsAny('\n', '\r')) return false;
        foreach (ExpressionToken token in ExpressionToken.Scan(text))
        {
            bool fits = token.Kind is ExpressionKind.Text ? !text.AsSpan(token.Start, token.End - token.Start).ContainsAny('{', '}', '\\') : token.Kind is ExpressionKind.Output && !inLoop && !text.AsSpan(token.Start, token.End - token.Start).Contains('~');
            if (!fits) return false;
        }

        return true;
    }
}

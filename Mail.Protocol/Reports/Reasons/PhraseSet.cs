namespace Mail.Protocol.Reports.Reasons;

/// <summary>
/// Finds which of many phrases stand in a text, in one pass. A phrase begins at a word and may stop inside one (<c>suspend</c> finds "suspended"); a
/// <c>*</c> in it stands for up to <see cref="Gap"/> characters within one sentence; a <c>_</c> at its end asks for the end of the word.
/// </summary>
/// <remarks>
/// The first fragments are a trie that is walked from every start of a word, and what follows a <c>*</c> is looked for in a window of fixed size: the
/// cost is the text's length times a constant of the rules, whatever the text.
/// </remarks>
internal sealed class PhraseSet
{
    /// <summary>How far apart the fragments of a phrase may stand, in characters.</summary>
    public const int Gap = 56;

    private readonly Dictionary<(int Node, char Next), int> _edges = [];
    private readonly Dictionary<int, List<Phrase>> _ends = [];
    private int _nodes = 1;

    /// <summary>Adds a phrase in the form of <see cref="ReasonText.Pattern"/>.</summary>
    /// <param name="phrase">The fragments with <c>*</c> between them.</param>
    /// <param name="tag">0 to 127: what the phrase stands for; several phrases may share it.</param>
    public void Add(string phrase, int tag)
    {
        string[] fragments = phrase.Split('*');
        for (int i = 0; i < fragments.Length; i++)
        {
            bool wholeWord = fragments[i].EndsWith('_');
            fragments[i] = ReasonText.Pattern(fragments[i].TrimEnd('_'));
            if (fragments[i].Length == 0) throw new ArgumentException($"The phrase '{phrase}' has an empty fragment.", nameof(phrase));
            if (wholeWord) fragments[i] += ' ';
        }
        int node = 0;
        foreach (char c in fragments[0])
        {
            if (!_edges.TryGetValue((node, c), out int next)) _edges.Add((node, c), next = _nodes++);
            node = next;
        }
        if (!_ends.TryGetValue(node, out List<Phrase>? phrases)) _ends.Add(node, phrases = []);
        phrases.Add(new Phrase(tag, fragments[1..]));
    }

    /// <summary>Looks through a text in the form of <see cref="ReasonText.Words"/>.</summary>
    /// <returns>One bit for each tag that was found.</returns>
    public UInt128 Find(string text)
    {
        UInt128 found = 0;
        for (int start = 0; start < text.Length; start++)
        {
            if (text[start] == ' ' || (start > 0 && IsInsideWord(text[start - 1], text[start]))) continue;
            int node = 0;
            for (int at = start; at < text.Length && _edges.TryGetValue((node, text[at]), out node); at++)
                if (_ends.TryGetValue(node, out List<Phrase>? phrases))
                    foreach (Phrase phrase in phrases)
                        if ((found >> phrase.Tag & 1) == 0 && Follows(text, at + 1, phrase.Rest)) found |= UInt128.One << phrase.Tag;
        }
        return found;
    }

    // Scripts that do not part their words (Japanese, Chinese) may begin anywhere.
    private static bool IsInsideWord(char before, char c) => char.IsAscii(c) && before != ' ' && char.IsLetterOrDigit(before) && char.IsLetterOrDigit(c);

    private static bool Follows(string text, int at, string[] rest)
    {
        foreach (string fragment in rest)
        {
            ReadOnlySpan<char> window = text.AsSpan(at, Math.Min(Gap + fragment.Length, text.Length - at));
            int end = window.IndexOf(" . ", StringComparison.Ordinal);
            if (end >= 0) window = window[..(end + 1)];
            int found = IndexAtWord(window, fragment);
            if (found < 0) return false;
            at += found + fragment.Length;
        }
        return true;
    }

    private static int IndexAtWord(ReadOnlySpan<char> window, string fragment)
    {
        for (int from = 0; ;)
        {
            int found = window[from..].IndexOf(fragment, StringComparison.Ordinal);
            if (found < 0) return -1;
            found += from;
            if (found == 0 || !IsInsideWord(window[found - 1], window[found])) return found;
            from = found + 1;
        }
    }

    private sealed record Phrase(int Tag, string[] Rest);
}

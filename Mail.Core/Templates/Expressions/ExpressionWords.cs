namespace Mail.Core.Templates.Expressions;

internal enum WordKind
{
    Path,
    Text,
    Number,
    Boolean,

    /// <summary>`(helper a b)`: its words are in <see cref="ExpressionWord.Inner"/>.</summary>
    Call,
}

/// <summary>One word of an expression: `name`, `"text"`, `3`, `(helper a)`, or `key=value`, whose key is apart.</summary>
internal sealed record ExpressionWord(WordKind Kind, string Text, int Offset, IReadOnlyList<ExpressionWord> Inner, string? Key = null)
{
    private const int MaxDepth = 8;

    /// <returns>Null when it is no expression; then <paramref name="problem"/> says why and where.</returns>
    public static IReadOnlyList<ExpressionWord>? Parse(string expression, out (int Offset, string Detail) problem)
    {
        Reader reader = new(expression);
        List<ExpressionWord>? words = reader.Words(depth: 0);
        problem = reader.Problem;
        return words;
    }

    private sealed class Reader(string text)
    {
        private int _at;

        public (int Offset, string Detail) Problem { get; private set; }

        public List<ExpressionWord>? Words(int depth)
        {
            if (depth > MaxDepth) return Fail(_at, "is nested too deep.");
            List<ExpressionWord> words = [];
            while (true)
            {
                while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
                if (_at == text.Length) return depth == 0 ? words : Fail(_at, "lacks a `)`.");
                if (text[_at] == ')')
                {
                    if (depth == 0) return Fail(_at, "has a `)` too many.");
                    _at++;
                    return words;
                }

                if (Word(depth, null) is not { } word) return null;
                words.Add(word);
            }
        }

        private ExpressionWord? Word(int depth, string? key)
        {
            int start = _at;
            if (_at == text.Length) return FailWord(start, "ends after `=`.");
            switch (text[_at])
            {
                case '(':
                    _at++;
                    return Words(depth + 1) is { } inner ? new ExpressionWord(WordKind.Call, "", start, inner, key) : null;
                case '"' or '\'':
                    int close = text.IndexOf(text[_at], _at + 1);
                    if (close < 0) return FailWord(start, "has a quote that is not closed.");
                    _at = close + 1;
                    return new ExpressionWord(WordKind.Text, text[(start + 1)..close], start, [], key);
                default:
                    while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or ')' or '"' or '\'' or '=')) _at++;
                    string word = text[start.._at];
                    if (_at < text.Length && text[_at] == '=' && word.Length > 0 && key is null)
                    {
                        _at++;
                        return Word(depth, word);
                    }

                    if (word.Length == 0) return FailWord(start, $"has a `{text[start]}` that belongs nowhere.");
                    return new ExpressionWord(KindOf(word), word, start, [], key);
            }
        }

        private static WordKind KindOf(string word) => word switch
        {
            "true" or "false" => WordKind.Boolean,
            _ when char.IsAsciiDigit(word[0]) || (word[0] == '-' && word.Length > 1) => WordKind.Number,
            _ => WordKind.Path,
        };

        private List<ExpressionWord>? Fail(int offset, string detail)
        {
            Problem = (offset, detail);
            return null;
        }

        private ExpressionWord? FailWord(int offset, string detail)
        {
            Problem = (offset, detail);
            return null;
        }
    }
}

namespace Mail.Core.Templates.Expressions;

/// <summary>
/// How much a part may write at most, for values of a given size, and which values its helpers cannot do without: what acceptance needs to know, so that
/// nothing it has accepted fails in the worker. Counted once for each version and language.
/// </summary>
internal sealed class OutputBound
{
    /// <summary>A helper writes at most this of its own: the longest date, the widest number.</summary>
    private const int Helper = 512;

    /// <summary>A character may become three bytes, each of them `%E2` in an address.</summary>
    private const int Escape = 9;

    /// <summary>A character may become an entity: `&quot;`.</summary>
    private const int Markup = 6;

    private readonly HashSet<string> _needed = new(StringComparer.Ordinal);
    private long _fixed, _values, _fixedInLoops, _valuesInLoops;

    private OutputBound()
    {
    }

    /// <summary>Whether a helper may fail for a value that no declaration rules out.</summary>
    public bool MayFail { get; private set; }

    /// <summary>Optional variables that a helper cannot do without.</summary>
    public IReadOnlyCollection<string> Needed => _needed;

    /// <param name="part">Handlebars source.</param>
    /// <param name="strings">By key, the texts in the part's language.</param>
    public static OutputBound Of(string part, IReadOnlyDictionary<string, string> strings, IReadOnlyDictionary<string, TemplateVariable> variables)
    {
        OutputBound bound = new();
        Dictionary<(string, string), OutputBound> known = [];
        bound.Count(part, 1, strings, variables, null, [], known);
        return bound;
    }

    /// <param name="longest">Of the values, in characters.</param>
    /// <param name="items">Of the longest list.</param>
    public long Characters(int longest, int items)
    {
        long value = Helper + (long)Escape * longest;
        return _fixed + _values * value + items * (_fixedInLoops + _valuesInLoops * value);
    }

    /// <param name="escape">What a character of the source itself may become: a part is markup already, a text is escaped.</param>
    /// <param name="guards">Variables that an `if` around the source has found to be there.</param>
    private void Count(
        string source, int escape, IReadOnlyDictionary<string, string>? strings, IReadOnlyDictionary<string, TemplateVariable> variables, TemplateVariable? loop, HashSet<string> guards, Dictionary<(string, string), OutputBound> known)
    {
        Stack<(TemplateVariable? Loop, bool IsLoop, string? Guard)> blocks = new();
        foreach (ExpressionToken token in ExpressionToken.Scan(source))
        {
            int length = token.End - token.Start;
            if (token.Kind is ExpressionKind.Text)
            {
                Add((long)length * escape, 0, loop is not null);
                continue;
            }

            if (token.Kind is ExpressionKind.Close)
            {
                if (!blocks.TryPop(out (TemplateVariable? Loop, bool IsLoop, string? Guard) closed)) continue;
                if (closed.IsLoop) loop = closed.Loop;
                if (closed.Guard is { } guard) guards.Remove(guard);
                continue;
            }

            if (token.Kind is ExpressionKind.Else && blocks.TryPeek(out (TemplateVariable? Loop, bool IsLoop, string? Guard) open) && open.Guard is { } over)
            {
                guards.Remove(over);
                blocks.Pop();
                blocks.Push(open with { Guard = null });
            }

            if (token.Kind is not (ExpressionKind.Output or ExpressionKind.RawOutput or ExpressionKind.Open or ExpressionKind.OpenInverse or ExpressionKind.Else)) continue;
            IReadOnlyList<ExpressionWord> words = token.Inner.Length == 0 ? [] : ExpressionWord.Parse(token.Inner, out _) ?? [];
            Calls(words, variables, loop, guards, token.Kind is ExpressionKind.Output or ExpressionKind.RawOutput && words.Count == 1);
            if (token.Kind is ExpressionKind.Open or ExpressionKind.OpenInverse)
            {
                bool isLoop = token.Kind is ExpressionKind.Open && words is [{ Text: "each" }, ..];
                string? guard = token.Kind is ExpressionKind.Open && words is [{ Text: "if" }, { Kind: WordKind.Path }] && guards.Add(Scoped(words[1].Text, loop)) ? Scoped(words[1].Text, loop) : null;
                blocks.Push((loop, isLoop, guard));
                if (isLoop && words is [_, { Kind: WordKind.Path } list, ..]) loop = variables.GetValueOrDefault(Name(list.Text)) ?? loop;
            }
            else if (token.Kind is not ExpressionKind.Else)
            {
                if (words is [{ Text: "t" }, { Kind: WordKind.Text } key] && strings?.GetValueOrDefault(key.Text) is { } text) Add(Text(key.Text, text, variables, loop, guards, known));
                else Add((long)length * Markup, Math.Max(1, Paths(words)), loop is not null);
            }
        }
    }

    /// <summary>A text that many expressions name is counted once.</summary>
    private static OutputBound Text(string key, string text, IReadOnlyDictionary<string, TemplateVariable> variables, TemplateVariable? loop, HashSet<string> guards, Dictionary<(string, string), OutputBound> known)
    {
        string place = string.Join(' ', guards.Order(StringComparer.Ordinal).Prepend(loop?.Name ?? ""));
        if (known.TryGetValue((key, place), out OutputBound? bound)) return bound;
        bound = new OutputBound { MayFail = loop is not null && text.Contains("{{", StringComparison.Ordinal) }; // it sees the item, and not the variables that it was checked against
        bound.Count(text, Markup, null, variables, loop, [.. guards], known);
        return known[(key, place)] = bound;
    }

    private void Add(OutputBound text)
    {
        _fixed += text._fixed;
        _values += text._values;
        _fixedInLoops += text._fixedInLoops;
        _valuesInLoops += text._valuesInLoops;
        MayFail |= text.MayFail;
        _needed.UnionWith(text._needed);
    }

    private void Add(long characters, int values, bool inLoop)
    {
        if (inLoop) (_fixedInLoops, _valuesInLoops) = (_fixedInLoops + characters, _valuesInLoops + values);
        else (_fixed, _values) = (_fixed + characters, _values + values);
    }

    private static int Paths(IReadOnlyList<ExpressionWord> words) => words.Sum(word => word.Kind is WordKind.Call ? Paths(word.Inner) : word.Kind is WordKind.Path ? 1 : 0);

    private void Calls(IReadOnlyList<ExpressionWord> words, IReadOnlyDictionary<string, TemplateVariable> variables, TemplateVariable? loop, HashSet<string> guards, bool isPlain)
    {
        if (words.Count == 0) return;
        foreach (ExpressionWord call in words.Where(word => word.Kind is WordKind.Call)) Calls(call.Inner, variables, loop, guards, isPlain: false);
        if (words[0].Kind is not WordKind.Path) return;
        if (isPlain && Variable(words[0], variables, loop) is { } written)
        {
            MayFail |= written.Type is TemplateVariableType.Date or TemplateVariableType.List; // nobody wants to read it as it is
            return;
        }

        switch (words[0].Text)
        {
            case "date" or "time" or "datetime":
                Need(1, TemplateVariableType.Date);
                if (words.Count > 2) MayFail |= words[2] is not { Kind: WordKind.Text, Text: "full" or "short" };
                break;
            case "formatDate":
                Need(1, TemplateVariableType.Date);
                MayFail |= words.Count > 2 && words[2].Kind is not WordKind.Text; // a wrong pattern fails with the sample, when it is published
                break;
            case "number":
                Need(1, TemplateVariableType.Number);
                break;
            case "money":
                Need(1, TemplateVariableType.Number);
                Need(2, TemplateVariableType.Text);
                break;
            case "plural":
                Need(1, TemplateVariableType.Number);
                Need(2, TemplateVariableType.Text);
                Need(3, TemplateVariableType.Text);
                break;
            case "initial":
                Need(1, TemplateVariableType.Text);
                break;
            case "insert":
                MayFail |= words.Count > 2 && words[2].Kind is not WordKind.Text && words[2].Key is null;
                break;
            case "link":
                Need(1, TemplateVariableType.Url);
                for (int i = 2; i < words.Count; i += 2) Need(i, TemplateVariableType.Text);
                break;
            case "greaterThan" or "lessThan":
                bool isDate = words.Count > 2 && Variable(words[1], variables, loop)?.Type is TemplateVariableType.Date;
                for (int i = 1; i <= 2; i++)
                    if (i < words.Count && words[i].Kind is not WordKind.Number) Need(i, isDate ? TemplateVariableType.Date : TemplateVariableType.Number);
                break;
        }

        void Need(int index, TemplateVariableType type)
        {
            if (index >= words.Count) return;
            ExpressionWord word = words[index];
            bool wantsText = type is TemplateVariableType.Text or TemplateVariableType.Url;
            if (word.Kind is WordKind.Text && wantsText) return;
            if (type is TemplateVariableType.Number && word is { Kind: WordKind.Call, Inner: [{ Text: "length" }, ..] }) return;
            TemplateVariable? variable = Variable(word, variables, loop);
            bool fits = variable is not null && (variable.Type == type || (wantsText && variable.Type is (TemplateVariableType.Text or TemplateVariableType.Url or TemplateVariableType.TimeZone)));
            if (!fits) MayFail = true;
            else if (!variable!.Required && variable.Default.ValueKind is System.Text.Json.JsonValueKind.Undefined && !guards.Contains(Scoped(word.Text, loop)))
            {
                if (IsOfLoop(word.Text, loop)) MayFail = true;
                else _needed.Add(variable.Name);
            }
        }
    }

    private static TemplateVariable? Variable(ExpressionWord word, IReadOnlyDictionary<string, TemplateVariable> variables, TemplateVariable? loop) =>
        word.Kind is not WordKind.Path ? null
        : IsOfLoop(word.Text, loop) ? loop!.Fields.FirstOrDefault(field => field.Name == Name(word.Text))
        : variables.GetValueOrDefault(Name(word.Text));

    private static bool IsOfLoop(string path, TemplateVariable? loop) => loop is not null && !path.StartsWith("@root.", StringComparison.Ordinal) && !path.StartsWith("../", StringComparison.Ordinal);

    private static string Scoped(string path, TemplateVariable? loop) => IsOfLoop(path, loop) ? $"{loop!.Name}.{Name(path)}" : Name(path);

    private static string Name(string path) => path[(path.LastIndexOfAny(['/', '.']) + 1)..];
}

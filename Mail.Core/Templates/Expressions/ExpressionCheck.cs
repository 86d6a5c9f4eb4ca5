using System.Text.RegularExpressions;

namespace Mail.Core.Templates.Expressions;

/// <summary>
/// Whether every expression of a template can be rendered: blocks are closed, helpers exist, every name is a declared variable. What this lets through reaches
/// no member of a .NET object, no partial and no file, and no loop stands within another.
/// </summary>
internal sealed partial class ExpressionCheck
{
    private const int MaxBlocks = 24;

    /// <summary>`else if` in one block: each is a block within the one before when it is parsed, and some ten thousand would end the process.</summary>
    private const int MaxBranches = 50;

    /// <summary>Of a part. Each costs some 0.1 ms and 20 KB when it is compiled, in each language.</summary>
    private const int MaxExpressions = 2_000;

    private static readonly string[] _loopData = ["@index", "@first", "@last", "@key"];

    private readonly IReadOnlyDictionary<string, TemplateVariable> _variables;
    private readonly IReadOnlySet<string> _strings;
    private readonly List<ExpressionProblem> _problems = [];
    private readonly List<(string Key, IReadOnlyDictionary<string, TemplateVariable> Scope)> _texts = [];
    private readonly Stack<Block> _blocks = new();
    private readonly List<IReadOnlyDictionary<string, TemplateVariable>> _scopes;

    private ExpressionCheck(IReadOnlyDictionary<string, TemplateVariable> variables, IReadOnlySet<string> strings)
    {
        (_variables, _strings) = (variables, strings);
        _scopes = [variables];
    }

    /// <summary>The names of the variables that are used.</summary>
    private HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <param name="source">HTML, text or one of the strings.</param>
    /// <param name="variables">Declared, and those that are always there.</param>
    /// <param name="strings">The keys that <c>t</c> may name.</param>
    public static (IReadOnlyList<ExpressionProblem> Problems, IReadOnlySet<string> Used) Run(
        string source, IReadOnlyDictionary<string, TemplateVariable> variables, IReadOnlySet<string> strings)
    {
        ExpressionCheck check = new(variables, strings);
        int count = 0;
        foreach (ExpressionToken token in ExpressionToken.Scan(source))
        {
            if (token.Kind is not (ExpressionKind.Text or ExpressionKind.Comment) && ++count > MaxExpressions)
            {
                check.Refuse(token.Start, $"a part may hold at most {MaxExpressions} expressions.");
                return (check._problems, check.Used);
            }

            check.Take(token);
        }

        foreach (Block block in check._blocks) check.Refuse(block.Offset, $"`{{{{#{block.Name}}}}}` is not closed.");
        return (check._problems, check.Used);
    }

    /// <summary>The texts that a part shows, each with the variables of the place where it does: within a loop those are an item's fields.</summary>
    public static IReadOnlyList<(string Key, IReadOnlyDictionary<string, TemplateVariable> Scope)> TextsIn(string source, IReadOnlyDictionary<string, TemplateVariable> variables)
    {
        ExpressionCheck check = new(variables, new HashSet<string>());
        foreach (ExpressionToken token in ExpressionToken.Scan(source)) check.Take(token);
        return check._texts;
    }

    private void Take(ExpressionToken token)
    {
        switch (token.Kind)
        {
            case ExpressionKind.Unclosed:
                Refuse(token.Start, "`{{` is not closed. To show braces, write `\\{{`.");
                break;
            case ExpressionKind.Partial:
                Refuse(token.Start, "partials are put in by `mj-include`, not by `{{>`.");
                break;
            case ExpressionKind.Open or ExpressionKind.OpenInverse:
                Open(token);
                break;
            case ExpressionKind.Close:
                Close(token);
                break;
            case ExpressionKind.Else:
                if (_blocks.Count == 0) Refuse(token.Start, "`{{else}}` stands in no block.");
                else if (token.Inner.Length > 0) ElseIf(token);
                break;
            case ExpressionKind.Output or ExpressionKind.RawOutput:
                if (Words(token) is { } words) Output(token, words);
                break;
        }
    }

    private IReadOnlyList<ExpressionWord>? Words(ExpressionToken token)
    {
        IReadOnlyList<ExpressionWord>? words = ExpressionWord.Parse(token.Inner, out (int Offset, string Detail) problem);
        if (words is null) Refuse(token.InnerStart + problem.Offset, $"`{token.Inner}` {problem.Detail}");
        else if (words.Count == 0) Refuse(token.Start, "the expression is empty.");
        else return words;
        return null;
    }

    private void Open(ExpressionToken token)
    {
        if (_blocks.Count >= MaxBlocks) Refuse(token.Start, $"blocks may stand {MaxBlocks} deep.");
        string name = Words(token) is { } words ? Call(token, words, block: true) : "";
        bool loops = name == "each" && token.Kind is ExpressionKind.Open;
        if (loops && _blocks.Any(block => block.Loops)) Refuse(token.Start, "a loop cannot stand within another: an item of a list holds no list.");
        _blocks.Push(new Block(name, token.Start, loops));
        if (loops) _scopes.Add(ItemsOf(token));
    }

    private void Close(ExpressionToken token)
    {
        if (!_blocks.TryPop(out Block? block))
        {
            Refuse(token.Start, $"`{{{{/{token.Inner}}}}}` closes nothing.");
            return;
        }

        if (block.Name.Length > 0 && block.Name != token.Inner) Refuse(token.Start, $"`{{{{/{token.Inner}}}}}` stands where `{{{{/{block.Name}}}}}` must be.");
        if (block.Loops) _scopes.RemoveAt(_scopes.Count - 1);
    }

    private void ElseIf(ExpressionToken token)
    {
        Block block = _blocks.Pop();
        _blocks.Push(block with { Branches = block.Branches + 1 });
        if (block.Branches == MaxBranches) Refuse(token.Start, $"a block may have at most {MaxBranches} `else if`.");
        if (Words(token) is { } words) Call(token, words, block: true);
    }

    private void Output(ExpressionToken token, IReadOnlyList<ExpressionWord> words)
    {
        // A declared variable goes before a helper of the same name; with arguments it can only be the helper.
        bool isHelper = words[0].Kind is WordKind.Path && TemplateHelper.All.ContainsKey(words[0].Text) && !_scopes[^1].ContainsKey(words[0].Text);
        if (words.Count > 1 || isHelper) Call(token, words, block: false);
        else Argument(token, words[0]);
    }

    /// <returns>The helper's name.</returns>
    private string Call(ExpressionToken token, IReadOnlyList<ExpressionWord> words, bool block)
    {
        ExpressionWord name = words[0];
        IReadOnlyList<ExpressionWord> arguments = [.. words.Skip(1)];
        if (name.Kind is not WordKind.Path || !TemplateHelper.All.TryGetValue(name.Text, out TemplateHelper? helper))
            Refuse(token.InnerStart + name.Offset, $"there is no helper `{name.Text}`. There is: {string.Join(", ", TemplateHelper.All.Values.Where(known => known.IsBlock == block).Select(known => known.Name))}.");
        else if (helper.IsBlock != block)
            Refuse(token.InnerStart + name.Offset, helper.IsBlock ? $"`{name.Text}` is a block: `{{{{#{name.Text} ...}}}}...{{{{/{name.Text}}}}}`." : $"`{name.Text}` is no block: write `{{{{{name.Text} ...}}}}`.");
        else if (arguments.Count < helper.Least || arguments.Count > helper.Most)
            Refuse(token.InnerStart + name.Offset, $"`{name.Text}` takes {helper.Arguments}.");
        else if (name.Text == "t" && arguments[0] is { Kind: WordKind.Text } key && !_strings.Contains(key.Text))
            Refuse(token.InnerStart + key.Offset, $"no text has the key `{key.Text}`.");
        else if (name.Text == "t" && arguments[0].Kind is not WordKind.Text)
            Refuse(token.InnerStart + arguments[0].Offset, "`t` needs the key of a text, in quotes.");
        if (name.Text == "t" && arguments is [{ Kind: WordKind.Text } shown, ..]) _texts.Add((shown.Text, _scopes[^1]));
        foreach (ExpressionWord argument in arguments) Argument(token, argument);
        return name.Text;
    }

    private void Argument(ExpressionToken token, ExpressionWord word)
    {
        if (word.Kind is WordKind.Call && word.Inner.Count == 0) Refuse(token.InnerStart + word.Offset, "`()` calls nothing.");
        else if (word.Kind is WordKind.Call) Call(token, word.Inner, TemplateHelper.All.TryGetValue(word.Inner[0].Text, out TemplateHelper? helper) && helper.IsBlock);
        else if (word.Kind is WordKind.Path) Resolve(token.InnerStart + word.Offset, word.Text);
    }

    /// <returns>The variable that a path means; null when it is none, which has been said then.</returns>
    private TemplateVariable? Resolve(int offset, string path)
    {
        string name = path;
        int scope = _scopes.Count - 1;
        if (name.StartsWith('@'))
        {
            if (name.StartsWith("@root.", StringComparison.Ordinal)) (name, scope) = (name[6..], 0);
            else if (_loopData.Contains(name) && scope > 0) return null;
            else return Unknown(offset, path, scope);
        }

        while (name.StartsWith("../", StringComparison.Ordinal))
        {
            if (--scope < 0)
            {
                Refuse(offset, $"`{path}` leads out of the template.");
                return null;
            }

            name = name[3..];
        }

        if (name.StartsWith("this.", StringComparison.Ordinal)) name = name[5..];
        if (!Name().IsMatch(name) || !_scopes[scope].TryGetValue(name, out TemplateVariable? variable)) return Unknown(offset, path, scope);
        if (scope == 0) Used.Add(name);
        return variable;
    }

    private TemplateVariable? Unknown(int offset, string path, int scope)
    {
        string where = scope > 0 ? "a field of the list's items (a variable outside of the loop is `@root.name`)" : "a declared variable";
        Refuse(offset, $"`{path}` is not {where}.");
        return null;
    }

    private IReadOnlyDictionary<string, TemplateVariable> ItemsOf(ExpressionToken token)
    {
        if (ExpressionWord.Parse(token.Inner, out _) is not [_, { Kind: WordKind.Path } path, ..]) return _variables;
        int before = _problems.Count;
        TemplateVariable? list = Resolve(token.InnerStart + path.Offset, path.Text);
        _problems.RemoveRange(before, _problems.Count - before); // what is wrong with the name has been said
        if (list is null) return _variables;
        if (list.Fields.Count == 0) Refuse(token.InnerStart + path.Offset, $"`{path.Text}` is no list.");
        return list.Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
    }

    private void Refuse(int offset, string detail) => _problems.Add(new ExpressionProblem(offset, detail));

    /// <summary>What a variable may be called; with it no path reaches into a value.</summary>
    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,63}\\z")]
    public static partial Regex Name();

    private sealed record Block(string Name, int Offset, bool Loops, int Branches = 0);
}

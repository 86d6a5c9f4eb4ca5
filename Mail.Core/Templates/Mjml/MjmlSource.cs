using System.Text;

namespace Mail.Core.Templates.Mjml;

/// <summary>
/// A template's MJML with its includes put in, which remembers where each line comes from. The compiler itself includes nothing: what a template may name is
/// what its project gives it, and no file of the machine is among it.
/// </summary>
public sealed class MjmlSource
{
    /// <summary>Of the source with everything included; a mail that Gmail shows whole is a tenth of it.</summary>
    public const int MaxCharacters = 1024 * 1024;

    private const int MaxDepth = 8;
    private const int MaxIncludes = 500;

    private readonly List<(int Line, string File, int FileLine)> _origins = [];
    private readonly List<MjmlProblem> _problems = [];
    private readonly StringBuilder _text = new();
    private int _lines = 1;
    private int _includes;
    private bool _isInHead;

    private MjmlSource()
    {
    }

    /// <summary>What to compile.</summary>
    public string Text => _text.ToString();

    /// <summary>Includes that lead nowhere, round in circles, or too far; tags that are not closed.</summary>
    public IReadOnlyList<MjmlProblem> Problems => _problems;

    /// <param name="partials">By the path that `mj-include` names, such as `../_layout/header.mjml`.</param>
    public static MjmlSource Resolve(string mjml, IReadOnlyDictionary<string, string> partials)
    {
        ArgumentNullException.ThrowIfNull(mjml);
        ArgumentNullException.ThrowIfNull(partials);
        MjmlSource source = new();
        source.Append("template.mjml", mjml, partials, []);
        return source;
    }

    /// <summary>Where a line of <see cref="Text"/> comes from, and the column at which the tag, if one is named, stands in it.</summary>
    public SourcePosition At(int line, string? tag)
    {
        (int start, string file, int fileLine) = _origins.FindLast(origin => origin.Line <= line);
        int column = tag is null ? 1 : ColumnOf(line, tag);
        return new SourcePosition(file, fileLine + line - start, column);
    }

    private int ColumnOf(int line, string tag)
    {
        ReadOnlySpan<char> rest = _text.ToString();
        for (int skipped = 1; skipped < line && rest.IndexOf('\n') is >= 0 and int end; skipped++) rest = rest[(end + 1)..];
        int length = rest.IndexOf('\n');
        int found = (length < 0 ? rest : rest[..length]).IndexOf("<" + tag, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? 1 : found + 1;
    }

    private void Append(string file, string mjml, IReadOnlyDictionary<string, string> partials, List<string> path)
    {
        MjmlTagBalance balance = new(file);
        int written = 0;
        Write(file, mjml, 0, 0);
        bool? isDocument = null; // a partial may be a document of its own: then what its head, or its body, holds is put in
        foreach (MjmlTag tag in MjmlTag.Scan(mjml))
        {
            if (balance.Take(tag) is { } imbalance) _problems.Add(imbalance);
            isDocument ??= path.Count > 0 && tag.Is("mjml");
            if (isDocument is true && (tag.Is("mjml") || tag.Is("mj-head") || tag.Is("mj-body")))
            {
                if (tag.Is(_isInHead ? "mj-body" : "mj-head")) Misplaced(file, tag);
                Write(file, mjml, written, tag.Start);
                written = tag.End;
                Origin(file, tag.LineAtEnd);
                continue;
            }

            if (tag.Is("mj-head")) _isInHead = !tag.IsClosing && !tag.IsEmpty;
            if (!tag.Is("mj-include") || tag.IsClosing) continue;
            Write(file, mjml, written, tag.Start);
            Include(file, tag, partials, path);
            written = tag.End;
            Origin(file, tag.LineAtEnd);
        }

        Write(file, mjml, written, mjml.Length);
        _problems.AddRange(balance.Unclosed());
    }

    private void Include(string file, MjmlTag tag, IReadOnlyDictionary<string, string> partials, List<string> path)
    {
        SourcePosition at = new(file, tag.Line, tag.Column);
        if (++_includes > MaxIncludes)
        {
            if (_includes == MaxIncludes + 1) Refuse(at, $"Includes may be {MaxIncludes} in all.");
        }
        else if (tag.Attribute("path") is not { Length: > 0 } name)
            Refuse(at, "`mj-include` needs a `path`.");
        else if (tag.Attribute("type") is not (null or "mjml"))
            Refuse(at, $"`mj-include` takes MJML only, not `type=\"{tag.Attribute("type")}\"`. Put CSS into `mj-style` and HTML into `mj-raw`.");
        else if (!partials.TryGetValue(name, out string? partial))
            Refuse(at, $"There is no partial `{name}`. {(partials.Count == 0 ? "This template's layout has none." : $"There is: {string.Join(", ", partials.Keys.Order(StringComparer.Ordinal))}.")}");
        else if (path.Contains(name, StringComparer.Ordinal))
            Refuse(at, $"`{name}` includes itself.");
        else if (path.Count >= MaxDepth)
            Refuse(at, $"Includes may stand {MaxDepth} deep.");
        else if (_text.Length + partial.Length > MaxCharacters)
            Refuse(at, $"With everything that it includes the template is longer than {MaxCharacters} characters.");
        else
            Append(name, partial, partials, [.. path, name]);
    }

    private void Misplaced(string file, MjmlTag tag)
    {
        if (tag.IsClosing) return;
        Refuse(new SourcePosition(file, tag.Line, tag.Column), $"`{tag.Name}` stands in a partial that is included {(_isInHead ? "into the head" : "outside the head")}. Make two partials of it.");
    }

    private void Refuse(SourcePosition at, string detail) => _problems.Add(new MjmlProblem(at, detail, IsFatal: true));

    private void Write(string file, string mjml, int start, int end)
    {
        if (start == 0) Origin(file, 1);
        _text.Append(mjml, start, end - start);
        _lines += mjml.AsSpan(start, end - start).Count('\n');
    }

    private void Origin(string file, int fileLine) => _origins.Add((_lines, file, fileLine));
}

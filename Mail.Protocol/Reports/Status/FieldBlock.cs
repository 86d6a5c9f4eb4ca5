using Mail.Protocol.Mime.Parsing;

namespace Mail.Protocol.Reports.Status;

/// <summary>A group of fields as reports for machines have them (RFC 3464 §2.1.2, RFC 5965 §3): <c>Name: value</c>, folded, parted by empty lines.</summary>
internal sealed class FieldBlock
{
    private const int MaxText = 1024 * 1024; // characters: far above any report for people's mail
    private const int MaxFields = 10_000;

    private const int FewFields = 16;

    private readonly List<(string Name, string Value)> _fields = [];
    private Dictionary<string, string>? _first; // of a group with many fields: who looks for a field again and again does not go through all of them

    public IReadOnlyList<(string Name, string Value)> Fields => _fields;

    /// <summary>The first value of a field, in any case of its name, or null.</summary>
    public string? this[string name]
    {
        get
        {
            if (_first is not null) return _first.GetValueOrDefault(name);
            foreach ((string field, string value) in _fields)
                if (field.Equals(name, StringComparison.OrdinalIgnoreCase)) return value;
            return null;
        }
    }

    public IEnumerable<string> All(string name)
    {
        foreach ((string field, string value) in _fields)
            if (field.Equals(name, StringComparison.OrdinalIgnoreCase)) yield return value;
    }

    public bool Contains(string name) => this[name] is not null;

    public void Add(string name, string value)
    {
        _fields.Add((name, value));
        if (_fields.Count == FewFields + 1)
        {
            _first = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach ((string field, string known) in _fields) _first.TryAdd(field, known);
        }
        else _first?.TryAdd(name, value);
    }

    /// <summary>Reads all groups of a text. What is no field and no continuation of one is left out.</summary>
    public static List<FieldBlock> Parse(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxText) text = text[..MaxText];
        List<FieldBlock> blocks = [];
        FieldBlock? block = null;
        int fields = 0;
        string? name = null;
        List<string> value = [];
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                Flush();
                block = null;
                continue;
            }
            if (char.IsWhiteSpace(line[0]))
            {
                if (name is not null) value.Add(OneLine.Of(line.Trim().ToString()));
                continue;
            }
            Flush();
            if (fields >= MaxFields || !TryName(line, out string? field, out ReadOnlySpan<char> rest)) continue;
            fields++;
            name = field;
            value.Add(OneLine.Of(rest.Trim().ToString()));
        }
        Flush();
        return blocks;

        void Flush()
        {
            if (name is null) return;
            if (block is null) blocks.Add(block = new FieldBlock());
            block.Add(name, string.Join(' ', value));
            name = null;
            value.Clear();
        }
    }

    /// <summary>Reads a text that is one group, whatever empty lines stand in it.</summary>
    public static FieldBlock ParseOne(ReadOnlySpan<char> text)
    {
        FieldBlock all = new();
        foreach (FieldBlock block in Parse(text))
            foreach ((string name, string value) in block._fields) all.Add(name, value);
        return all;
    }

    /// <summary>Whether a line is a field: a name of printable ASCII, perhaps a space (some write <c>Action : failed</c>), a colon.</summary>
    public static bool TryName(ReadOnlySpan<char> line, out string? name, out ReadOnlySpan<char> value)
    {
        name = null;
        value = default;
        int colon = line.IndexOf(':');
        if (colon is < 1 or > 76) return false;
        ReadOnlySpan<char> candidate = line[..colon].TrimEnd();
        foreach (char c in candidate)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) return false;
        if (candidate.IsEmpty) return false;
        name = candidate.ToString();
        value = line[(colon + 1)..];
        return true;
    }
}

using System.Text;

namespace Mail.ServiceDefaults;

/// <summary>
/// The file `.env` in the folder where a host is started: what stands there counts as environment variables, where the real environment does not say otherwise. For machines of developers and
/// for who comes with such a file; servers have better places for secrets.
/// </summary>
public static class EnvironmentFile
{
    public const string Name = ".env";

    /// <summary>Sets the variables of the file for this process, and for those that it starts.</summary>
    /// <param name="folder">Where the file may be.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidOperationException">A line cannot be read. The message names the file and the line, and repeats nothing of it.</exception>
    public static bool Apply(string folder)
    {
        string file = Path.Combine(folder, Name);
        if (!File.Exists(file)) return false;
        foreach ((string name, string value) in Read(File.ReadAllText(file), file))
            if (Environment.GetEnvironmentVariable(name) is null) Environment.SetEnvironmentVariable(name, value);
        return true;
    }

    /// <summary>For Mail.AppHost: the file beside Mail.Aspire.sln, wherever it is started from.</summary>
    public static void ApplyBesideSolution()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!folder.EnumerateFiles("*.sln").Any()) continue;
            Apply(folder.FullName);
            return;
        }
    }

    /// <summary>Lines `NAME=value`, also with `export` before; `#` begins a comment; in double quotes \n, \t, \" and \\ stand for what they usually do, and a value may go over lines; in single quotes nothing does.</summary>
    internal static IEnumerable<(string Name, string Value)> Read(string text, string file)
    {
        int at = 0, line = 1;
        while (at < text.Length)
        {
            int end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            ReadOnlySpan<char> whole = text.AsSpan(at, end - at).Trim();
            if (whole.IsEmpty || whole[0] == '#')
            {
                at = end + 1;
                line++;
                continue;
            }

            int equals = text.IndexOf('=', at, end - at);
            string name = equals < 0 ? "" : NameIn(text.AsSpan(at, equals - at));
            if (name.Length == 0) throw new InvalidOperationException($"{file}, line {line}: not NAME=value. Comments begin with #.");
            (string value, at) = ValueAt(text, equals + 1, $"{file}, line {line}: {name}");
            line += text.AsSpan(equals, Math.Min(at, text.Length) - equals).Count('\n');
            yield return (name, value);
        }
    }

    private static string NameIn(ReadOnlySpan<char> before)
    {
        ReadOnlySpan<char> name = before.Trim();
        if (name.StartsWith("export ", StringComparison.Ordinal)) name = name[7..].Trim();
        foreach (char c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-')) return "";
        return name.ToString();
    }

    /// <returns>The value, and where the next line begins.</returns>
    private static (string Value, int Next) ValueAt(string text, int at, string place)
    {
        while (at < text.Length && text[at] is ' ' or '\t') at++;
        if (at < text.Length && text[at] is '"' or '\'') return Quoted(text, at, place);
        int end = text.IndexOf('\n', at);
        if (end < 0) end = text.Length;
        ReadOnlySpan<char> value = text.AsSpan(at, end - at);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] != '#' || (i > 0 && value[i - 1] is not (' ' or '\t'))) continue; // a password may hold one
            value = value[..i];
            break;
        }

        return (value.Trim().ToString(), end + 1);
    }

    private static (string Value, int Next) Quoted(string text, int at, string place)
    {
        char quote = text[at];
        StringBuilder value = new();
        for (int i = at + 1; i < text.Length; i++)
        {
            char c = text[i];
            if (c == quote)
            {
                int end = text.IndexOf('\n', i);
                if (end < 0) end = text.Length;
                ReadOnlySpan<char> rest = text.AsSpan(i + 1, end - i - 1).Trim();
                if (!rest.IsEmpty && rest[0] != '#') throw new InvalidOperationException($"{place}: something stands behind the closing quote.");
                return (value.ToString(), end + 1);
            }

            if (c == '\\' && quote == '"' && i + 1 < text.Length)
            {
                i++;
                value.Append(text[i] switch { 'n' => "\n", 't' => "\t", '"' => "\"", '\\' => "\\", char other => $"\\{other}" });
                continue;
            }

            if (c != '\r') value.Append(c);
        }

        throw new InvalidOperationException($"{place}: the quote is not closed.");
    }
}

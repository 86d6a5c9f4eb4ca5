using System.Globalization;
using System.Text;

namespace Mail.Core.Templates.Editing;

/// <param name="Status">`added`, `removed` or `changed`.</param>
/// <param name="Text">A unified diff.</param>
public sealed record FileChange(string Name, string Status, string Text);

/// <summary>What differs between two folders.</summary>
public static class FolderDiff
{
    private const int Context = 3;

    /// <summary>Of lines times lines; beyond it the whole of what differs is shown as replaced.</summary>
    private const long MaxWork = 16_000_000;

    public static IReadOnlyList<FileChange> Of(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        List<FileChange> changes = [];
        foreach (string name in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            string? old = before.GetValueOrDefault(name), next = after.GetValueOrDefault(name);
            if (old == next) continue;
            changes.Add(new FileChange(name, old is null ? "added" : next is null ? "removed" : "changed", Unified(Lines(old), Lines(next))));
        }

        return changes;
    }

    private static string[] Lines(string? text) => string.IsNullOrEmpty(text) ? [] : text.TrimEnd('\n').Split('\n');

    private static string Unified(string[] before, string[] after)
    {
        List<(char Sign, string Line, int Old, int New)> script = Script(before, after);
        StringBuilder diff = new();
        for (int i = 0; i < script.Count; i++)
        {
            if (script[i].Sign == ' ') continue;
            int start = Math.Max(0, i - Context), end = i, quiet = 0;
            for (int j = i; j < script.Count && quiet <= 2 * Context; j++)
            {
                quiet = script[j].Sign == ' ' ? quiet + 1 : 0;
                if (quiet == 0) end = j;
            }

            int stop = Math.Min(script.Count, end + 1 + Context);
            int removed = 0, added = 0;
            for (int j = start; j < stop; j++)
            {
                if (script[j].Sign != '+') removed++;
                if (script[j].Sign != '-') added++;
            }

            diff.Append(CultureInfo.InvariantCulture, $"@@ -{script[start].Old + (removed > 0 ? 1 : 0)},{removed} +{script[start].New + (added > 0 ? 1 : 0)},{added} @@\n");
            for (int j = start; j < stop; j++) diff.Append(script[j].Sign).Append(script[j].Line).Append('\n');
            i = stop - 1;
        }

        return diff.ToString();
    }

    /// <summary>The longest common subsequence of lines, between what both have at the beginning and the end.</summary>
    private static List<(char Sign, string Line, int Old, int New)> Script(string[] before, string[] after)
    {
        int head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head]) head++;
        int tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)]) tail++;
        int rows = before.Length - head - tail, columns = after.Length - head - tail;
        List<(char Sign, string Line, int Old, int New)> script = [];
        for (int k = 0; k < head; k++) script.Add((' ', before[k], k, k));
        int i = 0, j = 0;
        if ((long)rows * columns <= MaxWork)
        {
            int[,] common = new int[rows + 1, columns + 1];
            for (int r = rows - 1; r >= 0; r--)
                for (int c = columns - 1; c >= 0; c--)
                    common[r, c] = before[head + r] == after[head + c] ? common[r + 1, c + 1] + 1 : Math.Max(common[r + 1, c], common[r, c + 1]);
            while (i < rows && j < columns)
            {
                if (before[head + i] == after[head + j]) script.Add((' ', before[head + i], head + i++, head + j++));
                else if (common[i + 1, j] >= common[i, j + 1]) script.Add(('-', before[head + i], head + i++, head + j));
                else script.Add(('+', after[head + j], head + i, head + j++));
            }
        }

        while (i < rows) script.Add(('-', before[head + i], head + i++, head + j));
        while (j < columns) script.Add(('+', after[head + j], head + i, head + j++));
        for (int k = 0; k < tail; k++) script.Add((' ', before[head + rows + k], head + rows + k, head + columns + k));
        return script;
    }
}

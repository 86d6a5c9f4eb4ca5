using System.Text;

namespace Mail.Protocol.Reports.Notices;

/// <summary>The prose of a report as lines, and where in it each recipient has its section.</summary>
internal sealed class Notice
{
    private const int MaxSection = 8 * 1024; // characters: a reply has a few lines
    private const int MaxParagraphs = 10;
    private const int MaxAddresses = 2000;   // lines with an address that are looked at

    private readonly string[] _lines;
    private readonly List<(int Line, string Address, int After)> _leading = [];
    private readonly Dictionary<string, List<int>> _mentions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, List<string>> _addresses = [];
    private string? _text;

    public Notice(string[] lines, string subject)
    {
        _lines = lines;
        Subject = subject;
        int budget = MaxAddresses;
        for (int i = 0; i < lines.Length && budget > 0; i++)
        {
            if (!lines[i].Contains('@')) continue;
            budget--;
            if (LineAddress.Leading(lines[i]) is { } leading) _leading.Add((i, leading.Address, leading.End));
            List<string> addresses = AddressScanner.FindAll(lines[i], limit: 20);
            if (addresses.Count > 0) _addresses.Add(i, addresses);
            foreach (string address in addresses)
            {
                if (!_mentions.TryGetValue(address, out List<int>? at)) _mentions.Add(address, at = []);
                if (at.Count == 0 || at[^1] != i) at.Add(i);
            }
        }
    }

    public IReadOnlyList<string> Lines => _lines;

    public string Subject { get; }

    /// <summary>Lines that begin with an address, in their order.</summary>
    public IReadOnlyList<(int Line, string Address, int After)> Leading => _leading;

    public bool HasAddresses => _mentions.Count > 0;


    /// <summary>Everything but the subject.</summary>
    public string Text => _text ??= string.Join('\n', _lines);

    /// <summary>
    /// What is said about a recipient, paragraph by paragraph, each with all before it: from its own line up to the line of another recipient. Empty where
    /// no line begins with it.
    /// </summary>
    public IEnumerable<string> Sections(string address, IReadOnlySet<string> recipients)
    {
        int paragraphs = 0;
        foreach ((int line, string found, int after) in _leading)
        {
            if (!Same(found, address)) continue;
            int end = NextRecipient(line, address, recipients);
            StringBuilder section = new(_lines[line][after..]);
            bool hasWords = HasWords(section.ToString());
            for (int at = line + 1; at < end && section.Length < MaxSection; at++)
            {
                if (hasWords && string.IsNullOrWhiteSpace(_lines[at]) && !string.IsNullOrWhiteSpace(_lines[at - 1]))
                {
                    yield return section.ToString();
                    if (++paragraphs >= MaxParagraphs) yield break;
                }
                section.Append('\n').Append(_lines[at]);
                hasWords |= HasWords(_lines[at]);
            }
            if (hasWords) yield return section.ToString();
            if (++paragraphs >= MaxParagraphs) yield break;
        }
    }

    /// <summary>The lines that name a recipient anywhere, each with those around it that name no other recipient: a transcript's reply stands above
    /// its summary.</summary>
    public string Mentions(string address, IReadOnlySet<string> recipients)
    {
        if (!_mentions.TryGetValue(address, out List<int>? at)) return "";
        StringBuilder kept = new();
        int end = 0;
        foreach (int line in at)
        {
            int start = line;
            while (start > end && line - start < 12 && !NamesAnother(start - 1, address, recipients) && !StartsTranscript(_lines[start])) start--;
            end = line + 1;
            if (!LineAddress.IsReply(_lines[line])) // what follows explains it
                while (end < _lines.Length && end - line < 12 && !string.IsNullOrWhiteSpace(_lines[end]) && !StartsTranscript(_lines[end])
                    && !NamesAnother(end, address, recipients)) end++;
            for (int i = start; i < end && kept.Length < MaxSection; i++) kept.Append(_lines[i]).Append('\n');
        }
        return kept.ToString();
    }

    /// <summary>The address behind "expanded from" in a recipient's own section: the one to which the message was sent; null without one.</summary>
    public string? ExpandedFrom(string address)
    {
        foreach ((int line, string found, int after) in _leading)
        {
            if (!Same(found, address)) continue;
            string text = _lines[line][after..] + (line + 1 < _lines.Length ? _lines[line + 1] : "");
            int at = text.IndexOf("expanded from", StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && AddressScanner.TryFind(text.AsSpan(at), out int start, out int length)) return text.Substring(at + start, length);
        }
        return null;
    }


    public static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private bool NamesAnother(int line, string address, IReadOnlySet<string> recipients) =>
        _addresses.TryGetValue(line, out List<string>? found) && found.Exists(other => !Same(other, address) && recipients.Contains(other));

    private static bool StartsTranscript(string line) => line.Contains("while talking to", StringComparison.OrdinalIgnoreCase);

    private int NextRecipient(int line, string address, IReadOnlySet<string> recipients)
    {
        foreach ((int other, string found, _) in _leading)
            if (other > line && !Same(found, address) && recipients.Contains(found)) return other;
        return _lines.Length;
    }

    private static bool HasWords(string text)
    {
        int letters = 0;
        foreach (char c in text)
            if (char.IsLetterOrDigit(c) && ++letters > 3) return true;
        return false;
    }
}

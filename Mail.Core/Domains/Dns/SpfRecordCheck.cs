using Mail.Protocol.Dns;

namespace Mail.Core.Domains.Dns;

/// <summary>
/// Whether the domain's SPF record names the relays that carry its mail, is the only one, and needs no more lookups than receivers make (RFC 7208 §3.2, §4.6.4).
/// </summary>
internal sealed class SpfRecordCheck(IDnsResolver resolver)
{
    private const int MostLookups = 10;
    private static readonly string[] _lookingUp = ["include", "a", "mx", "ptr", "exists", "redirect"];

    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _terms = new(StringComparer.OrdinalIgnoreCase);
    private int _lookups;

    public async Task<RecordState> RunAsync(DomainRecord record, CancellationToken ct)
    {
        DnsAnswer answer = await resolver.TextsAsync(record.Name, ct);
        if (!answer.IsDefinite) return DomainCheck.Unreachable(record, answer);
        string[] texts = [.. answer.Texts.Where(text => IsSpf(text.TrimStart('"', ' ')))];
        if (texts.Length == 0) return DomainCheck.State(record, RecordStatus.Missing, [], null);
        if (texts.Length > 1) return DomainCheck.State(record, RecordStatus.Several, texts, $"{texts.Length}");
        string text = texts[0];
        if (!IsSpf(text) || text.Contains('"', StringComparison.Ordinal)) return DomainCheck.State(record, RecordStatus.Broken, texts, "\"");

        string? unknown = await WalkAsync(record.Name, text, ct);
        if (_lookups > MostLookups) return DomainCheck.State(record, RecordStatus.TooManyLookups, texts, $"{_lookups}");
        string[] missing = [.. Terms(record.Value).Where(IsMechanism).Where(term => !_terms.Contains(term))];
        if (missing.Length > 0)
            return DomainCheck.State(record, RecordStatus.Wrong, texts, string.Join(' ', missing)) with { Suggestion = DomainCheck.Shown(With(text, missing)) };
        if (unknown is not null) return DomainCheck.State(record, RecordStatus.Broken, texts, unknown);
        return Terms(text).Any(term => term is "+all" or "all")
            ? DomainCheck.State(record, RecordStatus.Wrong, texts, "+all") with { Suggestion = DomainCheck.Shown(text.Replace("+all", "~all", StringComparison.OrdinalIgnoreCase).Replace(" all", " ~all", StringComparison.OrdinalIgnoreCase)) }
            : DomainCheck.State(record, RecordStatus.Verified, texts, null);
    }

    /// <summary>Counts what receivers would look up, and gathers every mechanism that is named, here or in what is included.</summary>
    /// <returns>What is included and has no SPF record: receivers take that for an error (RFC 7208 §5.2).</returns>
    private async Task<string?> WalkAsync(string domain, string text, CancellationToken ct)
    {
        string? unknown = null;
        _seen.Add(domain);
        foreach (string raw in Terms(text))
        {
            string term = raw.TrimStart('+', '-', '~', '?');
            if (raw[0] is not ('-' or '~' or '?')) _terms.Add(term);
            int end = term.IndexOfAny([':', '=', '/']);
            string name = end < 0 ? term : term[..end];
            if (!_lookingUp.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            if (_lookups > MostLookups || ++_lookups > MostLookups) return unknown; // receivers give up here, and so do we: nobody makes us ask for ever
            if (!name.Equals("include", StringComparison.OrdinalIgnoreCase) && !name.Equals("redirect", StringComparison.OrdinalIgnoreCase)) continue;
            string target = end < 0 ? "" : term[(end + 1)..];
            if (target.Length is 0 or > 253 || target.Contains('%', StringComparison.Ordinal) || _seen.Contains(target)) continue; // a macro depends on the mail
            DnsAnswer answer;
            try
            {
                answer = await resolver.TextsAsync(target, ct);
            }
            catch (ArgumentException)
            {
                unknown ??= term;
                continue;
            }

            if (!answer.IsDefinite) continue; // its owner's trouble, and it may pass
            if (answer.Texts.FirstOrDefault(IsSpf) is { } included) unknown = await WalkAsync(target, included, ct) ?? unknown;
            else unknown ??= term;
        }

        return unknown;
    }

    private static string With(string text, string[] missing)
    {
        List<string> terms = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        int all = terms.FindIndex(term => term.TrimStart('+', '-', '~', '?').Equals("all", StringComparison.OrdinalIgnoreCase) || term.StartsWith("redirect=", StringComparison.OrdinalIgnoreCase));
        terms.InsertRange(all < 0 ? terms.Count : all, missing);
        return string.Join(' ', terms);
    }

    private static IEnumerable<string> Terms(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1);

    private static bool IsMechanism(string term) => !term.EndsWith("all", StringComparison.OrdinalIgnoreCase);

    private static bool IsSpf(string text) => text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase) && (text.Length == 6 || text[6] == ' ');
}

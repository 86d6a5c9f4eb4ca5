namespace Mail.Protocol.Mime.Parsing;

/// <summary>Reads Message-ID, In-Reply-To, References and Content-ID (RFC 5322 §3.6.4, obsolete forms of §4.5.4).</summary>
internal static class MessageIds
{
    /// <summary>The first id of a field without angle brackets; where there are no brackets, the first word.</summary>
    public static string? First(ParsedHeaders headers, string name)
    {
        if (headers[name] is not { } header) return null;
        List<string> ids = Read(header.UnfoldedValue, 1);
        return ids.Count > 0 ? ids[0] : null;
    }

    /// <summary>All ids of a field.</summary>
    public static IReadOnlyList<string> All(ParsedHeaders headers, string name) =>
        headers[name] is { } header ? Read(header.UnfoldedValue, Math.Max(64, (int)Math.Min(header.RawValue.Length / 4, headers.Source.Limits.MaxAddresses))) : [];

    private static List<string> Read(string text, int limit)
    {
        List<string> ids = [];
        text = OneLine.Of(text);
        ReadOnlySpan<char> rest = text;
        while (ids.Count < limit && rest.IndexOf('<') is >= 0 and int open)
        {
            rest = rest[(open + 1)..];
            int close = rest.IndexOf('>');
            ReadOnlySpan<char> id = (close < 0 ? rest : rest[..close]).Trim();
            if (!id.IsEmpty) ids.Add(id.ToString());
            rest = close < 0 ? default : rest[(close + 1)..];
        }
        if (ids.Count > 0 || text.Contains('<', StringComparison.Ordinal)) return ids;
        foreach (Range word in text.AsSpan().SplitAny(' ', '\t', ','))
        {
            if (ids.Count >= limit) break;
            if (!text.AsSpan(word).IsEmpty) ids.Add(text[word]);
        }
        return ids;
    }
}

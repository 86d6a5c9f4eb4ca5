namespace Mail.Protocol.Reports;

/// <summary>Message-IDs as they stand in fields of reports.</summary>
internal static class MessageIdText
{
    /// <summary>The id without angle brackets and what stands around them; null when there is none.</summary>
    public static string? Of(string? value)
    {
        if (value is null) return null;
        int open = value.IndexOf('<');
        int close = open < 0 ? -1 : value.IndexOf('>', open);
        string id = (close > open ? value[(open + 1)..close] : value).Trim().Trim('<', '>').Trim();
        return id.Length is 0 or > 998 ? null : id;
    }
}

namespace Mail.Core.Mailboxes.Providers.Http;

/// <summary>One page of a list.</summary>
/// <param name="Next">What the next page is asked for with; null on the last one.</param>
internal sealed record ProviderPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Lists that come in pages.</summary>
internal static class ProviderPages
{
    private const int MostPages = 1000;

    /// <summary>Reads until one fits.</summary>
    /// <param name="read">The page at a place; null for the first one.</param>
    /// <returns>The first that fits; null when none does. A list that leads in a circle or has no end is a problem.</returns>
    public static async Task<ProviderOutcome<T?>> FindAsync<T>(Func<string?, Task<ProviderOutcome<ProviderPage<T>>>> read, Func<T, bool> fits, ProviderWords words)
        where T : class
    {
        T? found = null;
        ProviderOutcome<bool> end = await WalkAsync(read, items => (found = items.FirstOrDefault(fits)) is not null, words);
        return end.Problem is { } problem ? problem : found;
    }

    /// <summary>Reads all.</summary>
    public static async Task<ProviderOutcome<IReadOnlyList<T>>> AllAsync<T>(Func<string?, Task<ProviderOutcome<ProviderPage<T>>>> read, ProviderWords words)
        where T : class
    {
        List<T> all = [];
        ProviderOutcome<bool> end = await WalkAsync(
            read,
            items =>
            {
                all.AddRange(items);
                return false;
            },
            words);
        return end.Problem is { } problem ? problem : all;
    }

    private static async Task<ProviderOutcome<bool>> WalkAsync<T>(Func<string?, Task<ProviderOutcome<ProviderPage<T>>>> read, Func<IReadOnlyList<T>, bool> isEnough, ProviderWords words)
    {
        HashSet<string> seen = [];
        string? at = null;
        do
        {
            ProviderOutcome<ProviderPage<T>> page = await read(at);
            if (page.Problem is { } problem) return problem;
            if (isEnough(page.Value.Items)) return true;
            at = page.Value.Next;
            if (at is not null && (!seen.Add(at) || seen.Count > MostPages))
                return words.Problem(ProviderProblems.Unreadable, $"A list of {words.Title} does not end.", "Check the API address of the connection.", isTransient: true);
        }
        while (at is not null);

        return false;
    }
}

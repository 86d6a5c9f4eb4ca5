using Mail.Core.Common;

namespace Mail.Core.Mailboxes.Names;

/// <summary>Free names beside one that is taken. The same base gives the same order, so that a person who asks twice reads the same list; what is taken is left out by one look at the table.</summary>
public sealed class NameSuggestions(MailboxStore store)
{
    public const int Usual = 5;
    private const int FirstNumber = 2, Block = 250, MostBlocks = 40;

    /// <param name="wish">A user name, or what a person is called.</param>
    /// <returns>So many, fewer only when the base has nothing that can be written in ASCII.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(ProjectId project, string domain, string? wish, int count, CancellationToken ct)
    {
        List<string> free = [];
        for (int block = 0; block < MostBlocks && free.Count < count; block++) // the second look is for whom 250 others are called alike
        {
            IReadOnlyList<string> candidates = Candidates(wish, block);
            if (candidates.Count == 0) break;
            IReadOnlySet<string> taken = await store.TakenAsync(project, [.. candidates.Select(name => $"{name}@{domain}")], ct);
            free.AddRange(candidates.Where(name => !taken.Contains($"{name}@{domain}")).Take(count - free.Count));
        }

        return free;
    }

    /// <summary>In order of liking: the words in another order or joined otherwise, then with numbers.</summary>
    internal static IReadOnlyList<string> Candidates(string? wish, int block = 0)
    {
        string name = NameFolding.Fold(wish);
        if (name.Length == 0) return [];
        if (ReservedNames.Matching(name) is not null) name = $"team.{name.TrimEnd([.. "0123456789.-_"])}"; // what speaks for the domain may be spoken of: team.billing
        List<string> candidates = block == 0 ? [.. Variants(name)] : [];
        int from = FirstNumber + (block * Block);
        candidates.AddRange(Enumerable.Range(from, Block).Select(number => WithNumber(name, number)));
        return [.. candidates.Where(one => !one.Equals(wish!.Trim(), StringComparison.OrdinalIgnoreCase) && MailboxUserName.Read("name", one).IsSuccess).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Variants(string name)
    {
        yield return name; // for a wish that was no user name as it stood
        string[] words = name.Split('.', '-', '_');
        if (words is [{ } first, .., { } last])
        {
            yield return string.Join('.', words);
            yield return string.Join('-', words);
            yield return string.Join('_', words);
            yield return string.Concat(words);
            yield return $"{first[0]}.{last}";
            yield return $"{first[0]}{last}";
            yield return $"{last}.{first}";
            yield return $"{first}.{last[0]}";
        }
    }

    /// <summary>The number is kept when the name is long.</summary>
    private static string WithNumber(string name, int number)
    {
        string end = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string start = name.Length + end.Length <= MailboxUserName.Longest ? name : name[..(MailboxUserName.Longest - end.Length)].TrimEnd('.', '-', '_');
        return start.Length > 0 && char.IsAsciiDigit(start[^1]) ? start.Length + end.Length < MailboxUserName.Longest ? $"{start}-{end}" : start : start + end; // room2 and 3 are room2-3, not room23
    }
}

using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Tracking;

/// <summary>That somebody did what a mail was sent for.</summary>
/// <param name="Name">What they did, in the project's own words: `signup`.</param>
/// <param name="Key">The app's own name for it, where one mail may bring about several of a name; empty for none.</param>
/// <param name="Currency">ISO 4217; null for a value that is no money.</param>
/// <param name="ByLink">By a click on a link that counts as one, and not by the app's word.</param>
public sealed record Conversion(MessageId MessageId, string Name, string Key, decimal? Value, string? Currency, DateTimeOffset OccurredAt, bool ByLink);

/// <summary>What an app says.</summary>
/// <param name="OccurredAt">Null for now.</param>
public sealed partial record NewConversion(string Name, string? Key, decimal? Value, string? Currency, DateTimeOffset? OccurredAt)
{
    /// <summary>Clocks of apps differ from ours by less.</summary>
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(5);

    private const int LongestKey = 200;
    private const decimal MostValue = 999_999_999_999m;

    /// <summary>Without a name it is this.</summary>
    public const string UsualName = "conversion";

    public Failure? Problem(DateTimeOffset now)
    {
        if (!IsName(Name)) return Failure.Field("name", "must be 1 to 64 letters, digits, dashes, underscores, dots or colons.");
        if (Key is not null && (Key.Length is 0 or > LongestKey || !TextRules.IsStorable(Key) || TextRules.HasControlCharacter(Key))) return Failure.Field("key", $"must be one line of 1 to {LongestKey} characters.");
        if (Value is < -MostValue or > MostValue) return Failure.Field("value", $"must be a number from -{MostValue} to {MostValue}.");
        if (Currency is not null && Value is null) return Failure.Field("currency", "is that of a `value`, which is missing.");
        if (Currency is not null && !CurrencyCode().IsMatch(Currency)) return Failure.Field("currency", "must be the three letters of a currency (ISO 4217), such as `EUR`.");
        return OccurredAt > now + _skew ? Failure.Field("occurred_at", "lies in the future.") : null;
    }

    public static bool IsName(ReadOnlySpan<char> name) => Word().IsMatch(name);

    [GeneratedRegex("^[A-Za-z0-9_.:-]{1,64}\\z")]
    private static partial Regex Word();

    [GeneratedRegex("^[A-Z]{3}\\z")]
    private static partial Regex CurrencyCode();
}

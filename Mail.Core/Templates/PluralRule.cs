namespace Mail.Core.Templates;

/// <summary>Chooses between the forms for one and for many (Unicode CLDR, cardinal numbers) in languages that have these two.</summary>
internal static class PluralRule
{
    /// <summary>French counts everything below two as one ("0 minute", "1,5 minute"); most other languages only 1 itself.</summary>
    public static bool IsOne(string locale, decimal number)
    {
        decimal size = Math.Abs(number);
        return locale.Split('-', 2)[0].Equals("fr", StringComparison.OrdinalIgnoreCase) ? size < 2 : size == 1;
    }
}

using System.Globalization;
using HandlebarsDotNet;

namespace Mail.Core.Templates;

/// <summary>Dates, times, numbers and amounts as a language writes them. What is written for English and French does not depend on the version of the
/// system's language data.</summary>
internal sealed class LocalFormats
{
    private readonly CultureInfo _culture;
    private readonly bool _isFrench;
    private readonly string _full;
    private readonly string _long;
    private readonly string _joint;

    /// <param name="locale">English without a region is written as in Britain: day before month, hours up to 23. Nobody reads "21 November 2026, 15:04" wrongly.</param>
    public LocalFormats(string locale)
    {
        _culture = Culture(string.Equals(locale, "en", StringComparison.OrdinalIgnoreCase) ? "en-GB" : locale);
        _isFrench = _culture.TwoLetterISOLanguageName == "fr";
        // Newer language data has no comma after the weekday where the day follows it.
        _full = _culture.DateTimeFormat.LongDatePattern.Replace("dddd, d", "dddd d", StringComparison.Ordinal);
        _long = _full.Replace("dddd", "", StringComparison.Ordinal).Trim(' ', ',', '،');
        _joint = _culture.TwoLetterISOLanguageName switch { "fr" => " à ", "en" => " at ", _ => ", " };
    }

    /// <summary>"21 November 2026"; "full" with the weekday, "short" in digits.</summary>
    /// <exception cref="HandlebarsRuntimeException">There is no such style.</exception>
    public string Date(DateTimeOffset moment, string? style) => moment.ToString(
        style switch
        {
            null => FirstOfMonth(moment, _long),
            "full" => FirstOfMonth(moment, _full),
            "short" => _culture.DateTimeFormat.ShortDatePattern,
            _ => throw new HandlebarsRuntimeException($"A date has the style \"full\", \"short\" or none, not \"{style}\"."),
        }, _culture);

    /// <summary>By a pattern in the letters of SendGrid's templates: "MMMM DD, YYYY h:mm A".</summary>
    public string Pattern(DateTimeOffset moment, string pattern)
    {
        if (pattern.Length > 60 || pattern.Contains('%', StringComparison.Ordinal)) throw new HandlebarsRuntimeException($"\"{pattern}\" is no pattern of a date.");
        string ours = pattern.Replace('D', 'd').Replace('Y', 'y').Replace("A", moment.Hour < 12 ? "'AM'" : "'PM'", StringComparison.Ordinal);
        try
        {
            return moment.ToString(ours.Length == 1 ? "%" + ours : ours, _culture);
        }
        catch (FormatException)
        {
            throw new HandlebarsRuntimeException($"\"{pattern}\" is no pattern of a date.");
        }
    }

    /// <summary>"15:04".</summary>
    public string Time(DateTimeOffset moment) => moment.ToString(_culture.DateTimeFormat.ShortTimePattern, _culture);

    /// <summary>"21 November 2026 at 15:04", with the styles of <see cref="Date"/>.</summary>
    public string DateAndTime(DateTimeOffset moment, string? style) => Date(moment, style) + _joint + Time(moment);

    /// <summary>"1,234.5".</summary>
    public string Number(decimal number) => number.ToString("#,##0.######", _culture);

    /// <summary>"£12.50", "12,50 €"; a currency without a sign of its own by its code.</summary>
    /// <param name="amount">In the currency's main unit.</param>
    /// <param name="currency">ISO 4217; other text is written as it is.</param>
    public string Money(decimal amount, string currency)
    {
        NumberFormatInfo format = (NumberFormatInfo)_culture.NumberFormat.Clone();
        format.CurrencySymbol = currency switch { "EUR" => "€", "GBP" => "£", "USD" => "US$", _ => currency };
        format.CurrencyDecimalDigits = currency switch
        {
            "CLP" or "ISK" or "JPY" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "XAF" or "XOF" or "XPF" => 0,
            "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
            _ => 2,
        };
        // "CHF 12.50" and not "CHF12.50": patterns 0 and 2 are the sign before the number, without and with a space.
        if (format.CurrencyPositivePattern == 0 && char.IsLetter(format.CurrencySymbol[^1])) format.CurrencyPositivePattern = 2;
        if (amount < 0) return "-" + Money(-amount, currency);
        return amount.ToString("C", format).Replace(' ', '\u00A0');
    }

    /// <summary>French says "1er" for the first day of a month, and plain numbers for the others.</summary>
    private string FirstOfMonth(DateTimeOffset moment, string pattern) =>
        _isFrench && moment.Day == 1 ? pattern.Replace("d MMMM", "d'er' MMMM", StringComparison.Ordinal) : pattern;

    /// <summary>The nearest culture that the system knows.</summary>
    private static CultureInfo Culture(string locale)
    {
        foreach (string candidate in Locale.FallbackChain(locale))
        {
            try
            {
                return CultureInfo.GetCultureInfo(candidate);
            }
            catch (CultureNotFoundException)
            {
                // A tag of the right form that means nothing here: its shorter form is asked next.
            }
        }
        return CultureInfo.InvariantCulture;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Mail.Protocol.Calendar;

/// <summary>How an event repeats (RRULE, RFC 5545 §3.3.10), checked when it is made. Immutable.</summary>
public sealed class RecurrenceRule
{
    private static readonly string[] _frequencies = ["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

    private readonly string _text;

    private RecurrenceRule(string text) => _text = text;

    /// <summary>When it ends, or <see langword="null"/>: never, or after a count.</summary>
    public CalendarTime? Until { get; private init; }

    /// <summary>Whether it ends at all.</summary>
    public bool IsFinite => Until is not null || _text.Contains("COUNT=", StringComparison.Ordinal);

    /// <summary>Checks a rule: its form and the limits of every number. Whether its parts fit together (BYWEEKNO without YEARLY, ...) is not judged.</summary>
    /// <param name="text">Such as <c>FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10</c>, in any case.</param>
    /// <param name="rule">The rule, or <see langword="null"/> when the result is <see langword="false"/>.</param>
    /// <param name="error">One sentence for people that says what is wrong, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether it is a rule.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RecurrenceRule? rule, [NotNullWhen(false)] out string? error)
    {
        rule = null;
        CalendarTime? until = null;
        HashSet<string> seen = new(StringComparer.Ordinal);
        if (string.IsNullOrEmpty(text) || text.Length > 1000) return Refused("has 1 to 1000 characters", out error);
        // Before any number is read: .NET takes a NUL behind one for nothing.
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') is >= 0 and var bad) return Refused($"contains the character U+{(int)text[bad]:X4}", out error);
        string upper = text.ToUpperInvariant();
        foreach (string part in upper.Split(';'))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            string value = equals < 0 ? "" : part[(equals + 1)..];
            if (!seen.Add(name)) return Refused($"names {Show(name)} twice", out error);
            if (!IsPart(name, value, ref until)) return Refused($"contains {Show(part)}, which is not part of one", out error);
        }
        if (!seen.Contains("FREQ")) return Refused("says no FREQ", out error);
        if (seen.Contains("COUNT") && seen.Contains("UNTIL")) return Refused("says both COUNT and UNTIL", out error);
        rule = new RecurrenceRule(upper) { Until = until };
        error = null;
        return true;
    }

    /// <summary>Reads a rule as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static RecurrenceRule Parse(string text) => TryParse(text, out RecurrenceRule? rule, out string? error) ? rule : throw new FormatException(error);

    /// <summary>The rule in upper case.</summary>
    public override string ToString() => _text;

    private static bool IsPart(string name, string value, ref CalendarTime? until) => name switch
    {
        "FREQ" => _frequencies.Contains(value),
        "INTERVAL" or "COUNT" => IsNumber(value, 1, 1_000_000, signed: false),
        "UNTIL" => CalendarTimeParser.TryParse(value, out until),
        "WKST" => IsDay(value, ordinal: false),
        "BYDAY" => All(value, day => IsDay(day, ordinal: true)),
        "BYSECOND" => All(value, n => IsNumber(n, 0, 60, signed: false)),
        "BYMINUTE" => All(value, n => IsNumber(n, 0, 59, signed: false)),
        "BYHOUR" => All(value, n => IsNumber(n, 0, 23, signed: false)),
        "BYMONTHDAY" => All(value, n => IsNumber(n, 1, 31, signed: true)),
        "BYYEARDAY" or "BYSETPOS" => All(value, n => IsNumber(n, 1, 366, signed: true)),
        "BYWEEKNO" => All(value, n => IsNumber(n, 1, 53, signed: true)),
        "BYMONTH" => All(value, n => IsNumber(n, 1, 12, signed: false)),
        _ => false,
    };

    private static bool All(string value, Func<string, bool> isOne) => value.Split(',').All(isOne);

    private static bool IsDay(string value, bool ordinal) =>
        value.Length >= 2 && value[^2..] is "MO" or "TU" or "WE" or "TH" or "FR" or "SA" or "SU" && (value.Length == 2 || (ordinal && IsNumber(value[..^2], 1, 53, signed: true)));

    private static bool IsNumber(string value, int least, int most, bool signed)
    {
        ReadOnlySpan<char> digits = signed && value is ['+' or '-', ..] ? value.AsSpan(1) : value;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most;
    }

    private static bool Refused(string reason, out string error)
    {
        error = $"The recurrence rule {reason}; one looks like FREQ=WEEKLY;BYDAY=MO;COUNT=10.";
        return false;
    }

    private static string Show(string text) => $"\"{(text.Length > 40 ? text[..40] : text)}\"";
}

using System.Globalization;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>The words of a date. Each says by its form what it is, so that day, month, year, time and zone may come in any order that people write.</summary>
internal readonly ref struct DateTokens(ReadOnlySpan<char> text, ReadOnlySpan<Range> tokens)
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    private readonly ReadOnlySpan<char> _text = text;
    private readonly ReadOnlySpan<Range> _tokens = tokens;

    /// <summary>-1, or where the error is.</summary>
    public int Read(out DateTimeOffset date)
    {
        date = default;
        int day = -1, month = -1, year = -1;
        TimeSpan time = default;
        bool hasTime = false;
        TimeSpan? zone = null;
        foreach (Range range in _tokens)
        {
            ReadOnlySpan<char> token = _text[range];
            int at = range.Start.Value;
            if (token.Contains(':') || (hasTime is false && month > 0 && year >= 0 && token.Contains('.')))
            {
                if (hasTime || !TryTime(token, out time)) return at;
                hasTime = true;
            }
            else if (token[0] is '+' or '-' || (hasTime && token.Length >= 4 && year >= 0 && char.IsAsciiDigit(token[0])))
            {
                zone ??= TryOffset(token, out TimeSpan offset) ? offset : TimeSpan.Zero;
            }
            else if (char.IsAsciiDigit(token[0]))
            {
                if (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return at;
                if (day < 0 && token.Length <= 2) day = number;
                else if (year < 0) year = FullYear(number, token.Length);
                else return at;
            }
            else if (month < 0 && MonthOf(token) is > 0 and int found) month = found;
            else if (hasTime && token.Equals("PM", StringComparison.OrdinalIgnoreCase)) time = time.Hours < 12 ? time + TimeSpan.FromHours(12) : time;
            else if (hasTime && token.Equals("AM", StringComparison.OrdinalIgnoreCase)) time = time.Hours == 12 ? time - TimeSpan.FromHours(12) : time;
            else if (hasTime) zone ??= ZoneOf(token);
            // What stands before the time and is no month is the name of the day.
        }

        if (day < 0 || month < 0 || year < 0 || !hasTime) return _text.Length;
        if (year is < 1 or > 9999 || day < 1 || day > DateTime.DaysInMonth(year, month)) return _tokens[0].Start.Value;
        DateTime local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time;
        TimeSpan utcOffset = zone ?? TimeSpan.Zero;
        long utc = local.Ticks - utcOffset.Ticks;
        date = utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks ? new DateTimeOffset(local, TimeSpan.Zero) : new DateTimeOffset(local, utcOffset);
        return -1;
    }

    /// <summary>Two digits are 1950 to 2049, three count from 1900 (RFC 5322 §4.3).</summary>
    private static int FullYear(int number, int digits) => digits switch { <= 2 => number + (number < 50 ? 2000 : 1900), 3 => number + 1900, _ => number };

    private static int MonthOf(ReadOnlySpan<char> token)
    {
        if (token.Length < 3) return -1;
        Span<char> lower = stackalloc char[3];
        token[..3].ToLowerInvariant(lower);
        int index = Months.AsSpan().IndexOf(lower);
        return index >= 0 && index % 3 == 0 ? (index / 3) + 1 : -1;
    }

    private static bool TryTime(ReadOnlySpan<char> token, out TimeSpan time)
    {
        time = default;
        Span<int> numbers = stackalloc int[3];
        numbers.Clear();
        int count = 0;
        foreach (Range piece in token.SplitAny(':', '.'))
        {
            if (count == 3) break; // a fraction of a second
            ReadOnlySpan<char> number = token[piece];
            if (number.Length is 0 or > 2 || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[count])) return false;
            count++;
        }
        if (count < 2 || numbers[0] > 23 || numbers[1] > 59 || numbers[2] > 60) return false;
        time = new TimeSpan(numbers[0], numbers[1], Math.Min(numbers[2], 59));
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> token, out TimeSpan offset)
    {
        offset = default;
        bool isNegative = token[0] == '-';
        ReadOnlySpan<char> digits = token[0] is '+' or '-' ? token[1..] : token;
        if (digits.Length != 4 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return false;
        TimeSpan value = new(number / 100, number % 100, 0);
        if (value > TimeSpan.FromHours(14) || number % 100 > 59) return false;
        offset = isNegative ? -value : value;
        return true;
    }

    private static TimeSpan? ZoneOf(ReadOnlySpan<char> token)
    {
        int hours = token.Length > 4 ? 0 : token.ToString().ToUpperInvariant() switch
        {
            "EDT" => -4,
            "EST" or "CDT" => -5,
            "CST" or "MDT" => -6,
            "MST" or "PDT" => -7,
            "PST" => -8,
            "BST" or "CET" or "MET" => 1,
            "CEST" or "MEST" or "EET" => 2,
            "EEST" or "MSK" => 3,
            "JST" or "KST" => 9,
            _ => 0, // UT, GMT, Z; military letters were used with either sign, so they say nothing (RFC 5322 §4.3)
        };
        return TimeSpan.FromHours(hours);
    }
}

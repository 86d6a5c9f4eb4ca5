using System.Globalization;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>One pass over the words of a date. Each says by its form what it is, so that day, month, year, time and zone may come in any order that people write.</summary>
internal ref struct DateScanner(ReadOnlySpan<char> text)
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    private readonly ReadOnlySpan<char> _text = text;
    private int _position;
    private int _day = -1;
    private int _dayAt;
    private int _month = -1;
    private int _year = -1;
    private TimeSpan? _time;
    private TimeSpan? _zone;

    /// <summary>-1, or where the error is.</summary>
    public int Read(out DateTimeOffset date)
    {
        date = default;
        while (SkipBlanks())
        {
            int start = _position;
            char c = _text[_position];
            bool isRead = c switch
            {
                >= '0' and <= '9' => ReadNumber(),
                '+' or '-' when _time is not null => ReadOffset(),
                ',' or '/' or '-' or '.' => Skip(),
                _ when char.IsLetter(c) => ReadWord(),
                _ => false,
            };
            if (!isRead) return start;
        }

        if (_day < 0 || _month < 0 || _year < 0 || _time is not { } time) return _text.Length;
        if (_year is < 1 or > 9999 || _day < 1 || _day > DateTime.DaysInMonth(_year, _month)) return _dayAt;
        DateTime local = new DateTime(_year, _month, _day, 0, 0, 0, DateTimeKind.Unspecified) + time;
        TimeSpan zone = _zone ?? TimeSpan.Zero;
        long utc = local.Ticks - zone.Ticks;
        date = new DateTimeOffset(local, utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks ? TimeSpan.Zero : zone);
        return -1;
    }

    private bool Skip()
    {
        _position++;
        return true;
    }

    /// <summary>A number before a colon begins the time; else day and year come in this order, and four digits after the time are an offset that lost its sign.</summary>
    private bool ReadNumber()
    {
        int start = _position;
        if (!TryDigits(out int number, out int digits)) return false;
        int after = _position;
        bool hasMore = SkipBlanks();
        bool isDate = _day >= 0 && _month >= 0 && _year >= 0;
        if (hasMore && _time is null && (_text[_position] == ':' || (isDate && _text[_position] == '.'))) return ReadTime(number);
        _position = after;
        if (_day < 0 && digits <= 2) (_day, _dayAt) = (number, start);
        else if (_year < 0) _year = digits switch { <= 2 => number + (number < 50 ? 2000 : 1900), 3 => number + 1900, _ => number }; // RFC 5322 §4.3
        else if (_time is not null && digits == 4) _zone ??= Offset(number);
        else return false;
        return true;
    }

    private bool ReadTime(int hours)
    {
        char separator = _text[_position++];
        if (!SkipBlanks() || !TryDigits(out int minutes, out _)) return false;
        int seconds = 0;
        int after = _position;
        if (SkipBlanks() && _text[_position] == separator)
        {
            _position++;
            if (!SkipBlanks() || !TryDigits(out seconds, out _)) return false;
            after = _position;
        }
        _position = after;
        if (_position < _text.Length && _text[_position] == '.') // a fraction of a second
        {
            _position++;
            TryDigits(out _, out _);
        }
        if (hours > 23 || minutes > 59 || seconds > 60) return false;
        _time = new TimeSpan(hours, minutes, Math.Min(seconds, 59));
        return true;
    }

    /// <summary>+0100, +01:00; after a name, as in GMT+0100, it says more than the name. One that no zone has counts as unknown.</summary>
    private bool ReadOffset()
    {
        bool isNegative = _text[_position++] == '-';
        if (!TryDigits(out int number, out int digits)) return false;
        if (digits <= 2)
        {
            number *= 100;
            if (_position < _text.Length && _text[_position] == ':')
            {
                _position++;
                if (!TryDigits(out int minutes, out _)) return false;
                number += minutes;
            }
        }
        TimeSpan offset = Offset(number);
        _zone = isNegative ? -offset : offset;
        return true;
    }

    private bool ReadWord()
    {
        int start = _position;
        while (_position < _text.Length && char.IsLetter(_text[_position])) _position++;
        ReadOnlySpan<char> word = _text[start.._position];
        if (_month < 0 && MonthOf(word) is > 0 and int month) _month = month;
        else if (_time is not { } time) return true; // the name of the day
        else if (word.Equals("PM", StringComparison.OrdinalIgnoreCase)) _time = time.Hours < 12 ? time + TimeSpan.FromHours(12) : time;
        else if (word.Equals("AM", StringComparison.OrdinalIgnoreCase)) _time = time.Hours == 12 ? time - TimeSpan.FromHours(12) : time;
        else _zone ??= ZoneOf(word);
        return true;
    }

    private bool TryDigits(out int number, out int digits)
    {
        int length = _text[_position..].IndexOfAnyExceptInRange('0', '9');
        digits = length < 0 ? _text.Length - _position : length;
        bool isNumber = int.TryParse(_text.Slice(_position, digits), NumberStyles.None, CultureInfo.InvariantCulture, out number);
        _position += digits;
        return isNumber;
    }

    /// <summary>Skips white space and comments; false at the end.</summary>
    private bool SkipBlanks()
    {
        int depth = 0;
        for (; _position < _text.Length; _position++)
        {
            char c = _text[_position];
            if (depth > 0 && c == '\\') _position++;
            else if (c == '(') depth++;
            else if (c == ')' && depth > 0) depth--;
            else if (depth == 0 && c is not (' ' or '\t' or '\r' or '\n')) return true;
        }
        return false;
    }

    private static TimeSpan Offset(int number)
    {
        TimeSpan offset = new(number / 100, number % 100, 0);
        return offset > TimeSpan.FromHours(14) || number % 100 > 59 ? TimeSpan.Zero : offset;
    }

    private static int MonthOf(ReadOnlySpan<char> word)
    {
        if (word.Length < 3) return -1;
        Span<char> lower = stackalloc char[3];
        word[..3].ToLowerInvariant(lower);
        int index = Months.AsSpan().IndexOf(lower);
        return index >= 0 && index % 3 == 0 ? (index / 3) + 1 : -1;
    }

    private static TimeSpan ZoneOf(ReadOnlySpan<char> word)
    {
        int hours = word.Length > 4 ? 0 : word.ToString().ToUpperInvariant() switch
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

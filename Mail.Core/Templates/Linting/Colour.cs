using System.Globalization;

namespace Mail.Core.Templates.Linting;

/// <summary>An opaque colour, each part from 0 to 255.</summary>
/// <param name="Written">As the author wrote it.</param>
internal sealed record Colour(double Red, double Green, double Blue, string Written)
{
    private const int LongestColour = 60;
    private const int LongestBackground = 1000;

    public static readonly Colour Black = new(0, 0, 0, "black");

    public static readonly Colour White = new(255, 255, 255, "white");

    private static readonly Dictionary<string, int> _named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["black"] = 0x000000, ["white"] = 0xffffff, ["red"] = 0xff0000, ["green"] = 0x008000, ["blue"] = 0x0000ff, ["yellow"] = 0xffff00, ["gray"] = 0x808080, ["grey"] = 0x808080, ["silver"] = 0xc0c0c0,
        ["maroon"] = 0x800000, ["purple"] = 0x800080, ["fuchsia"] = 0xff00ff, ["lime"] = 0x00ff00, ["olive"] = 0x808000, ["navy"] = 0x000080, ["teal"] = 0x008080, ["aqua"] = 0x00ffff, ["orange"] = 0xffa500,
        ["pink"] = 0xffc0cb, ["brown"] = 0xa52a2a, ["gold"] = 0xffd700, ["crimson"] = 0xdc143c, ["tomato"] = 0xff6347, ["coral"] = 0xff7f50, ["salmon"] = 0xfa8072, ["cyan"] = 0x00ffff, ["magenta"] = 0xff00ff,
        ["lightgray"] = 0xd3d3d3, ["lightgrey"] = 0xd3d3d3, ["darkgray"] = 0xa9a9a9, ["darkgrey"] = 0xa9a9a9, ["dimgray"] = 0x696969, ["dimgrey"] = 0x696969, ["gainsboro"] = 0xdcdcdc, ["whitesmoke"] = 0xf5f5f5,
    };

    /// <returns>Null for what is no colour, or is not opaque, or is written in a way that mails seldom use.</returns>
    public static Colour? Parse(string text)
    {
        string value = text.Trim();
        if (_named.TryGetValue(value, out int named)) return Of(named, value);
        if (value.StartsWith('#')) return Hexadecimal(value);
        if (!value.StartsWith("rgb", StringComparison.OrdinalIgnoreCase) || !value.EndsWith(')') || !value.Contains('(', StringComparison.Ordinal) || value.Length > LongestColour) return null;
        int open = value.IndexOf('(', StringComparison.Ordinal);
        string[] parts = value[(open + 1)..^1].Split([',', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (3 or 4) || parts is [_, _, _, not ("1" or "1.0" or "100%")]) return null;
        double[] channels = new double[3];
        for (int i = 0; i < 3; i++)
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out channels[i]) || channels[i] is < 0 or > 255) return null;
        return new Colour(channels[0], channels[1], channels[2], value);
    }

    /// <summary>All colours within a `background`, of a gradient those that it goes through.</summary>
    /// <param name="isWhole">False when there is an image, or a colour that is not known: then what is found says nothing.</param>
    public static List<Colour> InBackground(string value, out bool isWhole)
    {
        List<Colour> found = [];
        isWhole = value.Length <= LongestBackground && !value.Contains("url(", StringComparison.OrdinalIgnoreCase) && !value.Contains("rgba(", StringComparison.OrdinalIgnoreCase) && !value.Contains("hsl", StringComparison.OrdinalIgnoreCase) && !value.Contains("var(", StringComparison.OrdinalIgnoreCase);
        if (!isWhole) return [];
        if (Parse(value) is { } single) return [single];
        int position = 0;
        while (position < value.Length && found.Count < 16)
        {
            int end = position;
            while (end < value.Length && value[end] is not (' ' or ',' or '(' or ')')) end++;
            if (end < value.Length && value[end] == '(' && value.AsSpan(position, end - position).StartsWith("rgb", StringComparison.OrdinalIgnoreCase)) end = Math.Max(end, value.IndexOf(')', end) + 1);
            if (end > position && Parse(value[position..end]) is { } colour) found.Add(colour);
            else if (value[position] == '#') isWhole = false;
            position = end + 1;
        }

        return found;
    }

    /// <summary>From 1 to 21, by WCAG 2.2.</summary>
    public static double Contrast(Colour one, Colour other)
    {
        (double first, double second) = (one.Luminance, other.Luminance);
        return (Math.Max(first, second) + 0.05) / (Math.Min(first, second) + 0.05);
    }

    private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    private static double Linear(double channel)
    {
        double value = channel / 255;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static Colour? Hexadecimal(string value)
    {
        ReadOnlySpan<char> digits = value.AsSpan(1);
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number)) return null;
        return digits.Length switch
        {
            3 => Of(((number & 0xf00) << 12 | (number & 0xf00) << 8) & 0xff0000 | ((number & 0xf0) << 8 | (number & 0xf0) << 4) & 0xff00 | (number & 0xf) << 4 | number & 0xf, value),
            6 => Of(number, value),
            8 when (number & 0xff) == 0xff => Of((int)((uint)number >> 8), value),
            _ => null,
        };
    }

    private static Colour Of(int rgb, string written) => new(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, written);
}

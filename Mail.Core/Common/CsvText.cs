using System.Text;
using System.Text.Unicode;

namespace Mail.Core.Common;

/// <summary>
/// The text of a CSV file as programs for tables write them: by its byte order mark; without one UTF-16 where every other octet is zero, UTF-8 where it is that, and else Windows-1252, which Excel
/// writes in western Europe.
/// </summary>
public static class CsvText
{
    private const int Sample = 512;

    public static string Decode(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return Encoding.UTF8.GetString(file[3..]);
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(file[2..]);
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(file[2..]);
        (int even, int odd) = Zeros(file[..Math.Min(file.Length, Sample)]);
        int half = Math.Min(file.Length, Sample) / 2;
        if (half > 0 && odd > half * 2 / 3 && even < odd / 4) return Encoding.Unicode.GetString(file);
        if (half > 0 && even > half * 2 / 3 && odd < even / 4) return Encoding.BigEndianUnicode.GetString(file);
        return Utf8.IsValid(file) ? Encoding.UTF8.GetString(file) : CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(file);
    }

    private static (int Even, int Odd) Zeros(ReadOnlySpan<byte> sample)
    {
        int even = 0, odd = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            if (sample[i] != 0) continue;
            if (i % 2 == 0) even++;
            else odd++;
        }

        return (even, odd);
    }
}

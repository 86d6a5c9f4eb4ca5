using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Finds charsets by the names that mail gives them (RFC 2046 §4.1.2, the IANA registry, and names seen in the wild), without registering
/// anything process-wide. Every encoding replaces what it cannot decode by U+FFFD.</summary>
internal static class Charsets
{
    private static readonly FrozenDictionary<string, string> _aliases = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8", ["utf-8n"] = "utf-8", ["unicode-1-1-utf-8"] = "utf-8", ["utf8mb4"] = "utf-8", ["cp65001"] = "utf-8", ["utf_8"] = "utf-8",
        ["utf-16-le"] = "utf-16", ["utf16"] = "utf-16", ["ucs-2"] = "utf-16", ["iso-10646-ucs-2"] = "utf-16", ["utf-32le"] = "utf-32", ["utf32"] = "utf-32", ["ucs-4"] = "utf-32BE",
        ["ascii"] = "us-ascii", ["ansi_x3.4-1968"] = "us-ascii", ["iso-ir-6"] = "us-ascii", ["646"] = "us-ascii", ["iso646-us"] = "us-ascii", ["7bit"] = "us-ascii", ["8bit"] = "us-ascii",
        ["latin1"] = "windows-1252", ["latin-1"] = "windows-1252", ["l1"] = "windows-1252", ["iso8859-1"] = "windows-1252", ["iso-8859-1"] = "windows-1252",
        ["iso_8859-1"] = "windows-1252", ["iso88591"] = "windows-1252", ["8859-1"] = "windows-1252", ["cp819"] = "windows-1252", ["ansi"] = "windows-1252", ["x-ansi"] = "windows-1252",
        ["latin2"] = "iso-8859-2", ["latin-2"] = "iso-8859-2", ["latin5"] = "iso-8859-9", ["latin-5"] = "iso-8859-9", ["latin9"] = "iso-8859-15", ["latin-9"] = "iso-8859-15", ["latin0"] = "iso-8859-15",
        ["iso-8859-8-i"] = "iso-8859-8", ["iso-8859-8-e"] = "iso-8859-8", ["iso-8859-6-i"] = "iso-8859-6", ["iso-8859-6-e"] = "iso-8859-6",
        ["iso-8859-11"] = "windows-874", ["tis-620"] = "windows-874", ["tis620"] = "windows-874", ["cp874"] = "windows-874",
        ["gbk"] = "gb18030", ["gb2312"] = "gb18030", ["x-gbk"] = "gb18030", ["cp936"] = "gb18030", ["ms936"] = "gb18030", ["windows-936"] = "gb18030", ["gb_2312-80"] = "gb18030", ["gb2312-80"] = "gb18030",
        ["euc-cn"] = "gb18030", ["chinese"] = "gb18030", ["hz"] = "hz-gb-2312",
        ["big5-hkscs"] = "big5", ["big-5"] = "big5", ["cp950"] = "big5", ["x-x-big5"] = "big5", ["windows-950"] = "big5",
        ["sjis"] = "shift_jis", ["shift-jis"] = "shift_jis", ["x-sjis"] = "shift_jis", ["ms932"] = "shift_jis", ["cp932"] = "shift_jis", ["windows-31j"] = "shift_jis", ["ms_kanji"] = "shift_jis",
        ["eucjp"] = "euc-jp", ["x-euc-jp"] = "euc-jp", ["ujis"] = "euc-jp", ["iso-2022-jp-1"] = "iso-2022-jp", ["iso-2022-jp-2"] = "iso-2022-jp", ["cp50220"] = "iso-2022-jp", ["cp50221"] = "iso-2022-jp",
        ["iso-2022-jp-ms"] = "iso-2022-jp",
        ["euckr"] = "euc-kr", ["ksc5601"] = "ks_c_5601-1987", ["ks_c_5601"] = "ks_c_5601-1987", ["ks_c_5601-1989"] = "ks_c_5601-1987", ["cp949"] = "ks_c_5601-1987", ["uhc"] = "ks_c_5601-1987",
        ["windows-949"] = "ks_c_5601-1987", ["ms949"] = "ks_c_5601-1987", ["korean"] = "ks_c_5601-1987",
        ["koi8r"] = "koi8-r", ["koi8"] = "koi8-r", ["koi8u"] = "koi8-u", ["koi8-ru"] = "koi8-u", ["cp866"] = "ibm866", ["mac"] = "macintosh", ["x-mac-roman"] = "macintosh", ["macroman"] = "macintosh",
        ["utf-7"] = "utf-7", ["utf7"] = "utf-7", ["unicode-1-1-utf-7"] = "utf-7", ["x-unicode-2-0-utf-7"] = "utf-7", ["csunicode11utf7"] = "utf-7",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private const int MostFound = 500; // spellings of known names; a stranger may make up any number

    private static readonly ConcurrentDictionary<string, Encoding> _found = new(StringComparer.OrdinalIgnoreCase);

    public static Encoding Windows1252 { get; } = ByName("windows-1252")!;

    /// <summary>The encoding of a name, or <see langword="null"/> when nobody knows it.</summary>
    public static Encoding? Find(string name)
    {
        if (_found.TryGetValue(name, out Encoding? encoding)) return encoding;
        encoding = Look(name);
        if (encoding is not null && _found.Count < MostFound) _found.TryAdd(name, encoding);
        return encoding;
    }

    private static Encoding? Look(string name)
    {
        name = name.Trim(' ', '\t', '"', '\'', '<', '>', '(', ')');
        if (name.Length is 0 or > 64) return null;
        if (_aliases.TryGetValue(name, out string? alias)) return alias == "utf-7" ? Utf7Encoding.Instance : ByName(alias);
        if (ByName(name) is { } known) return known;
        // windows1251, cp1251, cp-1251, x-cp1251, iso8859-5, iso_8859-5, iso-8859-5:1988, IBM-850
        ReadOnlySpan<char> rest = name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) ? name.AsSpan(2) : name;
        foreach ((string prefix, string canonical) in _prefixes)
        {
            if (!rest.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) continue;
            ReadOnlySpan<char> digits = rest[prefix.Length..].TrimStart("-_ ");
            int count = digits.IndexOfAnyExceptInRange('0', '9');
            if (count < 0) count = digits.Length;
            if (count > 0 && ByName($"{canonical}{digits[..count]}") is { } found) return found;
        }
        return null;
    }

    /// <summary>Whether the charset is one of Unicode's, whose octets are known by their form.</summary>
    public static bool IsUnicode(Encoding encoding) => encoding is UTF8Encoding or UnicodeEncoding or UTF32Encoding or Utf7Encoding || encoding.CodePage == 20127;

    private static readonly (string Prefix, string Canonical)[] _prefixes =
    [
        ("windows", "windows-"), ("win", "windows-"), ("cp125", "windows-125"), ("cp", "ibm"), ("ibm", "ibm"), ("iso8859", "iso-8859-"), ("iso-8859", "iso-8859-"), ("iso_8859", "iso-8859-"),
    ];

    private static Encoding? ByName(string name)
    {
        if (CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD")) is { } encoding) return encoding;
        return name.ToLowerInvariant() switch
        {
            "utf-8" => Encoding.UTF8,
            "us-ascii" => Encoding.ASCII,
            "utf-16" or "utf-16le" or "unicode" => Encoding.Unicode,
            "utf-16be" or "unicodefffe" => Encoding.BigEndianUnicode,
            "utf-32" => Encoding.UTF32,
            "utf-32be" => _utf32BigEndian,
            _ => null,
        };
    }

    private static readonly UTF32Encoding _utf32BigEndian = new(bigEndian: true, byteOrderMark: true);
}

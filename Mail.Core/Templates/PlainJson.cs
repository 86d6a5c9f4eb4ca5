using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Mail.Core.Templates;

/// <summary>
/// Knows of most JSON strings that nothing is wrong with them, from their bytes: a mail's variables are looked at when it is accepted and again when it is
/// rendered, and making a string of each would cost more than all else. What it does not know is looked at more closely; it never says yes wrongly.
/// </summary>
internal static class PlainJson
{
    private static readonly SearchValues<byte> _plain = SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(c => (byte)c).Where(c => c != '\\')]);
    private static readonly SearchValues<byte> _host = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-."u8);

    /// <summary>Whether a string certainly begins with something that can be seen.</summary>
    public static bool BeginsVisibly(JsonElement text) => Raw(text) is [> (byte)' ' and < 0x7F and not (byte)'\\', ..];

    /// <summary>Whether a string is certainly printable ASCII of at most this length.</summary>
    public static bool IsPrintable(JsonElement text, int longest) => Raw(text).Length <= longest && !Raw(text).ContainsAnyExcept(_plain);

    /// <summary>Whether a string is certainly a web address: http or https, names of letters, digits and hyphens, no port, then anything printable.</summary>
    public static bool IsWebAddress(JsonElement text, int longest)
    {
        if (!IsPrintable(text, longest)) return false;
        ReadOnlySpan<byte> rest = Raw(text);
        if (rest.StartsWith("https://"u8)) rest = rest[8..];
        else if (rest.StartsWith("http://"u8)) rest = rest[7..];
        else return false;
        int end = rest.IndexOfAnyExcept(_host);
        ReadOnlySpan<byte> host = end < 0 ? rest : rest[..end];
        if (host.IsEmpty || host.Length > 200 || (end >= 0 && rest[end] is not ((byte)'/' or (byte)'?' or (byte)'#'))) return false;
        foreach (Range label in host.Split((byte)'.'))
            if (host[label] is not [>= (byte)'a' and <= (byte)'z', ..] || host[label][^1] == '-' || host[label].Length > 63) return false;
        return true;
    }

    /// <summary>Without its quotes.</summary>
    private static ReadOnlySpan<byte> Raw(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];
}

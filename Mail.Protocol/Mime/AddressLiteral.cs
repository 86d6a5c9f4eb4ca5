using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Mail.Protocol.Mime;

/// <summary>An IP address in place of a domain (RFC 5321 §4.1.3).</summary>
internal static class AddressLiteral
{
    private const string Ipv6Tag = "IPv6:";

    private static readonly SearchValues<char> _ipv6Text = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>The refusal, or null and the literal in its shortest form.</summary>
    public static string? Read(string domain, [NotNull] out string? canonical)
    {
        canonical = "";
        if (domain[^1] != ']') return "The IP address in place of a domain has no closing bracket.";
        ReadOnlySpan<char> content = domain.AsSpan(1..^1);
        bool isIpv6 = content.StartsWith(Ipv6Tag, StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> number = isIpv6 ? content[Ipv6Tag.Length..] : content;

        // .NET also reads "1.2", "0x7f.1", octal numbers, zones ("%eth0") and spaces; the grammar has none of them.
        bool fits = isIpv6 ? !number.ContainsAnyExcept(_ipv6Text) : IsDottedQuad(number);
        if (!fits || !IPAddress.TryParse(number, out IPAddress? address) || address.AddressFamily != (isIpv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork))
            return $"\"{domain}\" is not an IP address such as [192.0.2.1] or [IPv6:2001:db8::1].";
        canonical = isIpv6 ? $"[{Ipv6Tag}{address}]" : $"[{address}]";
        return null;
    }

    private static bool IsDottedQuad(ReadOnlySpan<char> text)
    {
        int parts = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> part = text[range];
            if (part.Length is 0 or > 3 || part.ContainsAnyExceptInRange('0', '9') || (part.Length > 1 && part[0] == '0')) return false;
            parts++;
        }
        return parts == 4;
    }
}

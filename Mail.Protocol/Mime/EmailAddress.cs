using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>
/// One mailbox, checked when it is made: an instance can be written into a header (RFC 5322 §3.4) and an SMTP command
/// (RFC 5321 §4.1.2) as it is. Immutable. Two addresses are equal when they name the same mailbox: the domain in any case
/// and either form (Unicode or A-label), the local part exactly, the display name not at all.
/// </summary>
/// <remarks>Comments and source routes are refused. An address literal (<c>a@[192.0.2.1]</c>) is refused unless it is asked for: no mail of an application
/// needs one, but a server must be reachable by it (RFC 5321 §4.1.3).</remarks>
public sealed class EmailAddress : IEquatable<EmailAddress>
{
    internal EmailAddress(string? displayName, string localPart, string domain, string asciiDomain)
    {
        DisplayName = displayName;
        LocalPart = localPart;
        Domain = domain;
        AsciiDomain = asciiDomain;
        RequiresSmtpUtf8 = !Ascii.IsValid(localPart);
    }

    /// <summary>The name shown to people, without quotes and in Unicode, or <see langword="null"/>. Never empty, never a control character.</summary>
    public string? DisplayName { get; }

    /// <summary>What stands before the @, as it is sent: 1 to 64 octets of UTF-8, with its double quotes where it needs them.</summary>
    public string LocalPart { get; }

    /// <summary>What stands after the @, as it was given.</summary>
    public string Domain { get; }

    /// <summary>The domain in lower case with internationalized labels as A-labels (<c>xn--</c>, RFC 5890), 1 to 255 octets: what DNS and SMTP take.
    /// For an address literal its shortest form in brackets, such as <c>[192.0.2.1]</c> or <c>[IPv6:2001:db8::1]</c>.</summary>
    public string AsciiDomain { get; }

    /// <summary>Local part, @ and domain as they were given, without the name.</summary>
    public string Address => $"{LocalPart}@{Domain}";

    /// <summary>Whether the local part is not ASCII, so that only servers with SMTPUTF8 (RFC 6531) can take it.</summary>
    public bool RequiresSmtpUtf8 { get; }

    /// <summary>Whether an IP address stands in place of the domain (RFC 5321 §4.1.3).</summary>
    public bool IsAddressLiteral => AsciiDomain[0] == '[';

    /// <summary>Reads <c>a@b</c>, <c>Name &lt;a@b&gt;</c> or <c>"Quoted, name" &lt;a@b&gt;</c>; spaces around are ignored.</summary>
    /// <param name="input">Exactly one address. A local part of any script (RFC 6531) and an internationalized domain are accepted.</param>
    /// <param name="address">The address, or <see langword="null"/> when the result is <see langword="false"/>.</param>
    /// <param name="error">One sentence for people that says what is wrong, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether the input is one valid address: local part up to 64 octets, domain up to 255, both together up to 254 (RFC 5321 §4.5.3.1).</returns>
    public static bool TryParse([NotNullWhen(true)] string? input, [NotNullWhen(true)] out EmailAddress? address, [NotNullWhen(false)] out string? error) =>
        EmailAddressParser.TryParse(input, acceptLiteral: false, out address, out error);

    /// <summary>Reads one address as <see cref="TryParse"/> does, and address literals.</summary>
    /// <param name="input">Exactly one address; also <c>a@[192.0.2.1]</c> and <c>a@[IPv6:2001:db8::1]</c>. Other literals (<c>[tag:...]</c>) are refused: none is registered.</param>
    /// <param name="address">The address, or <see langword="null"/> when the result is <see langword="false"/>.</param>
    /// <param name="error">One sentence for people that says what is wrong, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether the input is one valid address.</returns>
    public static bool TryParseWithLiteral([NotNullWhen(true)] string? input, [NotNullWhen(true)] out EmailAddress? address, [NotNullWhen(false)] out string? error) =>
        EmailAddressParser.TryParse(input, acceptLiteral: true, out address, out error);

    /// <summary>Reads one address as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The input is not one valid address; the message says why.</exception>
    public static EmailAddress Parse(string input) =>
        TryParse(input, out EmailAddress? address, out string? error) ? address : throw new FormatException(error);

    /// <summary>The same mailbox under another name; <see langword="null"/> or blank removes the name.</summary>
    /// <exception cref="FormatException">The name holds a control character or half a surrogate pair.</exception>
    public EmailAddress WithDisplayName(string? displayName)
    {
        if (displayName is not null && EmailAddressParser.FindForbidden(displayName) is { } error) throw new FormatException(error);
        return new EmailAddress(string.IsNullOrWhiteSpace(displayName) ? null : displayName.Trim(), LocalPart, Domain, AsciiDomain);
    }

    /// <inheritdoc/>
    public bool Equals(EmailAddress? other) => other is not null && LocalPart == other.LocalPart && AsciiDomain == other.AsciiDomain;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EmailAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(LocalPart, AsciiDomain);

    /// <summary>The form <see cref="TryParse"/> reads, in Unicode, the name quoted where it must be. Not encoded for a header.</summary>
    public override string ToString() => DisplayName is null ? Address : $"{DisplayNameForm()} <{Address}>";

    private string DisplayNameForm() =>
        DisplayName!.AsSpan().IndexOfAny(EmailAddressParser.NeedsQuotes) < 0
            ? DisplayName!
            : $"\"{DisplayName!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

using System.Diagnostics.CodeAnalysis;
using System.Text;
using Mail.Protocol.Mime;

namespace Mail.Core.Suppressions;

/// <summary>
/// The form in which addresses are compared: the whole in lower case, the domain in ASCII. RFC 5321 §2.4 lets a server tell local parts apart by case; none
/// that people use does, and a person who unsubscribed as Bob@ means bob@ too. Nothing else is folded: dots and +labels mean different things elsewhere.
/// </summary>
public static class NormalAddress
{
    /// <param name="address">Without a display name, and valid.</param>
    public static string Of(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (Ascii.IsValid(address)) return Lower(address);
        return EmailAddress.TryParse(address, out EmailAddress? parsed, out _) ? Of(parsed) : Lower(address);
    }

    public static string Of(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return $"{Lower(address.LocalPart.Normalize(NormalizationForm.FormC))}@{address.AsciiDomain}";
    }

    /// <param name="error">One sentence for people.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? normal, [NotNullWhen(false)] out string? error)
    {
        normal = EmailAddress.TryParse(text, out EmailAddress? address, out error) ? Of(address) : null;
        return normal is not null;
    }

#pragma warning disable CA1308 // addresses are written in lower case
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}

using System.Collections.Frozen;
using System.Globalization;

namespace Mail.Protocol.Reports.Reasons;

/// <summary>
/// Error codes of large providers that stand in their replies and are documented by them, where the words beside the code say little:
/// Orange and La Poste (<c>LPN007_416</c>), Cox and Spectrum (<c>AUP#CDRBL</c>, <c>AUP#I-1000</c>), GoDaddy (<c>IB508</c>), Facebook (<c>RCP-P2</c>),
/// i.ua (<c>/err/3/</c>), Exchange 5.5 and 2000 (<c>(000C05A6)</c>).
/// </summary>
internal static class ProviderCodes
{
    private static readonly string[] _orange = ["LPNAAA", "LPN", "OFR", "OUK"];

    private static readonly FrozenDictionary<string, BounceReason> _orangeCodes = Table(
        (BounceReason.Blocked, "101 102 103 510 999"), (BounceReason.TooManyConnections, "104"), (BounceReason.SecurityError, "305 402"),
        (BounceReason.AuthFailure, "401 517"), (BounceReason.Rejected, "403 405 415 421"), (BounceReason.UserUnknown, "416 418"),
        (BounceReason.MailboxFull, "417"), (BounceReason.Suspend, "420 426"), (BounceReason.SystemError, "505"), (BounceReason.SpamDetected, "506"),
        (BounceReason.MessageTooBig, "514"), (BounceReason.PolicyViolation, "630"),
        (BounceReason.Undefined, "105 107 108 109 201 423 424 513")); // "try later", without a word why

    private static readonly FrozenDictionary<string, BounceReason> _coxCodes = Table(
        (BounceReason.Blocked, "CXBL CDRBL"), (BounceReason.RequirePtr, "CXDNS"), (BounceReason.AuthFailure, "CXSNDR"), (BounceReason.Rejected, "CXSMTP"),
        (BounceReason.TooManyConnections, "CXCNCT CXMXRT"), (BounceReason.SecurityError, "CXTHRT CXMJ"));

    private static readonly FrozenDictionary<string, BounceReason> _goDaddyCodes = Table(
        (BounceReason.SecurityError, "IB401"), (BounceReason.NotCompliantRfc, "IB501 IB502"), (BounceReason.Rejected, "IB506"), (BounceReason.AuthFailure, "IB508"),
        (BounceReason.RequirePtr, "IB108"), (BounceReason.SpamDetected, "IB212"), (BounceReason.VirusDetected, "IB705"), (BounceReason.TooManyConnections, "IB605 IB007"),
        (BounceReason.Speeding, "IB101 IB504 IB510 IB607"), (BounceReason.BadReputation, "IB103"), (BounceReason.Blocked, "IB104 IB105 IB106 IB110 IB111 IB112 IB113"));

    private static readonly FrozenDictionary<string, BounceReason> _iuaCodes = Table(
        (BounceReason.NoRelaying, "1 6"), (BounceReason.UserUnknown, "2"), (BounceReason.Suspend, "3"), (BounceReason.MailboxFull, "4"),
        (BounceReason.TooManyConnections, "5"), (BounceReason.Blocked, "7 9"), (BounceReason.Rejected, "8"), (BounceReason.Filtered, "10"));

    private static readonly FrozenDictionary<string, BounceReason> _facebookCodes = Table(
        (BounceReason.UserUnknown, "RCP-P1 INT-P1 INT-P3 INT-P4"), (BounceReason.Filtered, "RCP-P2 RCP-P3"), (BounceReason.MessageTooBig, "MSG-P1 INT-P2"),
        (BounceReason.ContentError, "MSG-P2 MSG-P3 POL-P6"), (BounceReason.SecurityError, "POL-P1 POL-P2 POL-P5 POL-P7"), (BounceReason.NotAccept, "POL-P3 POL-P4 POL-T1 POL-T2 POL-T3"),
        (BounceReason.Rejected, "DNS-P1 DNS-P2 DNS-P3 DNS-T1 DNS-T2"), (BounceReason.SystemError, "CON-T1"), (BounceReason.TooManyConnections, "CON-T2 CON-T3 CON-T4 MSG-T1"),
        (BounceReason.Suspend, "RCP-T4"));

    private static readonly FrozenDictionary<string, BounceReason> _exchangeCodes = Table(
        (BounceReason.UserUnknown, "000C05A6"), (BounceReason.Filtered, "000C0595"), (BounceReason.SystemError, "00010256 000D06B5"), (BounceReason.NetworkError, "00120270"),
        (BounceReason.ContentError, "00050311 000502CC"), (BounceReason.SecurityError, "000B0981"));

    public static BounceReason? Find(string text) => Orange(text) ?? Aup(text) ?? GoDaddy(text) ?? Facebook(text) ?? Iua(text) ?? Exchange(text);

    // LPN007_416, OFR_416, OUK_513, LPNAAA_630: letters, up to three digits, then one of _ or - and three digits.
    private static BounceReason? Orange(string text)
    {
        foreach (string prefix in _orange)
        {
            int at = text.IndexOf(prefix, StringComparison.Ordinal);
            if (at < 0) continue;
            at += prefix.Length;
            int digits = Digits(text, at);
            at += digits;
            if (digits <= 3 && at < text.Length && text[at] is '_' or '-' && Digits(text, at + 1) == 3 && _orangeCodes.TryGetValue(text.Substring(at + 1, 3), out BounceReason reason))
                return reason;
        }
        return null;
    }

    // Cox has names, Spectrum numbers behind I or O for the direction.
    private static BounceReason? Aup(string text)
    {
        int at = text.IndexOf("AUP#", StringComparison.Ordinal);
        if (at < 0) return null;
        at += 4;
        int end = at;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end])) end++;
        string code = text[at..end];
        if (end < text.Length && text[end] == '-' && Digits(text, end + 1) == 4) return Spectrum(int.Parse(text.AsSpan(end + 1, 4), CultureInfo.InvariantCulture));
        if (_coxCodes.TryGetValue(code, out BounceReason reason)) return reason;
        return code.StartsWith("IPBL", StringComparison.Ordinal) ? BounceReason.Blocked : code.StartsWith("URLBL", StringComparison.Ordinal) ? BounceReason.SpamDetected : null;
    }

    private static BounceReason? Spectrum(int code) => code switch
    {
        1000 or (>= 1200 and <= 1250) => BounceReason.Blocked,
        (>= 1010 and <= 1080) or 1500 or 1520 => BounceReason.Rejected,
        1090 => BounceReason.SystemError,
        >= 1100 and <= 1150 => BounceReason.RequirePtr,
        (>= 1160 and <= 1190) or 1560 => BounceReason.PolicyViolation,
        1260 => BounceReason.NetworkError,
        >= 1300 and <= 1340 => BounceReason.TooManyConnections,
        1530 => BounceReason.MessageTooBig,
        (>= 1350 and <= 1490) or 1540 or 1550 or 1580 => BounceReason.Speeding,
        _ => null,
    };

    // Three letters, -P or -T, a digit, with a word's end behind it.
    private static BounceReason? Facebook(string text)
    {
        for (int at = text.IndexOf('-'); at >= 0; at = text.IndexOf('-', at + 1))
            if (at >= 3 && at + 2 < text.Length && text[at + 1] is 'P' or 'T' && (at + 3 == text.Length || !char.IsLetterOrDigit(text[at + 3]))
                && _facebookCodes.TryGetValue(text.Substring(at - 3, 6), out BounceReason reason)) return reason;
        return null;
    }

    // MSEXCH:IMS:Site:Server 0 (000C05A6) Unknown Recipient
    private static BounceReason? Exchange(string text)
    {
        int at = text.IndexOf("MSEXCH:", StringComparison.Ordinal);
        int open = at < 0 ? -1 : text.IndexOf('(', at);
        return open >= 0 && open + 9 < text.Length && text[open + 9] == ')' && _exchangeCodes.TryGetValue(text.Substring(open + 1, 8), out BounceReason reason) ? reason : null;
    }

    private static BounceReason? GoDaddy(string text)
    {
        for (int at = text.IndexOf(" IB", StringComparison.Ordinal); at >= 0; at = text.IndexOf(" IB", at + 3, StringComparison.Ordinal))
            if (Digits(text, at + 3) == 3 && _goDaddyCodes.TryGetValue(text.Substring(at + 1, 5), out BounceReason reason)) return reason;
        return null;
    }

    private static BounceReason? Iua(string text)
    {
        int at = text.IndexOf(".i.ua/err/", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        at += 10;
        return _iuaCodes.TryGetValue(text.Substring(at, Digits(text, at)), out BounceReason reason) ? reason : null;
    }

    private static int Digits(string text, int at)
    {
        int count = 0;
        while (at + count < text.Length && count < 8 && char.IsAsciiDigit(text[at + count])) count++;
        return count;
    }

    private static FrozenDictionary<string, BounceReason> Table(params ReadOnlySpan<(BounceReason Reason, string Codes)> rows)
    {
        Dictionary<string, BounceReason> table = [];
        foreach ((BounceReason reason, string codes) in rows)
            foreach (string code in codes.Split(' ')) table.Add(code, reason);
        return table.ToFrozenDictionary();
    }
}

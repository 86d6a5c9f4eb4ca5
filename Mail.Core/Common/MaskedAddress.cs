namespace Mail.Core.Common;

/// <summary>How an e-mail address stands in a log: enough to recognise, too little to harvest.</summary>
public static class MaskedAddress
{
    /// <summary>`alice@example.com` becomes `a***@example.com`; what is no address becomes `***`.</summary>
    public static string Of(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        int at = address.LastIndexOf('@');
        return at <= 0 ? "***" : $"{address[..(char.IsHighSurrogate(address[0]) ? 2 : 1)]}***{address[at..].TrimEnd('>')}";
    }

    /// <summary>Several addresses, the first three of them masked and the others counted.</summary>
    public static string Of(IReadOnlyList<string> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        string shown = string.Join(", ", addresses.Take(3).Select(Of));
        return addresses.Count <= 3 ? shown : $"{shown} and {addresses.Count - 3} more";
    }
}

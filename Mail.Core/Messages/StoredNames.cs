namespace Mail.Core.Messages;

/// <summary>How enums stand in the database and on the wire.</summary>
public static class StoredNames
{
    public static string Name(this RecipientKind kind) => kind switch
    {
        RecipientKind.To => "to",
        RecipientKind.Cc => "cc",
        RecipientKind.Bcc => "bcc",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a recipient kind."),
    };

    public static string Name(this DeliveryGuarantee guarantee) => guarantee switch
    {
        DeliveryGuarantee.AtLeastOnce => "at_least_once",
        DeliveryGuarantee.AtMostOnce => "at_most_once",
        _ => throw new ArgumentOutOfRangeException(nameof(guarantee), guarantee, "Not a delivery guarantee."),
    };

    public static string Name(this Lane lane) => lane switch
    {
        Lane.Critical => "critical",
        Lane.Normal => "normal",
        Lane.Bulk => "bulk",
        _ => throw new ArgumentOutOfRangeException(nameof(lane), lane, "Not a lane."),
    };

    public static bool TryParseLane(string name, out Lane lane) => TryParse(name, Name, out lane);

    public static bool TryParseGuarantee(string name, out DeliveryGuarantee guarantee) => TryParse(name, Name, out guarantee);

    /// <exception cref="FormatException">Not a stored name.</exception>
    public static DeliveryGuarantee ParseGuarantee(string name) =>
        TryParseGuarantee(name, out DeliveryGuarantee guarantee) ? guarantee : throw new FormatException($"'{name}' is not a delivery guarantee.");

    private static bool TryParse<T>(string name, Func<T, string> nameOf, out T value) where T : struct, Enum
    {
        foreach (T candidate in Enum.GetValues<T>())
        {
            if (nameOf(candidate) != name) continue;
            value = candidate;
            return true;
        }

        value = default;
        return false;
    }
}

using System.Xml;
using System.Xml.Linq;

namespace Mail.Core.Mailboxes.Providers.Ses;

/// <summary>The XML of AWS's query APIs. Names are looked for without their namespaces, which change with versions.</summary>
internal static class AwsXml
{
    private static readonly XmlReaderSettings _safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 4 * 1024 * 1024 };

    /// <returns>Null when it is no XML.</returns>
    public static XElement? Parse(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal)) return null;
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text), _safe);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <returns>Code and message of an error; null when it is none.</returns>
    public static (string? Code, string Said)? Error(string text) =>
        Parse(text) is { Name.LocalName: "ErrorResponse" } root && root.Child("Error") is { } error && error.Child("Code")?.Value is { Length: > 0 } code ? (code, error.Child("Message")?.Value ?? "") : null;

    public static XElement? Child(this XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The elements of a list, which AWS calls `member`; none when the list is not there.</summary>
    public static IEnumerable<XElement> Members(this XElement element, string list) => element.Child(list)?.Elements().Where(child => child.Name.LocalName == "member") ?? [];
}

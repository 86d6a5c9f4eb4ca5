using System.Text;
using System.Text.Json;
using Mail.Protocol.Mime;

namespace Mail.Core.Messages;

/// <summary>Where a recipient's unsubscribe link stands in a mail: in two headers always, and in the body where the sender asks for it.</summary>
internal static class UnsubscribeHeaders
{
    /// <summary>The name of the variable, in templates and in bodies.</summary>
    private const string Variable = "unsubscribe_url";

    /// <summary>Longest first: each holds the next. The third is Resend's spelling.</summary>
    private static readonly string[] _placeholders = ["{{{" + Variable + "}}}", "{{" + Variable + "}}", "{{{UNSUBSCRIBE_URL}}}"];

    /// <summary>RFC 8058 asks for https; http leads to this machine, in development.</summary>
    public static IReadOnlyList<MimeHeader> Of(string link) => link.StartsWith("https:", StringComparison.Ordinal)
        ? ListUnsubscribe.OneClick(new Uri(link))
        : [MimeHeader.Create("List-Unsubscribe", $"<{link}>"), MimeHeader.Create("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")];

    /// <summary>A mail that its app wrote, with the headers put before it; else it stays byte for byte.</summary>
    public static ReadOnlyMemory<byte> Before(ReadOnlyMemory<byte> octets, string link)
    {
        byte[] head = Encoding.ASCII.GetBytes(string.Concat(Of(link).Select(header => $"{header.Name}: {header.Value}\r\n")));
        byte[] whole = new byte[head.Length + octets.Length];
        head.CopyTo(whole, 0);
        octets.CopyTo(whole.AsMemory(head.Length));
        return whole;
    }

    /// <summary>The link holds no character that HTML or a URL would have to escape.</summary>
    public static string? FillIn(string? body, string? link)
    {
        if (link is null || body is null || !body.Contains("{{", StringComparison.Ordinal)) return body;
        foreach (string placeholder in _placeholders) body = body.Replace(placeholder, link, StringComparison.Ordinal);
        return body;
    }

    public static Dictionary<string, JsonElement> With(IReadOnlyDictionary<string, JsonElement> variables, string link) =>
        new(variables, StringComparer.Ordinal) { [Variable] = JsonSerializer.SerializeToElement(link, EmailRequestJson.Default.String) };
}

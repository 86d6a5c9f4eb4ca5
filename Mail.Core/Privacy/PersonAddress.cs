using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Core.Suppressions;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Core.Privacy;

/// <summary>
/// The address of a person who asks what is known of them, or to be forgotten, and where it stands in other texts. It is compared as the suppression list does; in
/// texts it counts only as a whole, because `ann@example.com` is not `joann@example.com`, nor `ann@example.com.fr`.
/// </summary>
public sealed class PersonAddress
{
    private readonly string[] _forms;

    private PersonAddress(EmailAddress address)
    {
        Normal = NormalAddress.Of(address);
        string local = Normal[..Normal.LastIndexOf('@')], domain = Normal[(local.Length + 1)..];
        string unicode = Unicode(domain);
        LocalPart = local;
        _forms = [.. new[] { Normal, $"{local}@{unicode}", address.Address }.Distinct(StringComparer.OrdinalIgnoreCase)];
        LocalRun = LongestRun(local);
        DomainRuns = [.. new[] { domain, LongestRun(unicode) }.Distinct(StringComparer.Ordinal)];
        IsPlain = unicode == domain && Ascii.IsValid(Normal);
    }

    /// <summary>The form in which it is compared.</summary>
    public string Normal { get; }

    /// <summary>Before the at sign.</summary>
    public string LocalPart { get; }

    /// <summary>Whether it has one spelling but for upper and lower case.</summary>
    internal bool IsPlain { get; }

    /// <summary>Stands in every text that holds the address, whatever JSON, HTML or a URL have escaped in it; in lower case.</summary>
    internal string LocalRun { get; }

    /// <summary>One of them stands in every text that holds the address.</summary>
    internal string[] DomainRuns { get; }

    /// <param name="error">One sentence for people.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PersonAddress? person, [NotNullWhen(false)] out string? error)
    {
        person = EmailAddress.TryParse(text, out EmailAddress? address, out error) ? new PersonAddress(address) : null;
        return person is not null;
    }

    /// <summary>Whether this is the same address, with or without a display name.</summary>
    public bool Is(string address) => EmailAddress.TryParse(address, out EmailAddress? parsed, out _) ? NormalAddress.Of(parsed) == Normal : IsIn(address);

    /// <summary>Whether a text says the address; also one that is written as HTML or in a URL.</summary>
    public bool IsIn(string? text)
    {
        if (string.IsNullOrEmpty(text)) return false;
        if (Says(text)) return true;
        bool mayBeHtml = text.Contains('&', StringComparison.Ordinal), mayBeUrl = text.Contains('%', StringComparison.Ordinal);
        return (mayBeHtml && Says(WebUtility.HtmlDecode(text))) || (mayBeUrl && Says(Uri.UnescapeDataString(text)));
    }

    /// <summary>The same for a name that a program made, such as `welcome-ann@example.com`: there dashes part words.</summary>
    public bool IsInName(string? text) => text is not null && _forms.Any(form => Says(text, form, c => c is '.' or '+' || char.IsLetterOrDigit(c)));

    /// <summary>Whether a name or a value in a JSON text says it.</summary>
    public bool IsInJson(string? json)
    {
        if (string.IsNullOrEmpty(json)) return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
            return IsIn(document.RootElement);
        }
        catch (JsonException)
        {
            return IsIn(json);
        }
    }

    /// <summary>Whether a JSON value says it anywhere.</summary>
    public bool IsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => IsIn(Text(value)),
        JsonValueKind.Array => value.EnumerateArray().Any(IsIn),
        JsonValueKind.Object => value.EnumerateObject().Any(field => IsIn(field.Name) || IsIn(field.Value)),
        _ => false,
    };

    /// <summary>Whether a mail says it, in its headers or in a part, however that is encoded.</summary>
    public bool IsInMail(ReadOnlyMemory<byte> octets) =>
        IsIn(Encoding.UTF8.GetString(octets.Span)) || (ParsedMessage.TryParse(octets, out ParsedMessage? mail, out _) && IsInPart(mail.Root));

    /// <summary>Whether a text says what stands before the at sign, as a word of its own: servers often leave the domain out.</summary>
    public bool LocalPartIsIn(string? text)
    {
        for (int at = text?.IndexOf(LocalPart, StringComparison.OrdinalIgnoreCase) ?? -1; at >= 0; at = text!.IndexOf(LocalPart, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + LocalPart.Length;
            if ((at == 0 || !IsOfAnAddress(text![at - 1])) && (end == text!.Length || !IsOfAnAddress(text[end]) || text[end] == '.')) return true;
        }

        return false;
    }

    /// <summary>Never the address itself: this may get into a log.</summary>
    public override string ToString() => Common.MaskedAddress.Of(Normal);

    private bool IsInPart(MimePart part)
    {
        foreach (ParsedHeader header in part.Headers)
            if (IsIn(header.Value)) return true;
        if (part.Parts.Count > 0) return part.Parts.Any(IsInPart);
        if (part.EnclosedMessage is { } enclosed) return IsInPart(enclosed.Root);
        return IsIn(part.DecodeText()) || IsIn(Encoding.Latin1.GetString(part.DecodeContent()));
    }

    private bool Says(string text) => _forms.Any(form => Says(text, form, IsOfAnAddress));

    private static bool Says(string text, string form, Predicate<char> belongs)
    {
        for (int at = text.IndexOf(form, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(form, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + form.Length;
            if (at > 0 && belongs(text[at - 1])) continue;
            if (end < text.Length && ((text[end] is '-' or '_' && belongs(text[end])) || char.IsLetterOrDigit(text[end]))) continue;
            if (end + 1 < text.Length && text[end] == '.' && char.IsLetterOrDigit(text[end + 1])) continue;
            return true;
        }

        return false;
    }

    /// <summary>RFC 5322 allows more; but what a text puts before an address, a quote or an equals sign, is more often no part of it.</summary>
    private static bool IsOfAnAddress(char c) => c is '.' or '_' or '+' or '-' || char.IsLetterOrDigit(c);

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText(); // half of a surrogate pair
        }
    }

    private static string Unicode(string domain)
    {
        try
        {
            return new IdnMapping().GetUnicode(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }

    private static string LongestRun(string text)
    {
        string longest = "";
        for (int i = 0, start = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '.' or '-' or '_')) continue;
            if (i - start > longest.Length) longest = text[start..i];
            start = i + 1;
        }

        return longest;
    }
}

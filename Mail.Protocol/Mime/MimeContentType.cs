using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>A media type and its parameters (RFC 2045 §5.1), parsed so that nothing a caller gives is copied into a header unchecked.</summary>
internal sealed class MimeContentType
{
    public static readonly MimeContentType OctetStream = new("application/octet-stream", []);

    public static readonly MimeContentType MessageGlobal = new("message/global", []);

    private static readonly SearchValues<char> _tokenText = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`{|}~");

    public static readonly MimeContentType MessageRfc822 = new("message/rfc822", []);

    /// <summary>A type of ours, without parameters.</summary>
    public MimeContentType(string mediaType) : this(mediaType, [])
    {
    }

    private MimeContentType(string mediaType, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        MediaType = mediaType;
        Parameters = parameters;
    }

    /// <summary>Type and subtype in lower case.</summary>
    public string MediaType { get; }

    /// <summary>Names in lower case and values without quotes, ASCII, in the order given; <c>name</c> and <c>boundary</c> are left out since the writer makes them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    /// <summary>Whether it encloses a message or a part of a report (RFC 2046 §5.2), which no encoding may hide.</summary>
    public bool IsMessage => MediaType.StartsWith("message/", StringComparison.Ordinal);

    public static bool TryParse(string text, [NotNullWhen(true)] out MimeContentType? type, [NotNullWhen(false)] out string? error)
    {
        type = null;
        if (HeaderRules.TextError(text) is { } forbidden)
        {
            error = $"The content type {forbidden}";
            return false;
        }
        error = $"\"{(text.Length > 100 ? text[..100] : text)}\" is not a media type such as application/pdf.";
        if (text.Length > 500 || !Ascii.IsValid(text)) return false;

        int end = text.IndexOf(';', StringComparison.Ordinal);
        ReadOnlySpan<char> mediaType = (end < 0 ? text : text.AsSpan(0, end)).Trim();
        int slash = mediaType.IndexOf('/');
        if (slash < 0 || !IsToken(mediaType[..slash]) || !IsToken(mediaType[(slash + 1)..]) || mediaType.Length > 127) return false;
        if (mediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            error = "A multipart type cannot be attached; attach its parts.";
            return false;
        }

        List<KeyValuePair<string, string>> parameters = [];
        ReadOnlySpan<char> rest = end < 0 ? default : text.AsSpan(end + 1).Trim();
        while (!rest.IsEmpty)
        {
            if (!TryReadParameter(ref rest, out string? name, out string? value)) return false;
            if (name is not ("name" or "boundary")) parameters.Add(new(name, value));
        }
        type = new MimeContentType(mediaType.ToString().ToLowerInvariant(), parameters);
        error = null;
        return true;
    }

    /// <summary>The same type without one parameter.</summary>
    public MimeContentType Without(string parameter) => new(MediaType, [.. Parameters.Where(p => p.Key != parameter)]);

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(_tokenText);

    public override string ToString()
    {
        StringBuilder result = new(MediaType);
        foreach ((string name, string value) in Parameters)
            result.Append("; ").Append(name).Append('=').Append(IsToken(value) ? value : Quote(value));
        return result.ToString();
    }

    public static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static bool TryReadParameter(ref ReadOnlySpan<char> rest, [NotNullWhen(true)] out string? name, [NotNullWhen(true)] out string? value)
    {
        name = value = null;
        int equals = rest.IndexOf('=');
        if (equals < 0 || !IsToken(rest[..equals].Trim()) || rest[..equals].Contains('*')) return false; // RFC 2231 forms are not needed: values are ASCII
        name = rest[..equals].Trim().ToString().ToLowerInvariant();
        rest = rest[(equals + 1)..].TrimStart();

        if (rest is ['"', ..])
        {
            StringBuilder content = new();
            int i = 1;
            for (; i < rest.Length && rest[i] != '"'; i++)
            {
                if (rest[i] == '\\' && ++i == rest.Length) return false;
                content.Append(rest[i]);
            }
            if (i >= rest.Length) return false;
            value = content.ToString();
            rest = rest[(i + 1)..].TrimStart();
        }
        else
        {
            int end = rest.IndexOf(';');
            ReadOnlySpan<char> token = (end < 0 ? rest : rest[..end]).Trim();
            if (!IsToken(token)) return false;
            value = token.ToString();
            rest = end < 0 ? default : rest[end..];
        }

        if (rest.IsEmpty) return true;
        if (rest[0] != ';') return false;
        rest = rest[1..].TrimStart();
        return true;
    }
}

using Mail.Protocol.Smtp;

namespace Mail.Core.Feedback.Providers;

/// <summary>Small forms that all providers write alike.</summary>
internal static class ProviderWords
{
    /// <summary>The tag, custom argument or metadata by which the HTTP relays send a message's id along.</summary>
    public const string Tag = "mail_message_id";

    /// <param name="tag">What came back under <see cref="Tag"/>.</param>
    /// <param name="messageId">The Message-ID that the provider names, where it keeps ours: `id@domain`.</param>
    public static Guid? Message(string? tag, string? messageId = null)
    {
        if (Guid.TryParseExact(tag, "D", out Guid tagged)) return tagged;
        ReadOnlySpan<char> text = messageId.AsSpan().Trim().Trim("<>");
        int at = text.IndexOf('@');
        return at > 0 && Guid.TryParseExact(text[..at], "D", out Guid named) ? named : null;
    }

    /// <summary>The event with what a server said, taken apart: `smtp; 550 5.1.1 No such user`.</summary>
    /// <param name="status">The enhanced code, where the provider has it apart.</param>
    public static ProviderEvent Saying(this ProviderEvent told, string? text, string? status = null, int? code = null)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest.StartsWith("smtp;", StringComparison.OrdinalIgnoreCase)) rest = rest[5..].Trim();
        string? said = rest.IsEmpty ? null : rest.ToString();
        int? spoken = rest.Length >= 3 && rest[0] is '2' or '4' or '5' && char.IsAsciiDigit(rest[1]) && char.IsAsciiDigit(rest[2]) && (rest.Length == 3 || rest[3] is ' ' or '-')
            ? int.Parse(rest[..3], provider: null) : null;
        EnhancedStatusCode? enhanced = EnhancedStatusCode.TryParse(status.AsSpan().Trim(), out EnhancedStatusCode given) && given.Class is 2 or 4 or 5 ? given
            : EnhancedStatusCode.TryParse(FirstWord(spoken is null || rest.Length < 4 ? rest : rest[4..]), out EnhancedStatusCode within) ? within : null;
        return told with { Text = said, Code = spoken ?? (code is >= 200 and < 560 ? code : null), EnhancedCode = enhanced?.ToString() };
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        int end = text.IndexOf(' ');
        return end < 0 ? text : text[..end];
    }
}

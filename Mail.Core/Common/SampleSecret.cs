namespace Mail.Core.Common;

/// <summary>Tells a secret that was copied from an example, or typed to have one, from a random one: the first can be guessed by whoever has read the example.</summary>
internal static class SampleSecret
{
    /// <summary>Even 24 random hexadecimal digits have practically never fewer different ones.</summary>
    private const int FewestDifferent = 6;

    // Long enough not to stand in random text by accident: once in ten million or less.
    private static readonly string[] _words = ["change", "secret", "example", "sample", "password", "placeholder", "default", "12345678", "abcdefgh"];

    /// <returns>Why it is none that is safe, for the end of a sentence that begins with its name; null when it may be random.</returns>
    public static string? Problem(string secret)
    {
        if (_words.FirstOrDefault(word => secret.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } word) return $"has \"{word}\" in it, as the placeholders of examples do";
        return secret.Distinct().Count() < FewestDifferent ? "repeats few characters, which makes it easy to guess" : null;
    }
}

using System.Text;
using System.Text.Encodings.Web;

namespace Mail.Core.Relays.Http;

/// <summary>Makes a provider's words fit to be stored and shown: one short line without the relay's secrets, which an error sometimes repeats. Safe for many threads.</summary>
public sealed class SecretMask(IEnumerable<string> secrets)
{
    private const int LongestText = 500;
    private const int ShortestSecret = 6; // a shorter one would be found in innocent words
    private const int KeptTokens = 256; // hours of them, and the passwords of as many mailboxes as are made at the same time

    private readonly string[] _secrets = [.. secrets.SelectMany(Forms).Where(secret => secret.Length >= ShortestSecret).Distinct().OrderByDescending(secret => secret.Length)];
    private readonly Lock _lock = new();
    private string[] _tokens = [];

    /// <summary>From now on this token, got from the provider itself, is hidden too.</summary>
    public void Add(string token)
    {
        lock (_lock) _tokens = [token, .. _tokens.Where(known => known != token).Take(KeptTokens - 1)];
    }

    /// <summary>Masks first and cuts then, so that no half of a secret is left at the end.</summary>
    /// <param name="longest">Of the result, in characters.</param>
    public string Clean(string text, int longest = LongestText)
    {
        foreach (string secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        foreach (string token in Volatile.Read(ref _tokens)) text = text.Replace(token, "***", StringComparison.Ordinal);
        StringBuilder line = new(Math.Min(text.Length, longest) + 1);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (line.Length >= longest)
            {
                line.Append('…');
                break;
            }

            if (!Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)) line.Append(rune);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>As it is, as it stands in a URL, a form or JSON, and line by line when it is a key file.</summary>
    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret);
        if (!secret.Contains('\n', StringComparison.Ordinal) && !secret.Contains("\\n", StringComparison.Ordinal)) yield break;
        foreach (string line in secret.Split(["\r\n", "\n", "\\n"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (line.Length >= 16 && !line.StartsWith("-----", StringComparison.Ordinal)) yield return line;
    }
}

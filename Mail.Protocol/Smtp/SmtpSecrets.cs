using System.Text;

namespace Mail.Protocol.Smtp;

/// <summary>What must stand in no text that a person or a log can see: password or token, and every form in which they were sent.</summary>
internal sealed class SmtpSecrets(IEnumerable<string> secrets)
{
    private readonly string[] _secrets = [.. secrets.Where(s => s.Length > 0).Distinct().OrderByDescending(s => s.Length)];

    public static SmtpSecrets None { get; } = new([]);

    public static SmtpSecrets OfPassword(string? password) => password is null ? None : new([password, Convert.ToBase64String(Encoding.UTF8.GetBytes(password))]);

    public SmtpSecrets With(IEnumerable<string> more) => new(_secrets.Concat(more));

    public string Mask(string text)
    {
        foreach (string secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text;
    }

    public SmtpReply Mask(SmtpReply reply)
    {
        string text = IsSecretChallenge(reply) ? "***" : Mask(reply.Text);
        return ReferenceEquals(text, reply.Text) ? reply : reply with { Text = text };
    }

    /// <summary>A challenge in base64, where a secret has three forms, by the place where it begins.</summary>
    private bool IsSecretChallenge(SmtpReply reply)
    {
        if (reply.Code != 334 || _secrets.Length == 0) return false;
        byte[] octets = new byte[reply.Text.Length];
        return Convert.TryFromBase64String(reply.Text, octets, out int count) && _secrets.Any(Encoding.UTF8.GetString(octets, 0, count).Contains);
    }

    /// <summary>A line of AUTH: the mechanism stays, what follows is the secret. A cancellation (<c>*</c>) and an empty answer are none.</summary>
    public static string MaskCommand(string line)
    {
        if (line is "" or "*") return line;
        string[] words = line.Split(' ', 3);
        if (!words[0].Equals("AUTH", StringComparison.Ordinal) || words.Length < 2) return "***";
        return words.Length == 2 ? line : $"{words[0]} {words[1]} ***";
    }
}

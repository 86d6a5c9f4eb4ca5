using System.Security.Cryptography;
using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers;

/// <summary>
/// Passwords of accounts at providers. Microsoft wants 8 to 256 characters of three kinds, without the user's name in them; Google 8 to 100 of ASCII.
/// </summary>
internal static class GeneratedPassword
{
    private const int Length = 24; // 5.9 bits each: some 140 in all
    private const string Lower = "abcdefghijkmnpqrstuvwxyz"; // without those that look alike
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "23456789";
    private const string Signs = "-_+="; // that need no quoting in a shell, a URL's user or a form of settings

    private static readonly string[] _kinds = [Lower, Upper, Digits, Signs];

    /// <param name="userName">What must not be in it.</param>
    /// <param name="words">Those of the provider that is told it: from now on they hide it.</param>
    public static string For(string userName, ProviderWords words)
    {
        string password = For(userName);
        words.Hide(password);
        return password;
    }

    internal static string For(string userName)
    {
        while (true)
        {
            string password = new([RandomNumberGenerator.GetItems<char>(Lower + Upper, 1)[0], .. RandomNumberGenerator.GetItems<char>(Lower + Upper + Digits + Signs, Length - 1)]);
            if (_kinds.All(kind => password.AsSpan().ContainsAny(kind)) && !password.Contains(userName, StringComparison.OrdinalIgnoreCase)) return password;
        }
    }
}

using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Core.Tracking;

namespace Mail.Tests.Core.Tracking;

/// <summary>Marks with a fixed key, and what they make readable: `[target]` in place of each tracked address.</summary>
internal static partial class Marks
{
    public const string Base = "https://links.example.com";

    public static MailMarks Of(bool opens = false, bool clicks = true) =>
        new(new TrackingUse(opens, clicks, Base), new byte[32], new ProjectId(new Guid(1, 2, 3, new byte[8])), new MessageId(new Guid(4, 5, 6, new byte[8])), new DeliveryId(new Guid(7, 8, 9, new byte[8])));

    public static string Apply(string html, bool opens = false, bool clicks = true) => Readable(Of(opens, clicks).Apply(html));

    public static string Readable(string html) => Picture().Replace(Link().Replace(html, match => $"[{Target(match.Groups[1].Value)}]"), "[picture]");

    private static string Target(string token)
    {
        byte[] bytes = System.Buffers.Text.Base64Url.DecodeFromChars(token);
        string text = System.Text.Encoding.ASCII.GetString(bytes.AsSpan(49..^16));
        return (bytes[0] & 4) == 0 ? text : $"{text[1..(1 + text[0])]}:{text[(1 + text[0])..]}"; // what a click counts as, with its length before it
    }

    [GeneratedRegex("https://links\\.example\\.com/t/c/([A-Za-z0-9_-]+)")]
    private static partial Regex Link();

    [GeneratedRegex("<img src=\"https://links\\.example\\.com/t/o/[A-Za-z0-9_-]+\"[^>]*>")]
    private static partial Regex Picture();
}

using Mail.Core.Mailboxes.Names;

namespace Mail.Tests.Core.Mailboxes.Names;

/// <summary>BOX-6: display names are cleaned.</summary>
public sealed class MailboxDisplayNameTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("  \t ", "")]
    [InlineData("Service clients", "Service clients")]
    [InlineData("  Zoë   Müller ", "Zoë Müller")]
    [InlineData("Zoe\u0308", "Zoë")] // one letter in place of two
    [InlineData("a\r\nBcc: victim@example.com", "a Bcc: victim@example.com")]
    [InlineData("a\u2028b\u2029c\u0085d", "a b c d")]
    [InlineData("a\u0007\u001b[31mb", "a[31mb")]
    [InlineData("invoice\u202efdp.exe", "invoicefdp.exe")]
    [InlineData("\u2066a\u2069\u200e\u061c", "a")]
    [InlineData("a\u200bb\ufeffc\u00add", "abcd")]
    [InlineData("a\u0301\u0301\u0301\u0301\u0301b", "á\u0301\u0301b")]
    [InlineData("\u3164\u2800", "")]
    [InlineData("می\u200cخواهم", "می\u200cخواهم")] // a joiner that belongs there
    [InlineData("Müller & Söhne <GmbH>", "Müller & Söhne <GmbH>")]
    [InlineData("👩\u200d🔬 Labor", "👩\u200d🔬 Labor")]
    public void What_nobody_sees_and_what_breaks_lines_or_turns_text_goes(string? given, string clean) => Assert.Equal(clean, MailboxDisplayName.Read("display_name", given).Value);

    [Fact]
    public void A_hundred_characters_are_the_most_after_cleaning()
    {
        Assert.Equal(100, MailboxDisplayName.Read("display_name", new string('é', 100) + new string(' ', 300)).Value.Length);
        Assert.Contains("`display_name` is longer than 100", MailboxDisplayName.Read("display_name", new string('a', 101)).Failure!.Detail, StringComparison.Ordinal);
        Assert.Contains("longer than 100", MailboxDisplayName.Read("display_name", new string('\u200b', 1_000_000)).Failure!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_text_is_refused() => // no theory: halves of surrogate pairs do not survive as its data
        Assert.All((string[])["a\0b", "a\ud800", "\udc00"], given => Assert.Contains("`display_name`", MailboxDisplayName.Read("display_name", given).Failure!.Detail, StringComparison.Ordinal));

    [Fact]
    public void Cleaning_twice_is_cleaning_once()
    {
        string once = MailboxDisplayName.Read("display_name", " A\u202e\u0301  b\r\n\u200bc ").Value;

        Assert.Equal(once, MailboxDisplayName.Read("display_name", once).Value);
    }
}

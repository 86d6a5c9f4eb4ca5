using System.Globalization;
using Mail.Protocol.Mime.Parsing;
using static Mail.Tests.Protocol.Mime.Parsing.ParseSamples;

namespace Mail.Tests.Protocol.Mime.Parsing;

public sealed class MailDateTests
{
    [Theory]
    [InlineData("Thu, 05 Mar 2026 12:34:56 +0100", "2026-03-05T12:34:56+01:00")]
    [InlineData("5 Mar 2026 12:34 -0330", "2026-03-05T12:34:00-03:30")]
    [InlineData("Thu, 5 Mar 2026 12:34:56 -0000", "2026-03-05T12:34:56+00:00")]
    [InlineData("Thu,  5  Mar 2026 12:34:56 +0000 (GMT (really))", "2026-03-05T12:34:56+00:00")]
    [InlineData("Thu, (of all days) 5 Mar 2026 12:34:60 GMT", "2026-03-05T12:34:59+00:00")]
    public void A_date_is_read(string text, string expected) => AssertDate(expected, text);

    [Theory] // RFC 5322 §4.3
    [InlineData("Thu, 5 Mar 26 12:34:56 EST", "2026-03-05T12:34:56-05:00")]
    [InlineData("Wed, 5 Mar 69 12:34:56 PDT", "1969-03-05T12:34:56-07:00")]
    [InlineData("Thu, 5 Mar 126 12:34:56 UT", "2026-03-05T12:34:56+00:00")]
    [InlineData("Thu, 5 Mar 2026 12 : 34 : 56 +0000", "2026-03-05T12:34:56+00:00")]
    [InlineData("Thu, 5 Mar 2026 12:34:56 Q", "2026-03-05T12:34:56+00:00")]
    public void Obsolete_dates_are_read(string text, string expected) => AssertDate(expected, text);

    [Theory]
    [InlineData("Thu Mar  5 12:34:56 2026", "2026-03-05T12:34:56+00:00")]
    [InlineData("Thu Mar  5 12:34:56 CET 2026", "2026-03-05T12:34:56+01:00")]
    [InlineData("Thu, Mar 5, 2026 12:34:56 PM +0100", "2026-03-05T12:34:56+01:00")]
    [InlineData("5 March 2026 1:02:03 pm", "2026-03-05T13:02:03+00:00")]
    [InlineData("Thursday, 5-Mar-26 12:34:56 GMT", "2026-03-05T12:34:56+00:00")]
    [InlineData("2026-03-05T12:34:56Z", "2026-03-05T12:34:56+00:00")]
    [InlineData("2026-03-05 12:34:56 +0200", "2026-03-05T12:34:56+02:00")]
    [InlineData("Thu, 5 Mar 2026 12.34.56 +0100", "2026-03-05T12:34:56+01:00")]
    [InlineData("Thu, 5 Mar 2026 12:34:56+0100", "2026-03-05T12:34:56+01:00")]
    [InlineData("Thu, 5 Mar 2026 12:34:56 GMT+01:00", "2026-03-05T12:34:56+01:00")]
    [InlineData("Thu, 5 Mar 2026 12:34:56 +9999", "2026-03-05T12:34:56+00:00")]
    [InlineData("Thu, 5 Mar 2026 12:34:56.789 +0100", "2026-03-05T12:34:56+01:00")]
    public void What_programs_write_instead_is_read(string text, string expected) => AssertDate(expected, text);

    [Theory]
    [InlineData("", 0)]
    [InlineData("whenever", 8)]
    [InlineData("Thu, 5 Mar 2026", 15)]
    [InlineData("Thu, 5 Mar 2026 25:00:00 +0000", 16)]
    [InlineData("Thu, 31 Feb 2026 12:00:00 +0000", 5)]
    [InlineData("Thu, 5 Mar 2026 12:00:00 12:00:00", 25)]
    public void What_is_no_date_says_where(string text, int offset)
    {
        Assert.False(MailDateParser.TryParse(text, out _, out int error));

        Assert.Equal(offset, error);
    }

    [Fact]
    public void Of_several_dates_the_first_that_is_one_counts()
    {
        ParsedMessage message = Parse("Date: whenever\nDate: Thu, 5 Mar 2026 12:00:00 +0000\n\n");

        Assert.Equal(new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero), message.Date);
        Assert.Equal(["InvalidHeaderValue"], message.Kinds());
    }

    private static void AssertDate(string expected, string text)
    {
        Assert.True(MailDateParser.TryParse(text, out DateTimeOffset date, out int error), $"error at {error}");
        Assert.Equal(expected, date.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }
}

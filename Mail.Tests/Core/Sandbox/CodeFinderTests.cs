using Mail.Core.Sandbox;

namespace Mail.Tests.Core.Sandbox;

public sealed class CodeFinderTests
{
    [Theory]
    [InlineData("Your code", "Hello Ada,\n\n482913\n\nIt is valid for 15 minutes.", "482913")]
    [InlineData("482913 is your verification code", "Enter it on the page.", "482913")]
    [InlineData(null, "Your code is 482 913.", "482913")]
    [InlineData(null, "Votre code de vérification : 482-913", "482913")]
    [InlineData(null, "Use the one-time code K7QX-M2PD to sign in.", "K7QXM2PD")]
    [InlineData(null, "Ihr Code:\n\n  9F3KQ7  \n", "9F3KQ7")]
    [InlineData(null, "Your PIN: 4711", "4711")]
    [InlineData(null, "Order 20261121 was paid in 2026.\nYour code: 771204", "771204")]
    public void The_code_that_a_reader_would_type_is_found(string? subject, string text, string expected) => Assert.Equal(expected, CodeFinder.Find(subject, text));

    [Theory]
    [InlineData("Invoice 20261121", "Please pay 1,250.00 EUR by 2026-12-24. Order #482913.")]
    [InlineData("Welcome", "HELLO ADA, call +33 1 23 45 67 89.")]
    [InlineData("Reset", "Open https://example.com/reset/code/482913?code=771204 within 15 minutes.")]
    [InlineData("Code of conduct", "It was written in 2019.")]
    [InlineData("Mail", "Write to 482913@example.com")]
    [InlineData(null, null)]
    [InlineData("Code", "Valid for 1440 minutes")]
    public void What_is_no_code_is_none(string? subject, string? text) => Assert.Null(CodeFinder.Find(subject, text));

    [Fact]
    public void Links_come_in_their_order_and_once()
    {
        const string Html = """
            <p><a class="x" href="https://example.com/reset?t=1&amp;u=2">Reset <b>now</b></a> <A HREF='https://example.com/help'>Help</A>
            <a href="mailto:a@example.com">mail</a> <a href="javascript:alert(1)">no</a> <a href=https://example.com/reset?t=1&amp;u=2>again</a></p>
            """;

        Assert.Equal([new MailLink("https://example.com/reset?t=1&u=2", "Reset now"), new MailLink("https://example.com/help", "Help")], LinkFinder.Find(Html, "https://example.com/other"));
        Assert.Equal([new MailLink("https://example.com/a", ""), new MailLink("http://example.com/b?c=d", "")], LinkFinder.Find(null, "See https://example.com/a, or (http://example.com/b?c=d)."));
    }
}

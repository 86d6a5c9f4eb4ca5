using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Relays.Http;

namespace Mail.Tests.Core.Mailboxes.Providers;

public sealed class GeneratedPasswordTests
{
    [Theory, InlineData("support"), InlineData("a"), InlineData("-")]
    public void Passwords_meet_the_rules_of_microsoft_and_google(string userName)
    {
        string[] passwords = [.. Enumerable.Range(0, 500).Select(_ => GeneratedPassword.For(userName))];

        Assert.All(passwords, password =>
        {
            Assert.Equal(24, password.Length);
            Assert.True(password.All(char.IsAscii) && !password.Any(char.IsWhiteSpace));
            Assert.True(password.Any(char.IsAsciiLetterLower) && password.Any(char.IsAsciiLetterUpper) && password.Any(char.IsAsciiDigit) && password.Any(c => !char.IsAsciiLetterOrDigit(c)));
            Assert.DoesNotContain(userName, password, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal(passwords.Length, passwords.Distinct().Count());
    }

    [Fact]
    public void A_provider_that_repeats_a_password_says_nothing_of_it()
    {
        ProviderWords words = new("Microsoft 365", new SecretMask([]));

        string password = GeneratedPassword.For("support", words);

        Assert.Equal("The password *** is weak.", words.Problem(ProviderProblems.Refused, $"The password {password} is weak.", "Choose another one.").Detail);
    }
}
